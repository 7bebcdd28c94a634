// SPDX-License-Identifier: Apache-2.0
// A buyer shows the signed pass of their order: with and without a line to the hub. It is spent by the hand-over itself: whatever
// was issued before the order's last hand-over, which stands in the order, opens nothing.
#include <algorithm>

#include "edge/local_api/order_commands.hpp"
#include "edge/local_api/orders.hpp"
#include "sync/protocol/pickup_pass.hpp"
#include "sync/rules/order_state.hpp"

namespace vitrine::edge::local_api {

using sync::Order;
using sync::OrderEvent;
using sync::OrderId;

namespace {

bool is_spent(const Order& order, const sync::protocol::PickupPass& pass) {
  return std::ranges::any_of(order.events, [&](const OrderEvent& event) {
    return event.what == OrderEvent::What::handed_over && event.stamp.at >= pass.issued_at;
  });
}

// Somebody left the digits of their phone with the order.
bool asks_for_phone(const Order& order) {
  return (order.buyer && !order.buyer->phone_last2.empty()) || (order.delegate && !order.delegate->phone_last2.empty());
}

}  // namespace

Result<std::optional<OrderId>> open_pickup_by_pass(Desk& desk, const OpenPickup& request) {
  const auto keys = desk.reader.pass_keys();
  if (keys.empty()) return fail("store_not_ready", "the store is still being filled");
  const auto pass = sync::protocol::open_pickup_pass(request.pass, keys, desk.store, desk.end.hub_time(desk.now.utc));
  if (!pass) return std::unexpected(pass.error());
  const auto order = order_of(desk.reader, pass->order);
  if (!order) return fail("order_unknown", "the order of this pass is not here");
  if (is_spent(*order, *pass)) return fail("pass_spent", "goods were handed over since this pass was made");
  if (sync::rules::is_cancelled(*order)) return fail("order_cancelled", "the order was cancelled");
  if (sync::rules::is_over(*order)) return fail("order_over", "nothing of the order waits here any more");
  if (asks_for_phone(*order)) {
    if (!may_try_phone(desk, order->id)) return fail("staff_check", "three wrong tries: staff must look at who collects this");
    if (request.phone_last2.empty()) return std::optional<OrderId>{};
    if (!has_phone(*order, request.phone_last2)) {
      if (!count_wrong_phone(desk, order->id))
        return fail("staff_check", "three wrong tries: staff must look at who collects this");
      return fail("phone_wrong", "these are not the last two digits of the phone number on the order");
    }
  }
  const auto welcomed = welcome_buyer(desk, request, *order);
  if (!welcomed) return std::unexpected(welcomed.error());
  return std::optional(*welcomed);
}

}  // namespace vitrine::edge::local_api
