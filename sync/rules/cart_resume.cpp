// SPDX-License-Identifier: Apache-2.0
// Resume: a person showed a pass of their cart. The pass carries the cart's lines as they were at a version.
#include <algorithm>
#include <set>

#include "sync/planted.hpp"
#include "sync/rules/cart_parts.hpp"

namespace vitrine::sync::rules {

namespace {

// Under the hub a pass's dot is recorded now; in a view it was recorded, at the latest, at the version that the pass carries.
Version born_of(const CartResume& pass, const CartContext& context) {
  return in_view(context) ? pass.pass.seen : context.minting;
}

bool room_for_line(const Cart& cart, const CartLine* line) {
  if (dot_count(cart) >= cart_dots_max) return false;
  return (line != nullptr && line->units() > 0) || lines_with_units(cart) < cart_lines_max;
}

void add_pass_dot(Cart& cart, const PassLine& from, const DotId& id, std::int64_t units, const Version& born, UtcMs at) {
  if (dot_count(cart) >= cart_dots_max) bury_spent_dots(cart, at);
  CartLine* line = find_line(cart, from.sku.text);
  if (!room_for_line(cart, line)) return;
  if (line == nullptr) line = &cart.lines.emplace_back(CartLine{from.sku.text, from.sku, {}});
  line->dots.push_back(Dot{id, units, 0, born});
}

std::int64_t recorded_left(const CartLine& line) {
  std::int64_t units = 0;
  for (const Dot& dot : line.dots) units += dot.born.number == 0 ? 0 : dot.left();
  return units;
}

// Takes units that the newer pass no longer has, oldest dots first. Not counted in taken_here: the hub knows of it.
void take_recorded(CartLine& line, std::int64_t units) {
  for (Dot& dot : line.dots) {
    if (dot.born.number == 0) continue;
    const std::int64_t taken = std::clamp<std::int64_t>(units, 0, dot.left());
    dot.taken += taken;
    units -= taken;
  }
}

// What the hub has recorded of a line; without what only this store's people added.
std::int64_t recorded_units(const CartLine& line) {
  std::int64_t sum = 0;
  for (const Dot& dot : line.dots) sum += dot.born.number == 0 ? 0 : dot.left();
  return sum;
}

// Brings one line to the pass's quantity, upwards always, downwards when `newer`.
void bring_line(Cart& cart, const PassLine& from, const DotId& id, bool newer, const CartResume& pass,
                const CartContext& context) {
  if (holds_dot(cart, id) || is_dead(cart, id)) return;  // this pass was resumed before
  CartLine* line = find_line(cart, from.sku.text);
  std::int64_t target = std::clamp<std::int64_t>(from.units, 0, cart_quantity_max);
  if (newer && line != nullptr) {
    for (const Dot& dot : line->dots) target -= dot.born.number == 0 ? 0 : dot.taken_here;
    target = std::max<std::int64_t>(target, 0);
  }
  const std::int64_t held = line == nullptr ? 0 : newer ? recorded_units(*line) : line->units();
  if (held < target) {
    add_pass_dot(cart, from, id, target - held, born_of(pass, context), context.at);
    return;
  }
  if (newer && line != nullptr) take_recorded(*line, recorded_left(*line) - target);
  // So that the same pass, shown again after people took from the line, does not bring it back up.
  add_dead(cart, id, context.at);
}

}  // namespace

void create_from_pass(Cart& cart, const CartResume& pass, const CartContext& context) {
  for (std::size_t i = 0; i < pass.lines.size(); ++i) {
    if (pass.lines[i].units < 1 || find_line(cart, pass.lines[i].sku.text) != nullptr) continue;
    const std::int64_t units = std::min(pass.lines[i].units, cart_quantity_max);
    add_pass_dot(cart, pass.lines[i], pass_dot(pass.pass.pass, i), units, born_of(pass, context), context.at);
  }
}

// CONFLICT: the cart that a pass carries and the cart that is held here differ.
// RESOLUTION: the cart has been through the pass's version → the pass says nothing new, and no quantity changes. It has not,
// and the hub that says so was restored → nobody can know what happened in the lost part, so each line becomes the larger of
// the two, and people are shown it.
// CONFLICT: something is added while a restored hub is shown a pass that it has not seen.
// RESOLUTION: what was added before the pass may be in the pass, so the larger of the two counts; what is added after it is on
// top. CONFLICT: two passes of the lost part are shown, or one of them twice. RESOLUTION: each line becomes the largest, and a
// pass counts once, since its dots bear its name. CONFLICT: the store's link is down, its base of the cart is old, and the
// shopper's phone shows a newer pass. RESOLUTION: only in the store's view, until the hub's base arrives: the pass is the newer
// state of the same cart, so lines go down to it as well, except for what this store's own people added (it stays) and took (it
// stays taken).
void resume(Cart& cart, const CartResume& pass, const CartContext& context) {
  const Version& v = pass.pass.seen;
  if (pass.lines.empty() || (has_seen(cart, v, context) && !planted(Bug::pass_counts_again))) return;
  const bool newer = in_view(context) && v > context.lineage.now;
  std::set<LineKey> in_pass;
  for (std::size_t i = 0; i < pass.lines.size(); ++i) {
    if (!in_pass.insert(pass.lines[i].sku.text).second) continue;
    bring_line(cart, pass.lines[i], pass_dot(pass.pass.pass, i), newer, pass, context);
  }
  if (!newer) return;
  for (CartLine& line : cart.lines) {
    if (!in_pass.contains(line.key)) take_recorded(line, line.units());
  }
}

}  // namespace vitrine::sync::rules
