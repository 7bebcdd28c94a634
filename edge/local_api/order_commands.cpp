// SPDX-License-Identifier: Apache-2.0
// The one writer of a store lets nobody take what another has, hand over what is not ready, or guess at codes for long.
#include "edge/local_api/order_commands.hpp"

#include <algorithm>

#include "edge/local_api/orders.hpp"
#include "edge/local_api/stock.hpp"
#include "edge/local_api/timeline.hpp"
#include "edge/local_api/tries.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "sync/tuning.hpp"

namespace vitrine::edge::local_api {

using namespace sync::rules;
using sync::Order;
using sync::OrderId;
using sync::OrderLine;

namespace {

const OrderLine* find_line(const Order& order, std::int64_t number) {
  const auto found = std::ranges::find(order.lines, number, &OrderLine::number);
  return found == order.lines.end() || found->ordered == 0 ? nullptr : &*found;
}

// Each line is there and has so many units of what `of` counts.
Result<void> have_units(const Order& order, const std::vector<LineUnits>& lines, std::int64_t (*of)(const OrderLine&),
                        const char* code) {
  for (const LineUnits& one : lines) {
    const OrderLine* line = find_line(order, one.line);
    if (line == nullptr) return fail("line_unknown", "the order has no line " + std::to_string(one.line));
    if (one.units > of(*line))
      return fail(code, "line " + std::to_string(one.line) + " has " + std::to_string(of(*line)) + " such units");
  }
  return {};
}

std::int64_t held_units(const OrderLine& line) { return places_of(line).held; }
std::int64_t waiting_units(const OrderLine& line) { return places_of(line).waiting; }

// Goods may still move towards the buyer.
Result<void> is_open(const Order& order) {
  if (is_cancelled(order)) return fail("order_cancelled", "the order was cancelled");
  if (is_over(order)) return fail("order_over", "the order is " + std::string(word_of(status_of(order))));
  return {};
}

bool is_verified(Desk& desk, const OrderId& order) {
  const auto verified = desk.replica.tries("verified/" + order.text);
  return verified && verified->first_at.plus(verified_life_ms) > desk.now.utc;
}

struct Judge {
  Desk& desk;
  const Order& order;
  const OrderAction& request;

