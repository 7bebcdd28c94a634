// SPDX-License-Identifier: Apache-2.0
// Changes that a person makes to the cart: shown at once, sent one after the other, each with the dots that the cart has then.
#include <algorithm>

#include "kiosk/model/steps.hpp"

namespace vitrine::kiosk::steps {
namespace {

const CartViewLine* line_of(const CartView& cart, const std::string& key) {
  const auto found =
      std::find_if(cart.lines.begin(), cart.lines.end(), [&](const CartViewLine& line) { return line.key == key; });
  return found == cart.lines.end() ? nullptr : &*found;
}

ChangeCart request_for(const Visit& visit, const PendingChange& change) {
  ChangeCart request;
  request.asked = {visit.number, change.number};
  request.cart = visit.cart->cart;
  if (!change.coupon.empty()) {
    request.action = change.removal ? CartAction::remove_coupon : CartAction::add_coupon;
    request.coupon = change.coupon;
    return request;
  }
  request.sku = change.sku;
  request.line = change.line;
  const CartViewLine* line = line_of(*visit.cart, change.line);
  if (change.removal) {
    request.action = CartAction::remove;
  } else if (change.delta > 0) {
    request.action = CartAction::add;
    request.units = change.delta;
  } else {
    request.action = CartAction::decrease;
    request.units = -change.delta;
  }
  if (line != nullptr && request.action != CartAction::add) {
    request.shown = line->shown;
    request.pass = visit.cart->pass;
  }
  return request;
}

}  // namespace

void send_next_change(Model& model, Requests& out) {
  Visit& visit = model.visit;
  while (!visit.pending.empty() && visit.pending.front().number == 0) {
    PendingChange& next = visit.pending.front();
    // Taken away elsewhere meanwhile: there is nothing left to take.
    const bool takes = next.removal || next.delta < 0;
    if (next.coupon.empty() && next.delta == 0 && !next.removal) {
      visit.pending.pop_front();
      continue;
    }
    if (next.coupon.empty() && takes && line_of(*visit.cart, next.line) == nullptr) {
      visit.pending.pop_front();
      continue;
    }
    next.number = ++visit.requests;
    out.emplace_back(request_for(visit, next));
    return;
  }
}

void change_quantity(Model& model, const ChangeQuantity& wish, Requests& out) {
  Visit& visit = model.visit;
  const std::optional<CartView> cart = shown_cart(model);
  if (!cart || wish.delta == 0) return;
  const CartViewLine* line = line_of(*cart, wish.line);
  if (line == nullptr || line->units + wish.delta > line_units_max) return;
  if (line->units + wish.delta <= 0) {
    remove_line(model, {wish.line}, out);
    return;
  }
  // Taps that come quicker than answers become one change.
  if (!visit.pending.empty()) {
    PendingChange& last = visit.pending.back();
    if (last.number == 0 && last.line == wish.line && !last.removal) {
      last.delta += wish.delta;
      return;
    }
  }
  visit.pending.push_back({wish.line, line->sku, wish.delta, false, 0, model.now.mono});
  send_next_change(model, out);
}

void remove_line(Model& model, const RemoveLine& wish, Requests& out) {
  Visit& visit = model.visit;
  const std::optional<CartView> cart = shown_cart(model);
  if (!cart) return;
  const CartViewLine* line = line_of(*cart, wish.line);
  if (line == nullptr) return;
  visit.removed = Removed{line->key, line->sku, line->title, line->units, model.now.mono.plus(undo_ms)};
  std::erase_if(visit.pending, [&](const PendingChange& change) { return change.number == 0 && change.line == wish.line; });
  visit.pending.push_back({wish.line, line->sku, 0, true, 0, model.now.mono});
  send_next_change(model, out);
}

void remove_coupon(Model& model, const RemoveCoupon& wish, Requests& out) {
  Visit& visit = model.visit;
  const std::optional<CartView> cart = shown_cart(model);
  if (!cart || std::ranges::find(cart->coupons, wish.code, &CouponView::code) == cart->coupons.end()) return;
  visit.removed = Removed{{}, {}, {}, 0, model.now.mono.plus(undo_ms), wish.code};
  visit.pending.push_back({{}, {}, 0, true, 0, model.now.mono, wish.code});
  send_next_change(model, out);
}

void undo_remove(Model& model, Requests& out) {
  Visit& visit = model.visit;
  if (!visit.removed || !visit.cart) return;
  const Removed removed = *visit.removed;
  visit.removed.reset();
  visit.pending.push_back({removed.line, removed.sku, removed.units, false, 0, model.now.mono, removed.coupon});
  send_next_change(model, out);
}

}  // namespace vitrine::kiosk::steps
