// SPDX-License-Identifier: Apache-2.0
// Decrease and remove: what is taken from a cart, and from which dots.
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

}  // namespace vitrine::sync::rules
