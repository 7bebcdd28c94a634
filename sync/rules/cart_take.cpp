// SPDX-License-Identifier: Apache-2.0
// Decrease, remove and order: what is taken from a cart, and from which dots.
#include <algorithm>

#include "sync/planted.hpp"
#include "sync/rules/cart_parts.hpp"

namespace vitrine::sync::rules {

namespace {

// Marks an id that the cart does not hold: should it arrive later, it adds nothing.
// CONFLICT: a taking reaches the hub before the add that it takes from (only after a restore, or by an import).
// RESOLUTION: the id is dead, wholly, however few units were taken: what a person removed never comes back.
void bury_unknown(Cart& cart, const Taking& taking, const CartContext& context) {
  for (const DotId& id : taking.shown) {
    if (holds_dot(cart, id)) continue;
    const bool of_seen_pass = taking.pass && is_dot_of(id, taking.pass->pass) && has_seen(cart, taking.pass->seen, context);
    if (!of_seen_pass) add_dead(cart, id, context.at);
  }
}

}  // namespace

// CONFLICT: a line is decreased or removed here while it is added to, decreased or removed elsewhere.
// RESOLUTION: a taking takes only from the dots that its person saw, oldest first, and never more than is left of them. So an
// add that they did not see survives, and two people who each take one of three leave one.
// CONFLICT: two people remove the same line, or one removes what the other decreases.
// RESOLUTION: nothing is left of what the remover saw, and once is as good as twice.
// CONFLICT: a line is taken from by someone who knows it from a pass only, and the hub knows it by its real dots.
// RESOLUTION: a pass's dot stands for itself and for every dot that the line had at the pass's version, never for later ones.
void take(Cart& cart, const Taking& taking, const CartContext& context) {
  bury_unknown(cart, taking, context);
  CartLine* line = find_line(cart, taking.line);
  if (line == nullptr) return;
  const bool by_pass =
      taking.pass && std::ranges::any_of(taking.shown, [&](const DotId& id) { return is_dot_of(id, taking.pass->pass); });
  std::int64_t wanted = taking.units.value_or(line->units());
  for (Dot& dot : line->dots) {
    const bool in_pass = by_pass && dot.born.number > 0 && dot.born <= taking.pass->seen;
    if (!in_pass && std::ranges::find(taking.shown, dot.id) == taking.shown.end() && !planted(Bug::taking_takes_unseen)) continue;
    const std::int64_t units = std::min(dot.left(), wanted);
    dot.taken += units;
    if (in_view(context)) dot.taken_here += units;
    wanted -= units;
  }
}

// CONFLICT: what a person orders is taken from the cart meanwhile: removed, decreased, or ordered at another kiosk or on a phone.
// RESOLUTION: an order has all that its screen showed or is not made: each dot that it names must have so many units left, else
// it is refused whole (cart_changed) and its people are told. So no unit is ordered twice. What others take later, they take from
// the rest. CONFLICT: something is added while its line is ordered. RESOLUTION: the added dot was not shown and stays in the
// cart. CONFLICT: somebody orders a line that they know from a pass only. RESOLUTION: as with taking: the pass's dot stands for
// what the line had at the pass's version, oldest first; shown again, a pass that was ordered from brings nothing back.
bool take_ordered(Cart& cart, const CartOrder& order, const CartContext& context) {
  // Those that the cart has by their names first: what a pass stands for is found among the rest.
  for (const bool by_pass : {false, true}) {
    for (const OrderedUnits& wanted : order.units) {
      if (by_pass != (order.pass && is_dot_of(wanted.dot, order.pass->pass))) continue;
      CartLine* line = find_line(cart, wanted.line);
      if (line == nullptr) return false;
      std::int64_t left = wanted.units;
      for (Dot& dot : line->dots) {
        const bool in_pass = by_pass && dot.born.number > 0 && dot.born <= order.pass->seen;
        if (!in_pass && dot.id != wanted.dot) continue;
        const std::int64_t units = std::min(dot.left(), left);
        dot.taken += units;
        if (in_view(context)) dot.taken_here += units;
        left -= units;
      }
      if (left > 0) return false;
      if (by_pass && !holds_dot(cart, wanted.dot) && !has_seen(cart, order.pass->seen, context))
        add_dead(cart, wanted.dot, context.at);
    }
  }
  return true;
}

}  // namespace vitrine::sync::rules
