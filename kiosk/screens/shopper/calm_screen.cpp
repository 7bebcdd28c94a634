// SPDX-License-Identifier: Apache-2.0
// See calm_screen.hpp.
#include "kiosk/screens/shopper/calm_screen.hpp"

#include <algorithm>
#include <cmath>

#include "kiosk/screens/shopper/surroundings.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float buttons_gap = 24;

struct Buttons {
  ButtonSpec other, main;
  float left = 0;  // width of the first
  float height = 108;
};

Buttons buttons_for(Stage& stage, const CalmSpec& spec, float width) {
  Buttons made{{}, {.id = spec.main.id, .label = spec.main.label, .icon = spec.main.icon, .main = true}};
  if (!spec.other) {
    made.height = button_height(stage, width, made.main);
    return made;
  }
  made.other = {.id = spec.other->id, .label = spec.other->label, .kind = ButtonKind::secondary, .icon = spec.other->icon};
  made.left = std::round((width - buttons_gap) / 2.2F);
  made.height =
      std::max(button_height(stage, made.left, made.other), button_height(stage, width - made.left - buttons_gap, made.main));
  return made;
}

void draw_buttons(Stage& stage, const Box& row, const CalmSpec& spec, const Buttons& buttons) {
  Box main = row;
  if (spec.other) {
    if (button(stage, {row.x, row.y, buttons.left, row.h}, buttons.other)) stage.want(spec.other->intent);
    main.x += buttons.left + buttons_gap;
    main.w -= buttons.left + buttons_gap;
  }
  if (button(stage, main, buttons.main)) stage.want(spec.main.intent);
}

Colour colour_of(const Theme& theme, CalmTint tint) {
  switch (tint) {
    case CalmTint::warn:
      return theme.warn;
    case CalmTint::info:
      return theme.info;
    case CalmTint::ok:
      return theme.ok;
    case CalmTint::quiet:
      break;
  }
  return theme.ink_2;
}

}  // namespace

void draw_calm_screen(Stage& stage, const Model& model, const CalmSpec& spec) {
  Surroundings frame(stage, model, {.back = spec.back});
  const Box above = frame.above;
  const Theme& theme = stage.theme;
  const Colour colour = colour_of(theme, spec.tint);

  const bool wide = stage.wide();
  const float column = std::round(above.w * (stage.large() ? 0.3F : 0.38F));
  Box text{margin, 0, above.w - 2 * margin, 0};
  if (wide) text = {column, 0, above.w - margin - column, 0};
  const float inset = wide ? 0 : 40;
  const Buttons buttons = buttons_for(stage, spec, text.w);
  float needed =
      stage.height_of(spec.title, Type::h1, text.w) + 18 + stage.height_of(spec.line, Type::body_l, text.w - 2 * inset) + 56;
  for (const StepSpec& each : spec.steps) needed += step_height(stage, text.w, each) + 24;

  // Large text on a low screen begins beside the wordmark and stands closer.
  const bool beside = wide && stage.large();
  const float title_room = beside ? frame.top.right() - text.x : text.w;
  float y = beside ? 24 : top_height + 16;
  if (wide) {
    niche(stage, {column / 2 + margin / 2, (above.h + top_height) / 2 - 240}, stage.large() ? 0.9F : 1.1F, spec.tile, spec.icon,
          colour);
  } else {
    // The niche gives way to the words.
    const float free = above.h - top_height - 70 - needed - buttons.height - 80;
    const float scale = std::min(1.0F, (free - 56) / 400);
    if (scale > 0.5F) {
      y = top_height + 70 * scale;
      niche(stage, {above.w / 2, y}, scale, spec.tile, spec.icon, colour);
      y += 400 * scale + 56;
    }
  }
  const Align align = wide ? Align::left : Align::centre;
  y += stage.write(
           {text.x, y, title_room, 0}, spec.title,
           {.role = Role::heading, .type = Type::h1, .colour = theme.ink, .align = align, .lines_max = 3, .id = spec.title_id}) +
       18;
  y += stage.write({text.x + inset, y, text.w - 2 * inset, 0}, spec.line,
                   {.type = Type::body_l, .colour = theme.ink_2, .align = align, .lines_max = 6}) +
       (beside ? 18
        : wide ? 30
               : 56);
  for (const StepSpec& each : spec.steps) {
    const Box box{text.x, y, text.w, step_height(stage, text.w, each)};
    card(stage, box);
    step(stage, box, each);
    y += box.h + (beside ? 12 : wide ? 18 : 24);
  }
  draw_buttons(stage, {text.x, above.h - (wide ? 24 : 40) - buttons.height, text.w, buttons.height}, spec, buttons);
  frame.end();
  stage.tree.announcement = spec.title + ". " + spec.line;
}

}  // namespace vitrine::kiosk::shopper
