// SPDX-License-Identifier: Apache-2.0
// The rules of a cart: adding, assigning, and the frame around every rule. Taking, resuming and coupons have files of their own.
// Example followed: two people each take one of three, one at the kiosk and one on the phone; one is left.
#include "sync/rules/cart.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "sync/planted.hpp"
#include "sync/rules/cart_parts.hpp"

namespace vitrine::sync::rules {

namespace {

Verdict<Cart> refuse(const char* reason) { return std::unexpected(Refusal{reason}); }

// CONFLICT: a line or a cart is added to at several places at once, and together they are more than a cart may hold.
// RESOLUTION: in the order in which the hub applies them, each add gets what still fits; one that gets nothing is refused
// whole and its people are told. Nothing that was in the cart before is touched.
Verdict<Cart> apply_one(const std::optional<Cart>& cart, const CartAdd& add, const CartContext& context) {
  if (add.units < 1) return refuse("quantity_invalid");
  Cart after = cart ? *cart : new_cart(context, add.channel);
  if (!cart) {
    after.store = add.store;
    after.owner = add.owner;
  }
  const DotId id{context.transaction.text + "." + std::to_string(context.operation_index)};
  // CONFLICT: an add arrives twice, or after something was taken from it that the hub did not hold yet.
  // RESOLUTION: a dot is added once, and a dead id adds nothing, so that what is taken stays taken.
  if (holds_dot(after, id) || (is_dead(after, id) && !planted(Bug::taken_comes_back))) return after;
  if (dot_count(after) >= cart_dots_max) bury_spent_dots(after, context.at);
  if (dot_count(after) >= cart_dots_max) return refuse("cart_full");

  CartLine* line = find_line(after, add.sku.text);
  const std::int64_t held = line == nullptr ? 0 : line->units();
  if (held == 0 && lines_with_units(after) >= cart_lines_max) return refuse("cart_full");
  const std::int64_t room = cart_quantity_max - held;
  if (room <= 0) return refuse("quantity_max");
  if (line == nullptr) line = &after.lines.emplace_back(CartLine{add.sku.text, add.sku, {}});
  line->dots.push_back(Dot{id, std::min(add.units, room), 0, context.minting});
  return after;
}

// CONFLICT: two people sign in with one cart, or choose a store for it.
// RESOLUTION: the first owner stays, since a cart must never show itself to another person; the last store chosen counts.
// CONFLICT: somebody signs in with a cart, or chooses its store, while its lines are added to, taken from or brought by a pass.
// RESOLUTION: owner and store are fields of their own: neither act sees the other.
Verdict<Cart> apply_one(const std::optional<Cart>& cart, const CartAssign& assign, const CartContext& context) {
  Cart after = cart ? *cart : new_cart(context, "phone");
  if (assign.owner && after.owner && *after.owner != *assign.owner) return refuse("cart_owned");
  if (assign.owner) after.owner = assign.owner;
  if (assign.store) after.store = assign.store;
  return after;
}

// Taking from a cart that is not held makes sense only where its pass may still come and make it: then the ids wait as dead.
bool may_take(const std::optional<Cart>& cart, const std::optional<PassReference>& pass, const CartContext& context) {
  return cart || (pass && !context.lineage.has_seen(pass->seen));
}

Verdict<Cart> apply_one(const std::optional<Cart>& cart, const CartDecrease& decrease, const CartContext& context) {
  if (decrease.units < 1) return refuse("quantity_invalid");
  if (!may_take(cart, decrease.pass, context)) return refuse("cart_unknown");
  Cart after = cart ? *cart : new_cart(context, "phone");
  take(after, {decrease.line, decrease.shown, decrease.units, decrease.pass}, context);
  return after;
}

Verdict<Cart> apply_one(const std::optional<Cart>& cart, const CartRemove& remove, const CartContext& context) {
  if (!may_take(cart, remove.pass, context)) return refuse("cart_unknown");
  Cart after = cart ? *cart : new_cart(context, "phone");
  take(after, {remove.line, remove.shown, std::nullopt, remove.pass}, context);
  return after;
}

Verdict<Cart> apply_one(const std::optional<Cart>& cart, const CartResume& pass, const CartContext& context) {
  // A pass of the reference form names a cart and cannot make one.
  // CONFLICT: a cart was deleted, and an older pass of it is shown.
  // RESOLUTION: the hub knows that the cart has been through what the pass says, so it stays deleted.
  if (!cart && (pass.lines.empty() || context.lineage.has_seen(pass.pass.seen))) return refuse("cart_unknown");
  Cart after = cart ? *cart : new_cart(context, "phone");
  if (cart) {
    resume(after, pass, context);
  } else {
    create_from_pass(after, pass, context);
  }
  return after;
}

Verdict<Cart> apply_one(const std::optional<Cart>& cart, const CartCoupon& coupon, const CartContext& context) {
  return mark_coupon(cart, coupon, context);
}

Verdict<Cart> apply_one(const std::optional<Cart>& cart, const CartOrder& order, const CartContext& context) {
  if (!cart) return refuse("cart_unknown");
  Cart after = *cart;
  if (!take_ordered(after, order, context)) return refuse("cart_changed");
  return planted(Bug::order_asked_without_taking) ? *cart : after;
}

}  // namespace

Verdict<Cart> apply(const std::optional<Cart>& cart, const CartOperation& operation, const CartContext& context) {
  Verdict<Cart> verdict = std::visit([&](const auto& op) { return apply_one(cart, op, context); }, operation);
  if (!verdict) return verdict;
  Cart& after = *verdict;
  if (cart && after == *cart) return verdict;
  forget_old_dead(after, context.at);
  after.changed_at = context.at;
  after.changed_by = context.actor;
  after.expires_at = std::max(after.expires_at, context.at.plus(cart_life_ms));  // one that comes late takes no time away
  return verdict;
}

}  // namespace vitrine::sync::rules
