// SPDX-License-Identifier: Apache-2.0
// The rules of an order. Commercial operations are the hub's and stand in the hub's one order. Custody operations are facts of
// a store: nothing refuses or undoes them, and each of them comes to the same in every order. The laws: sync/rules/README.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/order.hpp"
#include "sync/model/version.hpp"
#include "sync/rules/verdict.hpp"

namespace vitrine::sync::rules {

inline constexpr std::int64_t order_units_max = 1'000'000;                // of one line, and in one operation
inline constexpr std::int64_t order_tally_max = 1'000'000'000;            // a sum stops growing there
inline constexpr std::int64_t order_price_minor_max = 100'000'000;        // of one unit
inline constexpr std::int64_t order_money_minor_max = 1'000'000'000'000;  // of a whole order
inline constexpr std::int64_t order_line_number_max = 9'999;
inline constexpr std::size_t order_lines_max = 1000;                         // as placed
inline constexpr std::size_t order_events_max = 100;                         // the first ones are kept
inline constexpr std::int64_t order_kept_ms = 32LL * 24 * 3600 * 1000;       // by a store, after all is over: goods may come back
inline constexpr std::int64_t order_open_kept_ms = 60LL * 24 * 3600 * 1000;  // and where it never is

struct LineUnits {
  std::int64_t line = 0;
  std::int64_t units = 0;
  bool operator==(const LineUnits&) const = default;
};

// ---- Commercial: the hub's ----

// "order.place": the order as the platform has it. A higher revision replaces what was placed; what happened to goods stays.
struct OrderedLine {
  std::int64_t number = 0;
  Sku sku;
  std::int64_t units = 0;
  std::int64_t unit_price = 0;
  bool operator==(const OrderedLine&) const = default;
};
struct OrderPlaced {
  std::int64_t revision = 1;
  UtcMs placed_at;
  std::string channel;
  std::string currency;
  std::optional<StoreId> store;
  std::optional<CustomerId> customer;
  std::optional<PickupPerson> buyer;
  std::string code;
  UtcMs promise_at;
  UtcMs hold_until;
  bool archived = false;
  std::vector<OrderedLine> lines;
};
// "order.pay": so much money was taken, wherever.
struct OrderPay {
  std::int64_t minor = 0;
};
// "order.refund": money for these units goes back. Refused: "refund_too_much" (units beyond what was ordered and not yet
// refunded, or money beyond what was paid).
struct OrderRefund {
  std::vector<LineUnits> lines;
};
// "order.cancel": while the order is leased to its store, a request to it.
struct OrderCancel {
  std::string reason;
};
// "order.lease": until then nothing cancels the order but its store.
struct OrderLease {
  UtcMs until;
};
// "order.delegate": the buyer names somebody else who collects it.
struct OrderDelegate {
  PickupPerson person;
};
// "order.resolve": a person at the hub has dealt with an exception. The first one stands.
struct OrderResolve {
  std::string exception;
  std::string how;
};

// ---- Custody: the store's, and what the buyer says of themselves ----

// "order.pick": somebody goes for these lines; with no name, puts them down.
struct OrderPick {
  std::vector<std::int64_t> lines;
  std::string who;
};
// "order.picked": so many were found, so many are missing.
struct OrderPicked {
  std::int64_t line = 0;
  std::int64_t units = 0;
  std::int64_t missing = 0;
};
// "order.stage": the goods stand at a place and may be collected.
struct OrderStage {
  std::string place;
};
// "order.arrive": the buyer is here. Said by a kiosk, a counter, or the buyer's phone.
struct OrderArrive {
  std::string place;
};
// "order.hand_over"
struct OrderHandOver {
  StoreId store;
  std::vector<LineUnits> lines;
  std::string proof;
  bool delegate = false;
};
// "order.refuse": the buyer looked at them and does not want them.
struct OrderRefuse {
  StoreId store;
  std::vector<LineUnits> lines;
  std::string reason;
};
// "order.choose": what the buyer wants instead of what is missing.
struct OrderChoose {
  std::int64_t line = 0;
  std::int64_t units = 0;
  OrderChoice::What what = OrderChoice::What::wait;
  Sku sku;
};
// "order.hold": the store keeps it longer, or has reminded the buyer, or both.
struct OrderHold {
  std::optional<UtcMs> until;
  bool reminded = false;
};
// "order.release": the store gives up holding it: nobody came, or it agrees to a cancel.
struct OrderRelease {
  std::string reason;
};
// "order.return"
struct OrderReturn {
  StoreId store;
  std::vector<LineUnits> lines;
  std::string reason;
  std::string condition = {};  // the goods are in; empty: nobody said
};
// "order.restock": what the store has of it is on the shelf again, or will not be sold any more.
struct OrderRestock {
  std::vector<LineUnits> lines;
  bool written_off = false;
};

// ---- The shopper's, in a shop: the one thing that makes an order elsewhere than at the platform ----

// "order.ask": what was taken out of this cart in the same transaction is to be sent home to the cart's owner. It does not
// name them: the hub knows whose cart it is. The platform confirms it by placing it. Refused: "order_exists".
struct OrderAsk {
  StoreId store;
  CartId cart;
  UtcMs placed_at;
  std::string channel;
  std::string currency;
  std::int64_t total_minor = 0;  // as shown
  std::vector<OrderedLine> lines;
};

using OrderOperation = std::variant<OrderPlaced, OrderPay, OrderRefund, OrderCancel, OrderLease, OrderDelegate, OrderResolve,
                                    OrderPick, OrderPicked, OrderStage, OrderArrive, OrderHandOver, OrderRefuse, OrderChoose,
                                    OrderHold, OrderRelease, OrderReturn, OrderRestock, OrderAsk>;

struct OrderContext {
  OrderId order;
  TransactionId transaction;
  std::size_t operation_index = 0;
  std::string actor;
  UtcMs at;
  std::optional<CustomerId> asks = std::nullopt;  // of an asking: whose cart it is; none in a store's view
};

// Goods and money stay, and whose they were goes, for good.
void erase_buyer(Order& order);

// The order after the operation. Refusals are the hub's own: "refund_too_much", "customer_erased" (an erased
// buyer names nobody to collect for them), "order_unknown" for anything but a placing or an asking on an order that nobody has,
// and "order_exists" for an asking on one that somebody has.
Verdict<Order> apply(const std::optional<Order>& order, const OrderOperation& operation, const OrderContext& context);

}  // namespace vitrine::sync::rules
