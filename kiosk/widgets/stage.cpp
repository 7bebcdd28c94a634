// SPDX-License-Identifier: Apache-2.0
// Targets, texts and lists: drawn, felt and told in one call.
#include "kiosk/widgets/stage.hpp"

#include <cmath>

namespace vitrine::kiosk {
namespace {

constexpr std::int64_t press_in_ms = 80;
constexpr std::int64_t press_out_ms = 120;
constexpr std::int64_t value_change_ms = 160;
constexpr float list_fade = 24;

}  // namespace

void Stage::want(const Intent& intent) { intents.push_back(intent); }

void Stage::enter(SemanticNode node, const Box& box, bool fits) {
  if (behind_) return;
  const Box seen = list_.empty() ? box : box.within(list_box_);
  node.rect = canvas.pixels(seen);
  node.visible = list_.empty() || (seen.w > 0 && seen.h > 0);
  node.cut = seen.w < box.w - 0.5F || seen.h < box.h - 0.5F;
  node.clipped = !fits;
  node.order = order_++;
  tree.nodes.push_back(std::move(node));
}

TargetState Stage::target(const TargetSpec& spec) {
  TargetState state;
  std::optional<Key> shortcut = spec.shortcut;
  if (!shortcut && spec.takes_escape) shortcut = Key::escape;
  if (!shortcut && key_of != nullptr) shortcut = key_of(spec.id);
  if (behind_) {
    if (spec.enabled && !spec.on_press && !spec.personal) commands.push_back({spec.id, spec.label, shortcut});
    return state;
  }
  const Box seen = list_.empty() ? spec.box : spec.box.within(list_box_);
  hands.offer(
      {spec.id, seen, spec.box, list_, spec.enabled, spec.takes_escape, spec.on_press, spec.main, shortcut, spec.selected});
  const auto turn = spec.enabled ? hands.turn_of(spec.id) : std::nullopt;
  state.acted = turn.has_value();
  state.turn = turn.value_or(0);
  state.focused = spec.enabled && hands.has_focus(spec.id);
  const bool down = spec.enabled && hands.is_down(spec.id);
  state.press = motions.ramp("press." + spec.id, down, press_in_ms, press_out_ms);
  if (state.focused) canvas.ring_around(spec.box, theme.bg, theme.focus, spec.radius);
  SemanticNode node;
  node.id = spec.id;
  node.role = Role::button;
  node.label = spec.label;
  node.value = spec.value;
  node.spoken = spec.spoken;
  node.personal = spec.personal;
  node.interactive = true;
  node.enabled = spec.enabled;
  node.focused = state.focused;
  node.pressed = down;
  node.selected = spec.selected;
  node.key = shortcut;
  enter(std::move(node), spec.box, spec.fits);
  return state;
}

float Stage::write(const Box& box, std::string_view text, const Writing& writing) {
  const float line = canvas.line(writing.type);
  const auto lines = canvas.wrap(writing.type, text, box.w);
  bool fits = static_cast<int>(lines.size()) <= writing.lines_max;
  float y = box.y;
  float widest = 0;
  for (const std::string_view each : lines) {
    const float width = canvas.width_of(writing.type, each);
    widest = std::max(widest, width);
    const float x = writing.align == Align::left ? box.x : writing.align == Align::right ? box.right() : box.x + box.w / 2;
    canvas.text(writing.type, {x, y}, writing.colour, each, writing.align);
    y += line;
  }
  fits = fits && widest <= box.w + 0.5F;
  SemanticNode node;
  node.id = writing.id;
  node.role = writing.role;
  node.label = std::string(text);
  node.spoken = writing.spoken;
  node.personal = writing.personal;
  const float x = writing.align == Align::left    ? box.x
                  : writing.align == Align::right ? box.right() - widest
                                                  : box.x + (box.w - widest) / 2;
  enter(std::move(node), {x, box.y, widest, y - box.y}, fits);
  return y - box.y;
}

void Stage::write_centred(const Box& box, std::string_view text, const Writing& writing) {
  const float line = canvas.line(writing.type);
  write({box.x, box.y + (box.h - line) / 2, box.w, line}, text, writing);
}

void Stage::write_changing(const std::string& name, const Box& box, const std::string& text, const Writing& writing) {
  const Motions::Change change = motions.changed("text." + name, text, value_change_ms);
  if (change.share >= 1) {
    write_centred(box, text, writing);
    return;
  }
  const int before = canvas.mark();
  const float line = canvas.line(writing.type);
  const float x = writing.align == Align::left ? box.x : writing.align == Align::right ? box.right() : box.x + box.w / 2;
  canvas.text(writing.type, {x, box.y + (box.h - line) / 2}, writing.colour, change.before, writing.align);
  canvas.fade_since(before, 1 - change.share);
  const int after = canvas.mark();
  write_centred(box, text, writing);
  canvas.fade_since(after, change.share);
}

Type Stage::fitting(std::initializer_list<Type> types, std::string_view text, float width) const {
  for (const Type type : types) {
    if (canvas.width_of(type, text) <= width) return type;
  }
  return *(types.end() - 1);
}

float Stage::height_of(std::string_view text, Type type, float width) const {
  return static_cast<float>(canvas.wrap(type, text, width).size()) * canvas.line(type);
}

void Stage::describe(Role role, const Box& box, std::string id, std::string label, std::string value) {
  SemanticNode node;
  node.id = std::move(id);
  node.role = role;
  node.label = std::move(label);
  node.value = std::move(value);
  enter(std::move(node), box);
}

float Stage::begin_list(const std::string& id, const Box& box) {
  list_ = id;
  list_box_ = box;
  canvas.push_clip(box);
  return canvas.whole_pixels(hands.scroll_of(id));
}

void Stage::end_list(float content_height) {
  canvas.pop_clip();
  if (!behind_) {
    hands.offer_list({list_, list_box_, content_height});
    const PixelRect box = canvas.pixels(list_box_);
    if (!scrolled || scrolled->box.width * scrolled->box.height < box.width * box.height) {
      scrolled = {list_, box, static_cast<int>(std::lround(hands.scroll_of(list_) * canvas.scale()))};
    }
  }
  const float at = hands.scroll_of(list_);
  const float left = content_height - list_box_.h - at;
  // A soft edge says that there is more.
  const auto edge = [&](float share, const Box& box, bool at_top) {
    if (share <= 0) return;
    const Colour solid = theme.bg.faded(std::min(1.0F, share / list_fade));
    const Colour clear = theme.bg.faded(0);
    canvas.fill_fade(box, at_top ? solid : clear, at_top ? clear : solid);
  };
  edge(at, {list_box_.x, list_box_.y, list_box_.w, list_fade}, true);
  edge(left, {list_box_.x, list_box_.bottom() - list_fade, list_box_.w, list_fade}, false);
  list_.clear();
}

}  // namespace vitrine::kiosk
