// SPDX-License-Identifier: Apache-2.0
// Cards, tiles, banners, rows, rings and codes.
#include "kiosk/widgets/parts.hpp"

#include <algorithm>
#include <cmath>

namespace vitrine::kiosk {

void card(Stage& stage, const Box& box, float radius, Shadow shadow) {
  if (!stage.outlined()) stage.canvas.shadow(box, shadow, stage.theme.ink);
  stage.canvas.fill(box, stage.theme.surface, radius * stage.theme.corner_scale);
  if (stage.outlined())
    stage.canvas.outline(box, stage.theme.line_strong, stage.theme.card_line, radius * stage.theme.corner_scale);
}

void product_tile(Stage& stage, const Box& box, const std::string& pictogram, std::string_view tile, const std::string& picture) {
  if (stage.canvas.product_picture(picture, box, box.w * 0.2F * stage.theme.corner_scale)) return;
  stage.canvas.fill(box, stage.theme.tile(tile), box.w * 0.2F * stage.theme.corner_scale);
  // Noto's bitmap is as wide as 1.17 of the em that the mock-ups give it.
  const float side = box.w * 0.66F;
  stage.canvas.pictogram(pictogram, {box.x + (box.w - side) / 2, box.y + (box.h - side) / 2, side, side});
}

void niche(Stage& stage, Point top_middle, float scale, std::size_t tile, Icon icon, Colour colour) {
  const float inset = 22 * scale;
  const Box outer{top_middle.x - 180 * scale, top_middle.y, 360 * scale, 400 * scale};
  if (!stage.outlined()) {
    stage.canvas.arch(outer, stage.theme.frames[tile], 44 * scale);
    stage.canvas.arch(outer.inset(inset), stage.theme.tiles[tile], 26 * scale);
  }
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
  if (stage.outlined()) stage.canvas.outline(box, look.colour, stage.theme.card_line, 28 * stage.theme.corner_scale);
  stage.canvas.disc({box.x + 30 + 38, box.y + 26 + 38}, 38, stage.theme.surface);
  stage.canvas.icon(spec.icon, 42, {box.x + 30 + 38, box.y + 26 + 38}, look.colour);
  const float room = box.w - banner_left - 30;
  const float text = stage.height_of(spec.title, Type::name, room) + 4 + stage.height_of(spec.line, Type::small, room);
  float y = box.y + std::max(26.0F, (box.h - text) / 2);
  y += stage.write({box.x + banner_left, y, room, 74}, spec.title,
                   {.role = Role::status, .type = Type::name, .colour = look.colour, .lines_max = 4, .id = spec.id}) +
       4;
  stage.write({box.x + banner_left, y, room, 72}, spec.line, {.type = Type::small, .colour = stage.theme.ink, .lines_max = 6});
}

float chip_height(const Stage& stage) { return stage.line(Type::caption_strong) + 16; }

float chip(Stage& stage, Point at, Icon icon, std::string_view text, Colour colour, Colour tint) {
  const float words = stage.canvas.width_of(Type::caption_strong, text);
  const Box box{at.x, at.y, 20 + 28 + 10 + words + 20, chip_height(stage)};
  stage.canvas.fill(box, tint, box.h / 2);
  if (stage.outlined()) stage.canvas.outline(box, colour, 2, box.h / 2);
  stage.canvas.icon(icon, 28, {box.x + 20 + 14, box.centre().y}, colour);
  stage.write_centred({box.x + 58, box.y, words + 1, box.h}, text,
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
    stage.canvas.text(Type::h3, {middle.x, middle.y - stage.line(Type::h3) / 2}, theme.primary, spec.number, Align::centre);
  }
  const float room = box.w - step_left - 38;
  const float text = stage.height_of(spec.title, Type::button, room) +
                     (spec.line.empty() ? 0 : 2 + stage.height_of(spec.line, Type::body, room));
  float y = box.y + (box.h - text) / 2;
  y += stage.write({box.x + step_left, y, room, 80}, spec.title, {.type = Type::button, .colour = theme.ink, .lines_max = 4}) + 2;
  if (!spec.line.empty())
    stage.write({box.x + step_left, y, room, 120}, spec.line, {.type = Type::body, .colour = theme.ink_2, .lines_max = 6});
}

namespace {

float toast_action_width(const Stage& stage, const std::string& action) {
  return std::max(160.0F, stage.canvas.width_of(Type::small_strong, action) + 64);
}
float toast_room(const Stage& stage, float width, const std::string& action) {
  return width - 14 - toast_action_width(stage, action) - 24 - 92;
}

}  // namespace

float toast_height(const Stage& stage, float width, std::string_view text, const std::string& action) {
  return std::max(104.0F, stage.height_of(text, Type::small_strong, toast_room(stage, width, action)) + 36);
}

bool toast(Stage& stage, const Box& box, const std::string& id, Icon icon, std::string_view text, const std::string& action) {
  const Theme& theme = stage.theme;
  const float radius = 28 * theme.corner_scale;
  if (!stage.outlined()) stage.canvas.shadow(box, Shadow::e3_toast, theme.ink);
  stage.canvas.fill(box, theme.toast, radius);
  if (stage.outlined()) stage.canvas.outline(box, theme.line_strong, theme.card_line, radius);
  stage.canvas.icon(icon, 42, {box.x + 32 + 21, box.y + box.h / 2}, theme.mint);
  const float width = toast_action_width(stage, action);
  const Box press{box.right() - 14 - width, box.y + 14, width, box.h - 28};
  const TargetState state = stage.target({.id = id, .box = press, .label = action, .radius = 20});
  stage.canvas.fill(press, theme.on_dark.faded(0.16F + 0.12F * state.press), 20 * theme.corner_scale);
  stage.canvas.text(Type::small_strong, {press.centre().x, press.centre().y - stage.line(Type::small_strong) / 2}, theme.on_dark,
                    action, Align::centre);
  const float room = toast_room(stage, box.w, action);
  const float height = stage.height_of(text, Type::small_strong, room);
  stage.write({box.x + 92, box.y + (box.h - height) / 2, room, height}, text,
              {.role = Role::status,
               .type = Type::small_strong,
               .colour = theme.on_dark,
               .lines_max = 5,
               .id = id + ".text",
               .personal = true});
  return state.acted;
}

void countdown_ring(Stage& stage, Point centre, float left_share, int seconds, bool urgent) {
  const Theme& theme = stage.theme;
  stage.canvas.disc(centre, 126, stage.outlined() ? theme.quiet_mark : theme.line);
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

void qr_tile(Stage& stage, const Box& box, const QrModules& code, const std::string& id, const std::string& label,
             const std::string& carries) {
  stage.canvas.fill(box, stage.theme.line, 24 * stage.theme.corner_scale);
  stage.canvas.fill(box.inset(2), Colour::hex(0xFFFFFF), 22 * stage.theme.corner_scale);
  // Four quiet modules on each side.
  const float quiet = box.w * 4 / static_cast<float>(code.size + 8);
  stage.canvas.modules(box.inset(quiet), code.size, code.dark, stage.theme.code_ink);
  stage.describe(Role::image, box, id, label, carries);
}

float scroll_keys_width() { return 124 + 24; }

void scroll_keys(Stage& stage, const Box& column, const std::string& list, float by, const std::string& place) {
  const Theme& theme = stage.theme;
  const float middle = place.empty() ? 24 : 2 * stage.line(Type::caption_strong) + 32;
  const float height = std::min(220.0F, (column.h - middle) / 2);
  const float at = stage.hands.scroll_of(list);
  const float end = stage.hands.scroll_end_of(list);
  const auto key = [&](const Box& box, const char* name, const std::string& label, Icon icon, bool enabled, float move) {
    const float radius = 28 * theme.corner_scale;
    TargetSpec target{.id = list + name, .box = box, .label = label, .radius = radius};
    target.enabled = enabled;
    const TargetState state = stage.target(target);
    stage.canvas.fill(box, mix(theme.surface, theme.primary_tint, static_cast<double>(state.press)), radius);
    stage.canvas.outline(box, enabled ? theme.primary : theme.quiet_mark, 3, radius);
    stage.canvas.icon(icon, 44, box.centre(), enabled ? theme.primary : theme.quiet_mark);
    if (state.acted) stage.hands.scroll_by(list, move);
  };
  const float x = column.right() - 124;
  key({x, column.y, 124, height}, ".up", stage.texts.say("list.up"), Icon::keyboard_arrow_up, at > 1, -by);
  key({x, column.bottom() - height, 124, height}, ".down", stage.texts.say("list.down"), Icon::keyboard_arrow_down, at < end - 1,
      by);
  if (!place.empty()) {
    const float words = stage.height_of(place, Type::caption_strong, 124);
    stage.write({x, column.centre().y - words / 2, 124, words}, place,
                {.role = Role::status,
                 .type = Type::caption_strong,
                 .colour = theme.ink,
                 .align = Align::centre,
                 .lines_max = 3,
                 .id = list + ".place"});
  }
}

bool toggle(Stage& stage, const Box& row, const ToggleSpec& spec) {
  const Theme& theme = stage.theme;
  TargetSpec target{.id = spec.id, .box = row, .label = spec.title, .radius = 24};
  target.value = stage.texts.say(spec.on ? "toggle.on" : "toggle.off");
  target.spoken = stage.texts.say("toggle.spoken", {{"title", spec.title}, {"line", spec.line}, {"state", target.value}});
  target.selected = spec.on;
  target.personal = spec.personal;
  const TargetState state = stage.target(target);
  if (state.press > 0) stage.canvas.fill(row, theme.primary_tint.faded(state.press), 24 * theme.corner_scale);
  const Point disc{row.x + 24 + 44, row.centre().y};
  stage.canvas.disc(disc, 44, theme.primary_tint);
  stage.canvas.icon(spec.icon, 44, disc, theme.primary);
  const Box knob{row.right() - 24 - 136, row.centre().y - 38, 136, 76};
  const float left = disc.x + 44 + 28;
  const float room = knob.x - 24 - left;
  float y = row.centre().y - toggle_text_height(stage, room, spec) / 2;
  y += stage.write({left, y, room, row.h}, spec.title, {.type = Type::button, .colour = theme.ink, .lines_max = 3});
  stage.write({left, y, room, row.h}, spec.line, {.type = Type::small, .colour = theme.ink_2, .lines_max = 4});
  // Shape and place say it as well as colour does.
  const float share = stage.motions.ramp("toggle." + spec.id, spec.on, 120, 120);
  stage.canvas.fill(knob, spec.on ? theme.primary : theme.surface, 38);
  if (!spec.on) stage.canvas.outline(knob, theme.line_strong, 3, 38);
  const Point centre{knob.x + 38 + (knob.w - 76) * share, knob.centre().y};
  stage.canvas.disc(centre, 30, spec.on ? theme.surface : theme.line_strong);
  if (spec.on) stage.canvas.icon(Icon::check, 44, centre, theme.primary);
  return state.acted;
}

float toggle_text_height(const Stage& stage, float room, const ToggleSpec& spec) {
  return stage.height_of(spec.title, Type::button, room) + stage.height_of(spec.line, Type::small, room);
}

float toggle_height(const Stage& stage, float width, const ToggleSpec& spec) {
  return std::max(136.0F, toggle_text_height(stage, width - 24 - 88 - 28 - 24 - 136 - 24, spec) + 40);
}

}  // namespace vitrine::kiosk
