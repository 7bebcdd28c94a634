// SPDX-License-Identifier: Apache-2.0
// Buttons, cards, tiles, chips and codes.
#include "kiosk/widgets/parts.hpp"

#include <algorithm>
#include <cmath>

namespace vitrine::kiosk {
namespace {

constexpr float pressed_scale = 0.98F;

struct ButtonLook {
  Colour fill, text, edge;
};

ButtonLook look_of(const Theme& theme, ButtonKind kind, bool enabled, float press) {
  if (!enabled) return {theme.sunken, theme.ink_3, Colour{0, 0, 0, 0}};
  const auto between = [&](Colour rest, Colour pressed) { return mix(rest, pressed, static_cast<double>(press)); };
  switch (kind) {
    case ButtonKind::primary:
      return {between(theme.primary, theme.primary_press), theme.on_dark, Colour{0, 0, 0, 0}};
    case ButtonKind::secondary:
      return {between(theme.surface, theme.primary_tint), theme.primary, theme.primary};
    case ButtonKind::tertiary:
      return {between(theme.sunken, theme.line), theme.ink, Colour{0, 0, 0, 0}};
  }
  return {};
}

Type label_type(const ButtonSpec& spec) { return spec.small ? Type::small_strong : Type::button; }
float icon_size(const ButtonSpec& spec) { return spec.small ? 34 : 42; }
float icon_gap(const ButtonSpec& spec) { return spec.small ? 12 : 18; }

float content_width(const Stage& stage, const ButtonSpec& spec) {
  const float text = stage.canvas.width_of(label_type(spec), spec.label);
  return spec.icon == Icon::none ? text : text + icon_size(spec) + icon_gap(spec);
}

}  // namespace

float button_width(const Stage& stage, const ButtonSpec& spec) { return content_width(stage, spec) + (spec.small ? 56 : 72); }

bool button(Stage& stage, const Box& box, const ButtonSpec& spec) {
  const float radius = (spec.small ? 22.0F : 28.0F) * stage.theme.corner_scale;
  TargetSpec target{.id = spec.id, .box = box, .label = spec.label, .radius = radius};
  target.enabled = spec.enabled;
  target.takes_escape = spec.takes_escape;
  target.main = spec.main;
  target.fits = content_width(stage, spec) <= box.w - 40;
  const TargetState state = stage.target(target);
  const ButtonLook look = look_of(stage.theme, spec.kind, spec.enabled, state.press);
  // The plate shrinks when pressed; letters keep their size.
  const Box plate = box.scaled(1 - (1 - pressed_scale) * state.press);
  stage.canvas.fill(plate, look.fill, radius);
  if (look.edge.a > 0) stage.canvas.outline(plate, look.edge, 3, radius);
  float x = box.x + (box.w - content_width(stage, spec)) / 2;
  if (spec.icon != Icon::none) {
    stage.canvas.icon(spec.icon, icon_size(spec), {x + icon_size(spec) / 2, box.y + box.h / 2}, look.text);
    x += icon_size(spec) + icon_gap(spec);
  }
  const Type type = label_type(spec);
  stage.canvas.text(type, {x, box.y + (box.h - style_of(type).line) / 2}, look.text, spec.label);
  return state.acted;
}

bool round_button(Stage& stage, Point at, const std::string& id, const std::string& label, Icon icon, bool takes_escape) {
  const Box box{at.x, at.y, 88, 88};
  TargetSpec target{.id = id, .box = box, .label = label, .radius = 44};
  target.takes_escape = takes_escape;
  const TargetState state = stage.target(target);
  const float radius = 44 * (1 - (1 - pressed_scale) * state.press);
  stage.canvas.disc(box.centre(), radius, stage.theme.line);
  stage.canvas.disc(box.centre(), radius - 2,
                    mix(stage.theme.surface, stage.theme.primary_tint, static_cast<double>(state.press)));
  stage.canvas.icon(icon, 44, box.centre(), stage.theme.ink);
  return state.acted;
}

bool main_action(Stage& stage, const Box& box, const std::string& id, Icon icon, std::string_view title, std::string_view line) {
  const Theme& theme = stage.theme;
  const float radius = 40 * theme.corner_scale;
  TargetSpec target{.id = id, .box = box, .label = std::string(title), .radius = radius};
  target.main = true;
  const TargetState state = stage.target(target);
  const Box plate = box.scaled(1 - (1 - pressed_scale) * state.press);
  stage.canvas.shadow(plate, Shadow::e2_action, theme.ink);
  stage.canvas.fill(plate, mix(theme.primary, theme.primary_press, static_cast<double>(state.press)), radius);
  const Box arch{box.x + 40, box.y + (box.h - 140) / 2, 140, 140};
  stage.canvas.arch(arch, theme.on_dark.faded(0.16F), 28);
  stage.canvas.icon(icon, 76, arch.centre(), theme.on_dark);
  const float left = arch.right() + 36;
  const float width = box.right() - 44 - 50 - 24 - left;
  const float height = 54 + 6 + 40;
  const float top = box.y + (box.h - height) / 2;
  stage.write({left, top, width, 54}, title, {.type = Type::h2, .colour = theme.on_dark});
  stage.write({left, top + 60, width, 40}, line, {.type = Type::body, .colour = theme.on_primary_2});
  stage.canvas.icon(Icon::arrow_forward, 50, {box.right() - 44 - 26, box.y + box.h / 2}, theme.on_dark);
  return state.acted;
}

StepperWish stepper(Stage& stage, Point at, const StepperSpec& spec) {
  const Theme& theme = stage.theme;
  const Box box{at.x, at.y, stepper_width, stepper_height};
  stage.canvas.fill(box, theme.sunken, box.h / 2);
  const auto end = [&](const Box& place, const std::string& id, const std::string& label, Icon icon, bool enabled) {
    TargetSpec target{.id = id, .box = place, .label = label, .radius = place.h / 2};
    target.enabled = enabled;
    const TargetState state = stage.target(target);
    const float radius = place.h / 2 * (1 - (1 - pressed_scale) * state.press);
    stage.canvas.disc(place.centre(), radius, enabled ? theme.line_strong : theme.line);
    stage.canvas.disc(place.centre(), radius - 2, mix(theme.surface, theme.primary_tint, static_cast<double>(state.press)));
    stage.canvas.icon(icon, 38, place.centre(), enabled ? theme.primary : theme.quiet_mark);
    return state.acted;
  };
  const Box low{box.x, box.y, box.h, box.h};
  const Box high{box.right() - box.h, box.y, box.h, box.h};
  const bool last = spec.units <= 1;
  StepperWish wish = StepperWish::none;
  if (end(low, spec.id + (last ? ".remove" : ".fewer"), last ? spec.remove : spec.fewer,
          last ? Icon::delete_outline : Icon::remove, true)) {
    wish = last ? StepperWish::remove : StepperWish::fewer;
  }
  stage.write_changing(
      spec.id + ".count", {low.right(), box.y, high.x - low.right(), box.h}, spec.count,
      {.role = Role::status, .type = Type::button, .colour = theme.ink, .align = Align::centre, .id = spec.id + ".count"});
  if (end(high, spec.id + ".more", spec.more, Icon::add, !spec.at_limit)) wish = StepperWish::more;
  return wish;
}

void card(Stage& stage, const Box& box, float radius, Shadow shadow) {
  stage.canvas.shadow(box, shadow, stage.theme.ink);
  stage.canvas.fill(box, stage.theme.surface, radius * stage.theme.corner_scale);
}

void product_tile(Stage& stage, const Box& box, const std::string& pictogram, std::string_view tile) {
  stage.canvas.fill(box, stage.theme.tile(tile), box.w * 0.2F * stage.theme.corner_scale);
  // Noto's bitmap is as wide as 1.17 of the em that the mock-ups give it.
  const float side = box.w * 0.66F;
  stage.canvas.pictogram(pictogram, {box.x + (box.w - side) / 2, box.y + (box.h - side) / 2, side, side});
}

void niche(Stage& stage, Point top_middle, float scale, std::size_t tile, Icon icon, Colour colour) {
  const float inset = 22 * scale;
  const Box outer{top_middle.x - 180 * scale, top_middle.y, 360 * scale, 400 * scale};
  stage.canvas.arch(outer, stage.theme.frames[tile], 44 * scale);
  stage.canvas.arch(outer.inset(inset), stage.theme.tiles[tile], 26 * scale);
  stage.canvas.icon(icon, 168, outer.centre(), colour);
}

namespace {

struct BannerLook {
  Colour tint, colour;
};

BannerLook look_of(const Theme& theme, BannerKind kind) {
  switch (kind) {
    case BannerKind::info:
      return {theme.info_tint, theme.info};
    case BannerKind::ok:
      return {theme.ok_tint, theme.ok};
    case BannerKind::warn:
      return {theme.warn_tint, theme.warn};
  }
  return {};
}

constexpr float banner_left = 30 + 76 + 24;

}  // namespace

float banner_height(const Stage& stage, float width, const BannerSpec& spec) {
  const float room = width - banner_left - 30;
  return std::max(128.0F,
                  26 + stage.height_of(spec.title, Type::name, room) + 4 + stage.height_of(spec.line, Type::small, room) + 26);
}

void banner(Stage& stage, const Box& box, const BannerSpec& spec) {
  const BannerLook look = look_of(stage.theme, spec.kind);
  stage.canvas.fill(box, look.tint, 28 * stage.theme.corner_scale);
  stage.canvas.disc({box.x + 30 + 38, box.y + 26 + 38}, 38, stage.theme.surface);
  stage.canvas.icon(spec.icon, 42, {box.x + 30 + 38, box.y + 26 + 38}, look.colour);
  const float room = box.w - banner_left - 30;
  const float text = stage.height_of(spec.title, Type::name, room) + 4 + stage.height_of(spec.line, Type::small, room);
  float y = box.y + std::max(26.0F, (box.h - text) / 2);
  y += stage.write({box.x + banner_left, y, room, 74}, spec.title,
                   {.role = Role::status, .type = Type::name, .colour = look.colour, .lines_max = 2, .id = spec.id}) +
       4;
  stage.write({box.x + banner_left, y, room, 72}, spec.line, {.type = Type::small, .colour = stage.theme.ink, .lines_max = 3});
}

float chip(Stage& stage, Point at, Icon icon, std::string_view text, Colour colour, Colour tint) {
  const float words = stage.canvas.width_of(Type::caption_strong, text);
  const Box box{at.x, at.y, 20 + 28 + 10 + words + 20, 48};
  stage.canvas.fill(box, tint, 24);
  stage.canvas.icon(icon, 28, {box.x + 20 + 14, box.y + 24}, colour);
  stage.write_centred({box.x + 58, box.y, words + 1, 48}, text,
                      {.role = Role::status, .type = Type::caption_strong, .colour = colour});
  return box.w;
}

namespace {
constexpr float step_left = 38 + 92 + 30;
}

float step_height(const Stage& stage, float width, const StepSpec& spec) {
  const float room = width - step_left - 38;
  const float text = stage.height_of(spec.title, Type::button, room) +
                     (spec.line.empty() ? 0 : 2 + stage.height_of(spec.line, Type::body, room));
  return std::max(92.0F, text) + 68;
}

void step(Stage& stage, const Box& box, const StepSpec& spec) {
  const Theme& theme = stage.theme;
  const Point middle{box.x + 38 + 46, box.y + box.h / 2};
  stage.canvas.disc(middle, 46, theme.primary_tint);
  if (spec.number.empty()) {
    stage.canvas.icon(spec.icon, 50, middle, theme.primary);
  } else {
    stage.canvas.text(Type::h3, {middle.x, middle.y - 22}, theme.primary, spec.number, Align::centre);
  }
  const float room = box.w - step_left - 38;
  const float text = stage.height_of(spec.title, Type::button, room) +
                     (spec.line.empty() ? 0 : 2 + stage.height_of(spec.line, Type::body, room));
  float y = box.y + (box.h - text) / 2;
  y += stage.write({box.x + step_left, y, room, 80}, spec.title, {.type = Type::button, .colour = theme.ink, .lines_max = 2}) + 2;
  if (!spec.line.empty())
    stage.write({box.x + step_left, y, room, 120}, spec.line, {.type = Type::body, .colour = theme.ink_2, .lines_max = 3});
}

bool toast(Stage& stage, const Box& box, const std::string& id, Icon icon, std::string_view text, const std::string& action) {
  const Theme& theme = stage.theme;
  const float radius = 28 * theme.corner_scale;
  stage.canvas.shadow(box, Shadow::e3_toast, theme.ink);
  stage.canvas.fill(box, theme.ink, radius);
  stage.canvas.icon(icon, 42, {box.x + 32 + 21, box.y + box.h / 2}, theme.mint);
  const float width = std::max(160.0F, stage.canvas.width_of(Type::small_strong, action) + 64);
  const Box press{box.right() - 14 - width, box.y + 14, width, box.h - 28};
  const TargetState state = stage.target({.id = id, .box = press, .label = action, .radius = 20});
  stage.canvas.fill(press, theme.on_dark.faded(0.16F + 0.12F * state.press), 20 * theme.corner_scale);
  stage.canvas.text(Type::small_strong, {press.centre().x, press.y + (press.h - 34) / 2}, theme.on_dark, action, Align::centre);
  const float room = press.x - 24 - (box.x + 92);
  const bool one = stage.canvas.width_of(Type::small_strong, text) <= room;
  const float height = one ? 34.0F : 68.0F;
  stage.write({box.x + 92, box.y + (box.h - height) / 2, room, height}, text,
              {.role = Role::status, .type = Type::small_strong, .colour = theme.on_dark, .lines_max = 2});
  return state.acted;
}

void countdown_ring(Stage& stage, Point centre, float left_share, int seconds, bool urgent) {
  const Theme& theme = stage.theme;
  stage.canvas.disc(centre, 126, theme.line);
  stage.canvas.disc(centre, 110, theme.surface);
  stage.canvas.arc(centre, 118, 16, 0, std::clamp(left_share, 0.0F, 1.0F), urgent ? theme.amber : theme.primary);
  const std::string digits = std::to_string(seconds);
  // Digits in fixed cells, so that nothing shifts as they change.
  constexpr float cell = 62;
  float x = centre.x - cell * static_cast<float>(digits.size()) / 2 + cell / 2;
  for (const char digit : digits) {
    stage.canvas.text(Type::ring, {x, centre.y - 56}, theme.ink, std::string_view(&digit, 1), Align::centre);
    x += cell;
  }
  stage.describe(Role::timer, {centre.x - 132, centre.y - 132, 264, 264}, "still.seconds", digits, digits);
}

void qr_tile(Stage& stage, const Box& box, const QrModules& code, const std::string& id, const std::string& label) {
  stage.canvas.fill(box, stage.theme.line, 24 * stage.theme.corner_scale);
  stage.canvas.fill(box.inset(2), Colour::hex(0xFFFFFF), 22 * stage.theme.corner_scale);
  // Four quiet modules on each side.
  const float quiet = box.w * 4 / static_cast<float>(code.size + 8);
  stage.canvas.modules(box.inset(quiet), code.size, code.dark, stage.theme.ink);
  stage.describe(Role::image, box, id, label);
}

}  // namespace vitrine::kiosk
