// SPDX-License-Identifier: Apache-2.0
// What happens to an order's goods, and the frame of all its rules. Each fact is a sum that grows, or the first or the last of
// its kind by its stamp: that is why the order in which facts become known does not matter.
#include "sync/rules/order.hpp"

#include <algorithm>

#include "sync/planted.hpp"
#include "sync/rules/order_parts.hpp"

namespace vitrine::sync::rules {

Stamp stamp_of(const OrderContext& context) {
  return {context.at, context.transaction.text + "." + std::to_string(context.operation_index)};
}

OrderLine& line_of(Order& order, std::int64_t number) {
  auto at = std::ranges::lower_bound(order.lines, number, {}, &OrderLine::number);
  if (at == order.lines.end() || at->number != number) {
    OrderLine line;
    line.number = number;
    at = order.lines.insert(at, std::move(line));
  }
  return *at;
}

void drop_empty_lines(Order& order) {
  std::erase_if(order.lines, [](const OrderLine& line) {
    return line.ordered == 0 && line.refunded_units == 0 && line.tally == OrderTally{} && !line.mark && !line.choice &&
           line.more.empty();
  });
}

void add_to(std::int64_t& sum, std::int64_t units) {
  sum = std::min(sum + std::clamp<std::int64_t>(units, 0, order_units_max), order_tally_max);
}

namespace {

// The first ones are kept, whatever the order in which they came.
void note(Order& order, OrderEvent event, const std::vector<LineUnits>& lines) {
  for (const LineUnits& one : lines) event.lines[one.line] += one.units;
  const auto at = std::ranges::lower_bound(order.events, event.stamp, {}, &OrderEvent::stamp);
  order.events.insert(at, std::move(event));
  if (order.events.size() > order_events_max) order.events.resize(order_events_max);
}

// CONFLICT: two people go for one line.
// RESOLUTION: a mark is a word between colleagues of one store, whose one writer lets nobody take what another has
// (edge/local_api/order_commands.cpp); where two boxes speak for a store, the later mark is shown. Goods are counted by what
// was picked, never by marks.
void act(Order& order, const OrderPick& pick, const OrderContext& context) {
  for (const std::int64_t number : pick.lines) keep_last(line_of(order, number).mark, {pick.who, stamp_of(context)});
}

// CONFLICT: two people pick one line, or one picks what the other does not find.
// RESOLUTION: all that was picked was picked, all that was missed was missed: sums. More than was ordered is told, never cut.
void act(Order& order, const OrderPicked& picked, const OrderContext&) {
  OrderTally& tally = line_of(order, picked.line).tally;
  if (planted(Bug::tally_overwritten)) tally.picked = 0;
  add_to(tally.picked, picked.units);
  add_to(tally.missing, picked.missing);
}

// CONFLICT: the goods are put in two places. RESOLUTION: they are where they were put last; ready since the first time.
void act(Order& order, const OrderStage& stage, const OrderContext& context) {
  keep_last(order.staged, {stage.place, stamp_of(context)});
  const Stamp stamp = stamp_of(context);
  if (!order.ready || stamp < *order.ready) order.ready = stamp;
}

// CONFLICT: the buyer says on the phone where they are, and at a kiosk that they are there.
// RESOLUTION: what they said last.
void act(Order& order, const OrderArrive& arrive, const OrderContext& context) {
  keep_last(order.arrived, {arrive.place, stamp_of(context)});
}

// CONFLICT: an order is handed over in two places, or after it was cancelled or released.
// RESOLUTION: goods that left are gone: both are kept as they were, and what does not add up is an exception for people.
void act(Order& order, const OrderHandOver& hand_over, const OrderContext& context) {
  if (planted(Bug::hand_over_after_cancel_lost) && order.cancelled) return;
  for (const LineUnits& one : hand_over.lines) add_to(line_of(order, one.line).tally.handed, one.units);
  OrderEvent event;
  event.what = OrderEvent::What::handed_over;
  event.stamp = stamp_of(context);
  event.store = hand_over.store;
  event.actor = context.actor;
  event.proof = hand_over.proof;
  event.delegate = hand_over.delegate;
  note(order, std::move(event), hand_over.lines);
}

// CONFLICT: the buyer refuses units that somebody hands over or picks at the same time.
// RESOLUTION: both sums; a unit that was handed over is with the buyer, whatever was said of it before.
void act(Order& order, const OrderRefuse& refuse, const OrderContext& context) {
  for (const LineUnits& one : refuse.lines) add_to(line_of(order, one.line).tally.refused, one.units);
  OrderEvent event;
  event.what = OrderEvent::What::refused;
  event.stamp = stamp_of(context);
  event.store = refuse.store;
  event.actor = context.actor;
  event.reason = refuse.reason;
  note(order, std::move(event), refuse.lines);
}

// CONFLICT: the buyer chooses on the phone and at the counter. RESOLUTION: what they chose last.
void act(Order& order, const OrderChoose& choose, const OrderContext& context) {
  keep_last(line_of(order, choose.line).choice, {choose.what, choose.units, choose.sku, stamp_of(context)});
}

// CONFLICT: it is held until two times, or held on while it is given up.
// RESOLUTION: the longest promise counts; what was given up stays given up.
void act(Order& order, const OrderHold& hold, const OrderContext& context) {
  if (hold.until) order.held_until = std::max(order.held_until, *hold.until);
  const Stamp stamp = stamp_of(context);
  if (hold.reminded && (!order.reminded || *order.reminded < stamp)) order.reminded = stamp;
}

// CONFLICT: the store gives it up while the buyer collects it or the platform cancels it.
// RESOLUTION: the first release counts. Units that were handed over are with the buyer; a cancel that was requested takes
// effect with the release, for the units that are still here.
void act(Order& order, const OrderRelease& release, const OrderContext& context) {
  keep_first(order.released, {release.reason, stamp_of(context)});
}

// CONFLICT: units are brought back twice, or before anybody knows that they were handed over.
// RESOLUTION: sums; no more units are back than went out (order_state.cpp), and the rest is an exception for people.
void act(Order& order, const OrderReturn& back, const OrderContext& context) {
  for (const LineUnits& one : back.lines) add_to(line_of(order, one.line).tally.returned, one.units);
  OrderEvent event;
  event.what = OrderEvent::What::returned;
  event.stamp = stamp_of(context);
  event.store = back.store;
  event.actor = context.actor;
  event.reason = back.reason;
  event.condition = back.condition;
  note(order, std::move(event), back.lines);
}

// CONFLICT: one puts units on the shelf that another writes off or hands over.
// RESOLUTION: sums; each unit counts in one place, in the order handed over, on the shelf, written off.
void act(Order& order, const OrderRestock& restock, const OrderContext&) {
  for (const LineUnits& one : restock.lines) {
    OrderTally& tally = line_of(order, one.line).tally;
    add_to(restock.written_off ? tally.written_off : tally.restocked, one.units);
  }
}

template <class Op>
std::string apply_to(Order& order, const Op& fact, const OrderContext& context)
  requires requires { act(order, fact, context); }
{
  act(order, fact, context);
  return "";
}

}  // namespace

// CONFLICT: the hub takes money, gives it back, cancels, leases or changes the order, while a store works on its goods.
// RESOLUTION: two registers that do not read each other: both stand, in either order, and what people are shown is computed from
// the two (order_state.cpp).
Verdict<Order> apply(const std::optional<Order>& order, const OrderOperation& operation, const OrderContext& context) {
  const bool asks = std::holds_alternative<OrderAsk>(operation);
  if (!order && !asks && !std::holds_alternative<OrderPlaced>(operation)) return std::unexpected(Refusal{"order_unknown"});
  if (order && asks && !planted(Bug::order_asked_twice)) return std::unexpected(Refusal{"order_exists"});
  Order after = order ? *order : Order{};
  after.id = context.order;
  std::string refused = std::visit([&](const auto& op) { return apply_to(after, op, context); }, operation);
  if (!refused.empty()) return std::unexpected(Refusal{std::move(refused)});
  drop_empty_lines(after);
  after.changed_at = std::max(after.changed_at, context.at);
  return after;
}

}  // namespace vitrine::sync::rules
