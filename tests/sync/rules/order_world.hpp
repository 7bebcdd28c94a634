// SPDX-License-Identifier: Apache-2.0
// Orders for tests of the rules: acts as an outbox or the hub holds them, every kind of operation in small variants, and an idea
// of the goods that shares nothing with the rules: unit by unit.
#pragma once

#include <array>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sync/rules/order.hpp"
#include "sync/rules/order_state.hpp"

namespace vitrine::sync::rules::test {

inline const OrderId the_order{"581234"};
inline const StoreId here{"harbour-street"};
inline const StoreId there{"mill-lane"};

// One operation with its name and time, before anybody has applied it.
struct OrderAct {
  OrderOperation operation;
  std::uint64_t transaction = 0;
  UtcMs at;
};

inline TransactionId transaction_id(std::uint64_t n) {
  char text[33];
  std::snprintf(text, sizeof text, "%032llx", static_cast<unsigned long long>(n));
  return TransactionId{text};
}

// False: refused, and nothing has changed.
inline bool tell(std::optional<Order>& order, const OrderAct& act) {
  auto after = apply(order, act.operation, {the_order, transaction_id(act.transaction), 0, "kiosk-1", act.at});
  if (after) order = std::move(*after);
  return after.has_value();
}

inline OrderPlaced two_lines(std::int64_t first, std::int64_t second, std::int64_t revision = 1) {
  OrderPlaced placed;
  placed.revision = revision;
  placed.placed_at = {1'000};
  placed.channel = "web";
  placed.currency = "GBP";
  placed.store = here;
  placed.buyer = PickupPerson{"Amelia", "R", "41", "en"};
  placed.code = "204519";
  placed.promise_at = {50'000};
  placed.hold_until = {900'000};
  placed.lines = {{1, Sku{"85123A"}, first, 255}, {2, Sku{"22423"}, second, 1095}};
  return placed;
}

inline OrderAsk asked_for(std::int64_t first, std::int64_t second) {
  return {here, CartId{transaction_id(0xca).text}, {1'000}, "kiosk", "GBP", 2'500, two_lines(first, second).lines};
}

// In the order of OrderOperation.
inline constexpr std::array<const char*, 19> order_kinds = {
    "order.place", "order.pay",     "order.refund", "order.cancel",  "order.lease",     "order.delegate", "order.resolve",
    "order.pick",  "order.picked",  "order.stage",  "order.arrive",  "order.hand_over", "order.refuse",   "order.choose",
    "order.hold",  "order.release", "order.return", "order.restock", "order.ask"};
inline constexpr std::size_t commercial_kinds = 7;

// Small operations of one kind; `who`, 0 or 1, tells two people apart.
inline std::vector<OrderOperation> order_variants(std::size_t kind, int who) {
  const StoreId& store = who == 0 ? here : there;
  const std::int64_t n = 1 + who;
  switch (kind) {
    case 0: {
      OrderPlaced smaller = two_lines(1, 3, 2);
      smaller.lines.resize(1);
      return {two_lines(2, 2 + who), two_lines(3, 1, 2), smaller};
    }
    case 1:
      return {OrderPay{500}, OrderPay{n * 1'000}};
    case 2:
      return {OrderRefund{{{1, 1}}}, OrderRefund{{{1, 1}, {2, n}}}};
    case 3:
      return {OrderCancel{who == 0 ? "buyer" : "fraud"}};
    case 4:
      return {OrderLease{{who == 0 ? 100 : 5'000'000}}};
    case 5:
      return {OrderDelegate{{who == 0 ? "Bea" : "Carl", "", "", ""}}};
    case 6:
      return {OrderResolve{"handed_over_after_cancel", who == 0 ? "charged" : "lost"}};
    case 7:
      return {OrderPick{{1, 2}, who == 0 ? "tom" : "nadia"}, OrderPick{{1}, ""}};
    case 8:
      return {OrderPicked{1, n, 0}, OrderPicked{2, 0, n}, OrderPicked{7, 1, 0}};
    case 9:
      return {OrderStage{who == 0 ? "A3" : "B1"}};
    case 10:
      return {OrderArrive{who == 0 ? "kiosk-1" : "parking 4"}};
    case 11:
      return {OrderHandOver{store, {{1, n}}, "pass", false}, OrderHandOver{store, {{1, 2}, {2, 2}}, "code", true}};
    case 12:
      return {OrderRefuse{store, {{1, 1}}, "damaged"}};
    case 13:
      return {OrderChoose{2, n, OrderChoice::What::refund, {}}, OrderChoose{1, 1, OrderChoice::What::substitute, Sku{"22424"}}};
    case 14:
      return {OrderHold{UtcMs{who == 0 ? 2'000'000 : 3'000'000}, false}, OrderHold{std::nullopt, true}};
    case 15:
      return {OrderRelease{who == 0 ? "no_show" : "agreed"}};
    case 16:
      return {OrderReturn{store, {{1, n}}, "not_wanted"}};
    case 17:
      return {OrderRestock{{{1, n}}, false}, OrderRestock{{{1, 1}, {2, 1}}, true}};
    default:
      return {asked_for(2, n)};
  }
}

// Every single unit of a line by itself, moved about by hand.
struct UnitOracle {
  enum Where { waiting, held, customer, back, restocked, written_off };
  std::vector<Where> units;

  bool move(std::initializer_list<Where> from, Where to) {
    for (const Where place : from) {
      for (Where& unit : units) {
        if (unit != place) continue;
        unit = to;
        return true;
      }
    }
    return false;
  }
  void many(std::int64_t n, std::initializer_list<Where> from, Where to) {
    for (std::int64_t i = 0; i < n && move(from, to); ++i) {
    }
  }
  [[nodiscard]] std::int64_t count(Where place) const {
    std::int64_t n = 0;
    for (const Where unit : units) n += unit == place ? 1 : 0;
    return n;
  }
  // What was said of a line of so many units, in the order in which goods move.
  static UnitOracle of(std::int64_t ordered, const OrderTally& said) {
    UnitOracle oracle{std::vector<Where>(static_cast<std::size_t>(ordered), waiting)};
    oracle.many(said.picked, {waiting}, held);
    oracle.many(said.handed, {held, waiting}, customer);
    oracle.many(said.returned, {customer}, back);
    oracle.many(said.restocked, {back, held}, restocked);
    oracle.many(said.written_off, {back, held}, written_off);
    return oracle;
  }
};

}  // namespace vitrine::sync::rules::test
