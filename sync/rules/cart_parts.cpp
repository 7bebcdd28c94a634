// SPDX-License-Identifier: Apache-2.0
// Looking into a cart, and the keeping of dead ids.
#include "sync/rules/cart_parts.hpp"

#include <algorithm>

namespace vitrine::sync::rules {

Cart new_cart(const CartContext& context, std::string_view channel) {
  Cart cart;
  cart.id = context.cart;
  cart.channel = channel;
  cart.created_at = context.at;
  return cart;
}

CartLine* find_line(Cart& cart, const LineKey& key) {
  const auto found = std::ranges::find(cart.lines, key, &CartLine::key);
  return found == cart.lines.end() ? nullptr : &*found;
}

bool holds_dot(const Cart& cart, const DotId& id) {
  return std::ranges::any_of(cart.lines, [&](const CartLine& line) {
    return std::ranges::any_of(line.dots, [&](const Dot& dot) { return dot.id == id; });
  });
}

bool is_dead(const Cart& cart, const DotId& id) {
  return std::ranges::any_of(cart.dead, [&](const DeadDot& dead) { return dead.id == id; });
}

// Bounded memory before completeness: only an attacker or a broken till names thousands of ids that never were.
void add_dead(Cart& cart, const DotId& id, UtcMs at) {
  if (is_dead(cart, id)) return;
  if (cart.dead.size() >= cart_dead_max) cart.dead.erase(std::ranges::min_element(cart.dead, {}, &DeadDot::at));
  cart.dead.push_back(DeadDot{id, at});
}

void forget_old_dead(Cart& cart, UtcMs now) {
  std::erase_if(cart.dead, [&](const DeadDot& dead) { return dead.at.plus(dead_dot_life_ms) <= now; });
}

std::size_t dot_count(const Cart& cart) {
  std::size_t count = 0;
  for (const CartLine& line : cart.lines) count += line.dots.size();
  return count;
}

std::size_t lines_with_units(const Cart& cart) {
  return static_cast<std::size_t>(std::ranges::count_if(cart.lines, [](const CartLine& line) { return line.units() > 0; }));
}

void bury_spent_dots(Cart& cart, UtcMs at) {
  for (CartLine& line : cart.lines) {
    for (const Dot& dot : line.dots) {
      if (dot.left() == 0) add_dead(cart, dot.id, at);
    }
    std::erase_if(line.dots, [](const Dot& dot) { return dot.left() == 0; });
  }
  std::erase_if(cart.lines, [](const CartLine& line) { return line.dots.empty(); });
}

bool has_seen(const Cart& cart, const Version& v, const CartContext& context) {
  if (context.lineage.has_seen(v)) return true;
  if (!in_view(context)) return false;
  return std::ranges::any_of(cart.lines, [&](const CartLine& line) {
    return std::ranges::any_of(
        line.dots, [&](const Dot& d) { return d.born.era == v.era && d.born.number >= v.number && d.born.number > 0; });
  });
}

}  // namespace vitrine::sync::rules
