// SPDX-License-Identifier: Apache-2.0
// What the hub does to an order: placed, paid, cancelled, refunded. There is one hub, so these stand in one order; none of them
// asks what a store did, so that a store's facts may come before or after.
#include <algorithm>

#include "sync/planted.hpp"
#include "sync/rules/order_parts.hpp"

namespace vitrine::sync::rules {

namespace {

void put_ordered(Order& order, const std::vector<OrderedLine>& lines) {
  for (const OrderedLine& ordered : lines) {
    OrderLine& line = line_of(order, ordered.number);
    line.sku = ordered.sku;
    line.ordered = std::clamp<std::int64_t>(ordered.units, 0, order_units_max);
    line.unit_price = std::clamp<std::int64_t>(ordered.unit_price, 0, order_price_minor_max);
  }
}

}  // namespace

// CONFLICT: the platform changes an order, or says it again, while the store works on it.
// RESOLUTION: the highest revision says what was ordered, and of equal ones the latest; what happened to goods is kept beside it
// and never touched. A line that is no longer ordered stays with what happened to it.
std::string apply_to(Order& order, const OrderPlaced& placed, const OrderContext& context) {
  order.archived = order.archived || placed.archived;
  const Stamp stamp = stamp_of(context);
  if (planted(Bug::revision_undoes_cancel)) order.cancelled.reset();
  const bool old = placed.revision < order.revision && !planted(Bug::old_revision_counts);
  if (old || (placed.revision == order.revision && stamp < order.placed)) return "";
  order.revision = placed.revision;
  order.placed = stamp;
  order.placed_at = placed.placed_at;
  order.channel = placed.channel;
  order.currency = placed.currency;
  order.store = placed.store;
  if (!order.erased) {
    order.customer = placed.customer;
    order.buyer = placed.buyer;
  }
  order.code = placed.code;
  order.promise_at = placed.promise_at;
  order.hold_until = placed.hold_until;
  for (OrderLine& line : order.lines) {
    line.sku = Sku{};
    line.ordered = 0;
    line.unit_price = 0;
    if (planted(Bug::revision_undoes_goods)) line.tally = {};
  }
  put_ordered(order, placed.lines);
  return "";
}

// CONFLICT: an order is asked for in a shop while something is done to an order of that number.
// RESOLUTION: the number is made by chance where it is asked, and an order is asked for once: where there is one already, the
// asking is refused (order_exists) with all of its transaction, so that its units stay in the cart. CONFLICT: the platform places
// what was asked for. RESOLUTION: that is its answer, a revision as any other: what it says stands, and what was asked for stays
// beside it.
std::string apply_to(Order& order, const OrderAsk& ask, const OrderContext& context) {
  order.revision = 1;
  order.placed = stamp_of(context);
  order.placed_at = ask.placed_at;
  order.channel = ask.channel;
  order.currency = ask.currency;
  order.customer = context.asks;
  order.asked = {ask.store, ask.cart, ask.total_minor, stamp_of(context)};
  put_ordered(order, ask.lines);
  return "";
}

// CONFLICT: two tills, or a till and the web shop, take money for one order.
// RESOLUTION: money that was taken is taken: both count.
std::string apply_to(Order& order, const OrderPay& pay, const OrderContext&) {
  order.paid_minor = std::min(order.paid_minor + std::max<std::int64_t>(pay.minor, 0), order_money_minor_max);
  return "";
}

// CONFLICT: money for one unit is to go back twice, or more than was ever paid; goods come back, or are handed over, meanwhile.
// RESOLUTION: the hub alone gives money back, each unit once and never more than was paid. Whether goods are here is the
// store's word, and this does not wait for it: a refund is due when they come back, and the hub asks before it refunds.
std::string apply_to(Order& order, const OrderRefund& refund, const OrderContext&) {
  Order after = order;
  for (const LineUnits& one : refund.lines) {
    OrderLine& line = line_of(after, one.line);
    const std::int64_t refunded = planted(Bug::refund_twice) ? 0 : line.refunded_units;
    if (one.units < 1 || one.units > line.ordered - refunded) return "refund_too_much";
    line.refunded_units += one.units;
    after.refunded_minor += one.units * line.unit_price;
  }
  if (after.refunded_minor > after.paid_minor && !planted(Bug::refund_beyond_paid)) return "refund_too_much";
  order = std::move(after);
  return "";
}

// CONFLICT: an order is cancelled while its store gets it ready or hands it over.
// RESOLUTION: while it is leased to the store, this is a request, and the store's hand-over or release answers it. Otherwise it
// is cancelled at once, whatever the store does meanwhile: goods that were handed over all the same make an exception for
// people, one and only one, computed from the two registers (order_state.cpp), so it does not matter who comes first.
// CONFLICT: it is cancelled twice. RESOLUTION: the first time counts; a request becomes a cancel when it is said again and the
// lease is over.
std::string apply_to(Order& order, const OrderCancel& cancel, const OrderContext& context) {
  OrderReason said{cancel.reason, stamp_of(context)};
  const bool leased = context.at < order.leased_until;
  keep_first(leased ? order.cancel_requested : order.cancelled, std::move(said));
  return "";
}

// CONFLICT: an order is leased to its store while it is cancelled.
// RESOLUTION: both are the hub's own acts, so one is first: a cancel before the lease stands, one after it is a request.
std::string apply_to(Order& order, const OrderLease& lease, const OrderContext&) {
  order.leased_until = std::max(order.leased_until, lease.until);
  return "";
}

// CONFLICT: the platform says an order again, or somebody is named who collects it, after its buyer was erased.
// RESOLUTION: it is nobody's for good. What was ordered, paid and handed over is taken as ever.
void erase_buyer(Order& order) {
  order.customer.reset();
  order.buyer.reset();
  order.delegate.reset();
  order.delegated.reset();
  order.erased = true;
}

// CONFLICT: a buyer names two people to collect for them. RESOLUTION: the one named last.
std::string apply_to(Order& order, const OrderDelegate& delegate, const OrderContext& context) {
  if (order.erased) return "customer_erased";
  const Stamp stamp = stamp_of(context);
  if (order.delegated && stamp < *order.delegated) return "";
  order.delegate = delegate.person;
  order.delegated = stamp;
  return "";
}

// CONFLICT: two people deal with one exception. RESOLUTION: it is dealt with once: the first of them counts.
std::string apply_to(Order& order, const OrderResolve& resolve, const OrderContext& context) {
  OrderReason said{resolve.how, stamp_of(context)};
  const auto [there, is_new] = order.resolved.try_emplace(resolve.exception, said);
  if (!is_new && said.stamp < there->second.stamp) there->second = std::move(said);
  return "";
}

}  // namespace vitrine::sync::rules
