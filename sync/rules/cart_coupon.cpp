// SPDX-License-Identifier: Apache-2.0
// Coupons: which codes a cart carries. What they take off is sync/pricing's.
#include <algorithm>

#include "sync/model/coupon.hpp"
#include "sync/planted.hpp"
#include "sync/rules/cart_parts.hpp"

namespace vitrine::sync::rules {

namespace {

// A wrong program: where it is taken off at one place it stays at another.
bool stays_by_mistake(const Cart& cart, const CartContext& context) {
  return planted(Bug::coupon_comes_back) && cart.changed_by != context.actor;
}

}  // namespace

// CONFLICT: a coupon is put on here while it is taken off there.
// RESOLUTION: in the hub's order the later word counts. A coupon is no goods: it is there or not, nothing is lost with it, and
// whoever misses it enters it again; to remember who saw which entry would cost more than it saves.
// CONFLICT: the same coupon is put on, or taken off, at two places.
// RESOLUTION: once is as good as twice; it keeps its first place in the order.
// CONFLICT: together, two places put more coupons on than a cart may carry.
// RESOLUTION: in the hub's order, the one that no longer fits is refused and its people are told.
// CONFLICT: a coupon is entered while goods are added or taken, a pass is shown or the cart is given an owner or a store.
// RESOLUTION: coupons are a field of their own: neither act sees the other. A pass carries none, and takes none off.
Verdict<Cart> mark_coupon(const std::optional<Cart>& cart, const CartCoupon& coupon, const CartContext& context) {
  if (!is_coupon_code(coupon.code)) return std::unexpected(Refusal{"coupon_invalid"});
  if (!cart) return std::unexpected(Refusal{"cart_unknown"});
  Cart after = *cart;
  const auto held = std::ranges::find(after.coupons, coupon.code);
  if (!coupon.on) {
    if (held != after.coupons.end() && !stays_by_mistake(*cart, context)) after.coupons.erase(held);
    return after;
  }
  if (held != after.coupons.end()) return after;
  if (after.coupons.size() >= cart_coupons_max) return std::unexpected(Refusal{"coupons_max"});
  after.coupons.push_back(coupon.code);
  return after;
}

}  // namespace vitrine::sync::rules
