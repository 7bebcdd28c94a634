// SPDX-License-Identifier: Apache-2.0
// Sending the cart home: what the screen shows is ordered, once its changes are answered; then the order is followed as long as
// its person stands there.
#include <utility>

#include "kiosk/model/steps.hpp"

namespace vitrine::kiosk {

DeliverStep deliver_step(const Model& model) {
  const std::optional<Delivering>& delivering = model.visit.delivering;
  if (delivering && delivering->order) {
    switch (delivering->order->state) {
      case DeliveryState::cancelled:
        return DeliverStep::cancelled;
      case DeliveryState::refused:
        return DeliverStep::refused;
      default:
        return DeliverStep::done;
    }
  }
  if (delivering && !delivering->failed.empty())
    return delivering->failed == "cart_without_owner" ? DeliverStep::nobody : DeliverStep::failed;
  if (delivering && delivering->waiting) return DeliverStep::waiting;
  return model.visit.cart && model.visit.cart->has_owner ? DeliverStep::ask : DeliverStep::nobody;
}

namespace steps {

void deliver_home(Model& model) {
  Visit& visit = model.visit;
  if (!visit.cart || !model.store || !model.store->delivers || (visit.delivering && visit.delivering->waiting)) return;
  visit.delivering = Delivering{};
  visit.removed.reset();
  visit.printing.reset();
  visit.route = Route::deliver;
}

void order_delivery(Model& model, Requests& out) {
  Visit& visit = model.visit;
  // What is ordered is what the screen shows: no change of it is still on its way.
  if (visit.route != Route::deliver || deliver_step(model) != DeliverStep::ask || !visit.pending.empty()) return;
  visit.delivering->waiting = true;
  visit.delivering->asked = ++visit.requests;
  out.emplace_back(
      AskDelivery{{visit.number, visit.delivering->asked}, visit.cart->cart, visit.cart->tag, visit.cart->totals.to_pay});
}

void ask_for_delivery(Model& model, Requests& out) {
  Visit& visit = model.visit;
  if (!visit.delivering || !visit.delivering->order) return;
  visit.delivering->asked = ++visit.requests;
  out.emplace_back(FetchDelivery{{visit.number, visit.delivering->asked}, visit.delivering->order->order});
}

void take_delivery(Model& model, const DeliveryArrived& event, Requests& out) {
  Visit& visit = model.visit;
  if (event.asked.visit != visit.number || !visit.delivering || event.asked.number != visit.delivering->asked) return;
  const bool fresh = std::exchange(visit.delivering->waiting, false);
  DeliveryView order = event.order;
  // Of one that was refused only that is told: what it was to have stays on the screen.
  if (order.lines.empty() && visit.delivering->order) {
    order.lines = visit.delivering->order->lines;
    order.total = visit.delivering->order->total;
    order.currency = visit.delivering->order->currency;
    order.asked_at = visit.delivering->order->asked_at;
  }
  visit.delivering->order = std::move(order);
  if (fresh) ask_for_cart(model, out);  // its units have left it
}

bool take_delivery_failure(Model& model, const RequestFailed& event, Requests& out) {
  Visit& visit = model.visit;
  if (!visit.delivering || visit.delivering->asked == 0 || event.asked.number != visit.delivering->asked ||
      event.code == "cart_unknown")
    return false;
  // One that is there is looked at again with the next news.
  if (!std::exchange(visit.delivering->waiting, false)) return true;
  visit.delivering->failed = event.code;
  ask_for_cart(model, out);
  return true;
}

void hear_of_delivery(Model& model, const OrderNews& event, Requests& out) {
  const std::optional<Delivering>& delivering = model.visit.delivering;
  if (delivering && delivering->order && delivering->order->order == event.order) ask_for_delivery(model, out);
}

}  // namespace steps
}  // namespace vitrine::kiosk
