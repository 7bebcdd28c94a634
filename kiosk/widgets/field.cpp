// SPDX-License-Identifier: Apache-2.0
// The field; see field.hpp.
#include "kiosk/widgets/field.hpp"

#include <algorithm>

namespace vitrine::kiosk {
namespace {

constexpr float clear_side = 76;
constexpr float left_room = 40 + 36 + 24;

// The end of what was typed: a person looks where they type.
std::string_view tail(const Stage& stage, std::string_view typed, float room) {
  while (!typed.empty() && stage.canvas.width_of(Type::button, typed) > room) {
    typed.remove_prefix(1);
    while (!typed.empty() && (static_cast<unsigned char>(typed.front()) & 0xC0U) == 0x80) typed.remove_prefix(1);
  }
  return typed;
}

}  // namespace

FieldWish field(Stage& stage, const Box& box, const FieldSpec& spec) {
  const Theme& theme = stage.theme;
  const float radius = box.h / 2;
  const bool clears = !spec.typed.empty() && spec.touchable;
  FieldWish wish = FieldWish::none;
  float press = 0;
  if (spec.active || !spec.touchable) {
    stage.describe(Role::field, box, spec.id, spec.label, spec.typed);
  } else {
    const Box touch{box.x, box.y, box.w - (clears ? clear_side + 30 : 0), box.h};
    TargetSpec target{.id = spec.id, .box = touch, .label = spec.label, .radius = radius};
    target.value = spec.typed;
    const TargetState state = stage.target(target);
    press = state.press;
    if (state.acted) wish = FieldWish::activate;
  }
  stage.canvas.fill(box, mix(theme.surface, theme.primary_tint, static_cast<double>(press)), radius);
  stage.canvas.outline(box, spec.active ? theme.primary : theme.line_strong, spec.active ? 5 : 2, radius);
  stage.canvas.icon(spec.icon, 42, {box.x + 40 + 18, box.centre().y}, theme.primary);
  const float left = box.x + left_room;
  const float room = box.right() - left - (clears ? clear_side + 24 : 40);
  const float line = stage.line(Type::button);
  const float y = box.centre().y - line / 2;
  float end = left;
  if (spec.typed.empty()) {
    const Type type = stage.fitting({Type::body_l, Type::body, Type::small, Type::caption}, spec.hint, room - 12);
    stage.canvas.text(type, {left + 12, box.centre().y - stage.line(type) / 2}, theme.ink_3, spec.hint);
  } else {
    const std::string_view seen = tail(stage, spec.typed, room - 12);
    stage.canvas.text(Type::button, {left, y}, theme.ink, seen);
    end = left + stage.canvas.width_of(Type::button, seen);
  }
  if (spec.active) stage.canvas.fill({end + 4, box.centre().y - 24, 4, 48}, theme.primary, 2);
  if (clears) {
    const Box at{box.right() - clear_side - 12, box.centre().y - clear_side / 2, clear_side, clear_side};
    const TargetState state = stage.target({.id = spec.id + ".clear", .box = at, .label = spec.clear, .radius = clear_side / 2});
    stage.canvas.disc(at.centre(), clear_side / 2,
                      stage.outlined() ? theme.line_strong : mix(theme.sunken, theme.line, static_cast<double>(state.press)));
    if (stage.outlined()) stage.canvas.disc(at.centre(), clear_side / 2 - 3, theme.surface);
    stage.canvas.icon(Icon::close, 44, at.centre(), theme.ink);
    if (state.acted) wish = FieldWish::clear;
  }
  return wish;
}

}  // namespace vitrine::kiosk