  Result<void> operator()(const OrderPick& pick) const {
    if (auto open = is_open(order); !open) return open;
    for (const std::int64_t number : pick.lines) {
      const OrderLine* line = find_line(order, number);
      if (line == nullptr) return fail("line_unknown", "the order has no line " + std::to_string(number));
      // Two people do not go for one line.
      const bool taken = line->mark && !line->mark->who.empty() && line->mark->who != pick.who &&
                         line->mark->stamp.at.plus(mark_life_ms) > desk.end.hub_time(desk.now.utc);
      if (taken && !pick.who.empty()) return fail("line_taken", "somebody else is picking line " + std::to_string(number));
    }
    return {};
  }
  Result<void> operator()(const OrderPicked& picked) const {
    if (auto open = is_open(order); !open) return open;
    const std::vector<LineUnits> lines = {{picked.line, picked.units + picked.missing}};
    return have_units(order, lines, waiting_units, "units_not_waiting");
  }
  Result<void> operator()(const OrderStage&) const {
    if (auto open = is_open(order); !open) return open;
    if (places_of(order).held == 0) return fail("order_not_ready", "nothing of the order was picked");
    return {};
  }
  Result<void> operator()(const OrderArrive&) const { return is_open(order); }
  Result<void> operator()(const OrderHandOver& over) const {
    if (auto open = is_open(order); !open) return open;
    if (!order.ready) return fail("order_not_ready", "the order was not made ready");
    if (auto there = have_units(order, over.lines, ready_units, "units_not_ready"); !there) return there;
    if (over.proof != "staff" && !is_verified(desk, order.id))
      return fail("not_verified", "no code was shown with its second factor; staff may look themselves");
    if (balance_due(order) > 0 && !request.balance_settled)
      return fail("balance_due", "there is still " + std::to_string(balance_due(order)) + " to pay");
    return {};
  }
  Result<void> operator()(const OrderRefuse& refuse) const {
    if (auto open = is_open(order); !open) return open;
    return have_units(order, refuse.lines, ready_units, "units_not_ready");
  }
  Result<void> operator()(const OrderChoose& choose) const {
    if (auto open = is_open(order); !open) return open;
    const std::vector<LineUnits> lines = {{choose.line, choose.units}};
    return have_units(order, lines, missing_units, "units_not_missing");
  }
  Result<void> operator()(const OrderHold&) const { return is_open(order); }
  Result<void> operator()(const OrderRelease&) const { return is_open(order); }
  Result<void> operator()(const OrderRestock& restock) const {
    return have_units(order, restock.lines, held_units, "units_not_held");
  }
  // Money is the hub's, and what comes back has rules of its own (returns.cpp).
  template <class Commercial>
  Result<void> operator()(const Commercial&) const {
    return fail("not_allowed", "this is not done here");
  }
};

// What an operation on an order does to the goods that stand in the shop. Picked, staged and refused goods have not left it, and
// what is put back on its shelf was in it already.
struct Goods {
  int sign = 0;
  MoveReason reason = MoveReason::hand_over;
  const std::vector<LineUnits>* lines = nullptr;
};

Goods goods_of(const OrderOperation& operation) {
  if (const auto* over = std::get_if<OrderHandOver>(&operation)) return {-1, MoveReason::hand_over, &over->lines};
  if (const auto* restock = std::get_if<OrderRestock>(&operation); restock != nullptr && restock->written_off)
    return {-1, MoveReason::damage, &restock->lines};
  return {};
}

// Goods that the web had promised for this order leave by that promise, which ends with it; others move.
std::vector<StockOperation> moves_of(Desk& desk, const Order& order, const Goods& goods, const OrderLine& line,
                                     std::int64_t units, std::size_t operations_max) {
  const std::string reference = "order/" + order.id.text;
  if (goods.reason != MoveReason::hand_over) return {StockMove{goods.sign * units, goods.reason, reference}};
  const auto seen = stock_seen(desk.reader, desk.store, line.sku);
  return leave(seen ? seen->stock : sync::Stock{}, reference, units, goods.reason, reference, operations_max,
               desk.end.hub_time(desk.now.utc));
}

// The order's fact and the movements of its goods are one transaction: neither is ever there without the other.
Result<void> perform(Desk& desk, const sync::TransactionId& request, const std::string& device, const Order& order,
                     const OrderOperation& operation) {
  sync::ends::LocalAction action;
  action.id = request;
  action.nature = sync::Nature::fact;
  action.actor = device;
  action.operations.push_back(sync::protocol::encode_order_operation(order.id, operation));
  const Goods goods = goods_of(operation);
  if (goods.lines != nullptr) {
    std::size_t room =
        sync::tuning::transaction_operations_max - goods.lines->size() - 2;  // beside one each, and what is told of it
    for (const LineUnits& one : *goods.lines) {
      const OrderLine* line = find_line(order, one.line);
      if (line == nullptr || one.units == 0) continue;
      const auto moves = moves_of(desk, order, goods, *line, one.units, 1 + room);
      room -= moves.size() - 1;
      for (const StockOperation& move : moves)
        action.operations.push_back(sync::protocol::encode_stock_operation(desk.store, line->sku, move));
    }
  }
  if (std::holds_alternative<OrderHandOver>(operation))
    add_activity(desk, action, order.customer, {.kind = "picked_up", .order = order.id});
  return local_api::perform(desk, action, "this cannot be written down");
}

}  // namespace

Result<OrderId> act(Desk& desk, const OrderAction& request) {
  if (desk.replica.n_of(request.request)) return request.order;
  if (desk.reader.in_doubt()) return in_doubt();
  const auto order = order_of(desk.reader, request.order);
  if (!order) return fail("order_unknown", "no such order is here");
  if (is_delivery(*order)) return fail("not_allowed", "this order is sent home: no store has its goods");
  if (auto good = std::visit(Judge{desk, *order, request}, request.operation); !good) return std::unexpected(good.error());
  if (auto done = perform(desk, request.request, request.device, *order, request.operation); !done)
    return std::unexpected(done.error());
  if (std::holds_alternative<OrderHandOver>(request.operation)) desk.replica.clear_tries("verified/" + request.order.text);
  return request.order;
}

bool has_phone(const Order& order, const std::string& last2) {
  const auto is_theirs = [&](const std::optional<sync::PickupPerson>& person) { return person && person->phone_last2 == last2; };
  return is_theirs(order.buyer) || is_theirs(order.delegate);
}

bool may_try_phone(Desk& desk, const OrderId& order) { return !is_locked(desk, "phone/" + order.text, wrong_phones_max, 0); }

bool count_wrong_phone(Desk& desk, const OrderId& order) {
  count_try(desk, "phone/" + order.text, 0);
  return may_try_phone(desk, order);
}

Result<OrderId> welcome_buyer(Desk& desk, const OpenPickup& request, const Order& order) {
  if (!order.ready) return fail("order_not_ready", "the order is not ready yet");
  desk.replica.clear_tries("phone/" + order.id.text);
  desk.replica.put_tries("verified/" + order.id.text, {1, desk.now.utc});
  if (desk.replica.n_of(request.request)) return order.id;
  if (auto done = perform(desk, request.request, request.device, order, OrderArrive{request.device}); !done)
    return std::unexpected(done.error());
  return order.id;
}

Result<std::optional<OrderId>> open_pickup(Desk& desk, const OpenPickup& request) {
  if (desk.reader.in_doubt()) return in_doubt();
  if (!request.pass.empty()) return open_pickup_by_pass(desk, request);
  const std::string at_device = "code/" + request.device;
  const std::string in_store = "code/";
  if (is_locked(desk, at_device, wrong_codes_max, wrong_codes_within_ms) ||
      is_locked(desk, in_store, wrong_codes_here_max, wrong_codes_within_ms))
    return fail("pickup_locked", "too many wrong codes here; a person must help");
  std::vector<Order> found;
  each_order_here(desk.reader, [&](Order& order) {
    if (order.code == request.code && !is_over(order)) found.push_back(std::move(order));
  });
  if (found.empty()) {
    for (const std::string& place : {at_device, in_store}) count_try(desk, place, wrong_codes_within_ms);
    return fail("code_unknown", "no order that waits here has this code");
  }
  if (request.phone_last2.empty()) return std::optional<OrderId>{};
  for (const Order& order : found) {
    if (!may_try_phone(desk, order.id) || !has_phone(order, request.phone_last2)) continue;
    const auto welcomed = welcome_buyer(desk, request, order);
    if (!welcomed) return std::unexpected(welcomed.error());
    return std::optional(*welcomed);
  }
  bool may_try = false;
  for (const Order& order : found) {
    const bool again = count_wrong_phone(desk, order.id);
    may_try = may_try || again;
  }
  if (!may_try) return fail("staff_check", "three wrong tries: staff must look at who collects this");
  return fail("phone_wrong", "these are not the last two digits of the phone number on the order");
}

}  // namespace vitrine::edge::local_api
