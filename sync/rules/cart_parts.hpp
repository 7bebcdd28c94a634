// SPDX-License-Identifier: Apache-2.0
// The parts that the rules of a cart are made of. Only sync/rules/cart*.cpp and their tests include this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/model/cart.hpp"
#include "sync/rules/cart.hpp"

namespace vitrine::sync::rules {

// cart.decrease and cart.remove are one thing: so many units, or all, of the dots named.
struct Taking {
  const LineKey& line;
  const std::vector<DotId>& shown;
  std::optional<std::int64_t> units;  // none: all
  const std::optional<PassReference>& pass;
};
void take(Cart& cart, const Taking& taking, const CartContext& context);

// cart.order. False: not all of it is left, and the cart is of no use any more.
bool take_ordered(Cart& cart, const CartOrder& order, const CartContext& context);

// A cart that nobody held before, from the lines of a pass.
void create_from_pass(Cart& cart, const CartResume& pass, const CartContext& context);
// A pass to a cart that is held already.
void resume(Cart& cart, const CartResume& pass, const CartContext& context);

// Puts a coupon on or takes it off. Reasons: "cart_unknown", "coupons_max", "coupon_invalid".
Verdict<Cart> mark_coupon(const std::optional<Cart>& cart, const CartCoupon& coupon, const CartContext& context);

Cart new_cart(const CartContext& context, std::string_view channel);
CartLine* find_line(Cart& cart, const LineKey& key);
bool holds_dot(const Cart& cart, const DotId& id);
bool is_dead(const Cart& cart, const DotId& id);
void add_dead(Cart& cart, const DotId& id, UtcMs at);
void forget_old_dead(Cart& cart, UtcMs now);
std::size_t dot_count(const Cart& cart);
std::size_t lines_with_units(const Cart& cart);

// Dots of which nothing is left become dead ids, and lines without dots go. Safe at any time: to every rule, a dot that is
// wholly taken and a dead id are the same thing (neither can be added again, nothing can be taken from either).
void bury_spent_dots(Cart& cart, UtcMs at);

// A store's view: replayed over a base, thrown away when a newer base comes.
inline bool in_view(const CartContext& context) { return context.minting.number == 0; }

inline DotId pass_dot(const PassId& pass, std::size_t line) { return DotId{pass.text + "." + std::to_string(line)}; }
inline bool is_dot_of(const DotId& dot, const PassId& pass) { return dot.text.starts_with(pass.text + "."); }

// Whether what the pass says is part of the cart already: the hub's cart has been through that version, or the view was
// built from a pass that is at least as new.
bool has_seen(const Cart& cart, const Version& v, const CartContext& context);

}  // namespace vitrine::sync::rules
