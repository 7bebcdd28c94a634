// SPDX-License-Identifier: Apache-2.0
// What is pressed: buttons, the large actions of welcome, the stepper, chips that choose.
#include <algorithm>
#include <cmath>

#include "kiosk/widgets/parts.hpp"

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
      return {between(theme.primary, theme.primary_press), theme.on_primary, Colour{0, 0, 0, 0}};
    case ButtonKind::secondary:
      return {between(theme.surface, theme.primary_tint), theme.primary, theme.primary};
    case ButtonKind::tertiary:
      return {between(theme.sunken, theme.card_line > 0 ? theme.primary_tint : theme.line), theme.ink,
              theme.card_line > 0 ? theme.line_strong : Colour{0, 0, 0, 0}};
  }
  return {};
}

Type label_type(const ButtonSpec& spec) { return spec.desk ? Type::desk_button : spec.small ? Type::small_strong : Type::button; }
float icon_size(const ButtonSpec& spec) { return spec.desk ? 30 : spec.small ? 34 : 42; }
float icon_gap(const ButtonSpec& spec) { return spec.small || spec.desk ? 12 : 18; }

constexpr float button_side = 20;

float icon_room(const ButtonSpec& spec) { return spec.icon == Icon::none ? 0 : icon_size(spec) + icon_gap(spec); }

// A label takes a second line before it is cut, and the button grows with it.
std::vector<std::string_view> label_lines(const Stage& stage, float width, const ButtonSpec& spec) {
  return stage.canvas.wrap(label_type(spec), spec.label, width - 2 * button_side - icon_room(spec));
}

}  // namespace

float button_width(const Stage& stage, const ButtonSpec& spec) {
  return stage.canvas.width_of(label_type(spec), spec.label) + icon_room(spec) + (spec.small || spec.desk ? 56 : 72);
}

float button_height(const Stage& stage, float width, const ButtonSpec& spec) {
  const float lines = static_cast<float>(label_lines(stage, width, spec).size()) * stage.line(label_type(spec));
  if (spec.desk) return std::max(72.0F, lines + 20);
  return std::max(spec.small ? 80.0F : 108.0F, lines + (spec.small ? 28 : 40));
}

bool button(Stage& stage, const Box& box, const ButtonSpec& spec) {
  const float radius = (spec.desk ? 20.0F : spec.small ? 22.0F : 28.0F) * stage.theme.corner_scale;
  const Type type = label_type(spec);
  const auto lines = label_lines(stage, box.w, spec);
  float widest = 0;
  for (const std::string_view each : lines) widest = std::max(widest, stage.canvas.width_of(type, each));
  const float height = static_cast<float>(lines.size()) * stage.line(type);
  TargetSpec target{.id = spec.id, .box = box, .label = spec.label, .radius = radius};
  target.enabled = spec.enabled;
  target.takes_escape = spec.takes_escape;
  target.main = spec.main;
  target.spoken = spec.spoken;
  target.shortcut = spec.shortcut;
  target.fits = widest + icon_room(spec) <= box.w - 2 * button_side + 1 && height <= box.h - 12;
  const TargetState state = stage.target(target);
  const ButtonLook look = look_of(stage.theme, spec.kind, spec.enabled, state.press);
  // The plate shrinks when pressed; letters keep their size.
  const Box plate = box.scaled(1 - (1 - pressed_scale) * state.press);
  stage.canvas.fill(plate, look.fill, radius);
  if (look.edge.a > 0) stage.canvas.outline(plate, look.edge, 3, radius);
  const float left = box.x + (box.w - widest - icon_room(spec)) / 2;
  if (spec.icon != Icon::none)
    stage.canvas.icon(spec.icon, icon_size(spec), {left + icon_size(spec) / 2, box.centre().y}, look.text);
  float y = box.centre().y - height / 2;
  for (const std::string_view each : lines) {
    stage.canvas.text(type, {left + icon_room(spec) + widest / 2, y}, look.text, each, Align::centre);
    y += stage.line(type);
  }
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

namespace {

constexpr float action_right = 44 + 50 + 24;

float arch_side(const ActionSpec& spec) { return spec.compact ? 88 : 140; }
float action_left(const ActionSpec& spec) { return spec.compact ? 28 + 88 + 28 : 40 + 140 + 36; }
float action_line(const Stage& stage, const ActionSpec& spec, float room) {
  return spec.compact ? 0 : 6 + stage.height_of(spec.line, Type::body, room);
}

}  // namespace

float main_action_height(const Stage& stage, float width, const ActionSpec& spec) {
  const float room = width - action_left(spec) - action_right;
  const float words = stage.height_of(spec.title, spec.compact ? Type::h3 : Type::h2, room) + action_line(stage, spec, room);
  return spec.compact ? std::max(120.0F, words + 44) : std::max(220.0F, words + 64);
}

bool main_action(Stage& stage, const Box& box, const ActionSpec& spec) {
  const Theme& theme = stage.theme;
  const float radius = 40 * theme.corner_scale;
  TargetSpec target{.id = spec.id, .box = box, .label = spec.title, .radius = radius};
  target.main = spec.primary;
  const TargetState state = stage.target(target);
  const Box plate = box.scaled(1 - (1 - pressed_scale) * state.press);
  if (!stage.outlined()) stage.canvas.shadow(plate, Shadow::e2_action, theme.ink);
  const auto press = static_cast<double>(state.press);
  stage.canvas.fill(plate,
                    spec.primary ? mix(theme.primary, theme.primary_press, press) : mix(theme.surface, theme.primary_tint, press),
                    radius);
  if (!spec.primary && stage.outlined()) stage.canvas.outline(plate, theme.line_strong, theme.card_line, radius);
  const float side = arch_side(spec);
  const Box arch{box.x + (spec.compact ? 28.0F : 40.0F), box.y + (box.h - side) / 2, side, side};
  const Colour mark = spec.primary ? theme.on_primary : theme.primary;
  if (!stage.outlined()) stage.canvas.arch(arch, spec.primary ? theme.on_primary.faded(0.16F) : theme.primary_tint, 0.2F * side);
  stage.canvas.icon(spec.icon, spec.compact ? 50.0F : 76.0F, arch.centre(), mark);
  const float left = box.x + action_left(spec);
  const float width = box.right() - action_right - left;
  const Type title = spec.compact ? Type::h3 : Type::h2;
  const float title_height = stage.height_of(spec.title, title, width);
  const float top = box.y + (box.h - title_height - action_line(stage, spec, width)) / 2;
  stage.write({left, top, width, title_height}, spec.title,
              {.type = title, .colour = spec.primary ? theme.on_primary : theme.ink, .lines_max = 3});
  if (!spec.compact) {
    stage.write({left, top + title_height + 6, width, 0}, spec.line,
                {.type = Type::body, .colour = spec.primary ? theme.on_primary_2 : theme.ink_2, .lines_max = 3});
  }
  stage.canvas.icon(Icon::arrow_forward, 50, {box.right() - 44 - 26, box.centre().y}, spec.primary ? mark : theme.ink);
  return state.acted;
}

float choice_height(const Stage& stage) { return std::max(72.0F, stage.line(Type::small_strong) + 36); }

float choice_width(const Stage& stage, const ChoiceSpec& spec) {
  return std::max(96.0F, stage.canvas.width_of(Type::small_strong, spec.label) + 64 + (spec.dot ? 46.0F : 0.0F));
}

bool choice(Stage& stage, const Box& box, const ChoiceSpec& spec) {
  const Theme& theme = stage.theme;
  const float radius = box.h / 2;
  TargetSpec target{.id = spec.id, .box = box, .label = spec.label, .radius = radius};
  target.selected = spec.chosen;
  target.enabled = spec.enabled;
  target.spoken = spec.spoken;
  target.shortcut = spec.shortcut;
  if (spec.chosen) target.value = stage.texts.say("sheet.chosen");
  const float dot = spec.dot ? 46 : 0;
  const float words = stage.canvas.width_of(Type::small_strong, spec.label);
  target.fits = words + dot <= box.w - 24;
  const TargetState state = stage.target(target);
  const Colour rest = spec.chosen ? theme.ink : theme.surface;
  stage.canvas.fill(box, mix(rest, theme.primary_tint, static_cast<double>(spec.chosen ? 0 : state.press)), radius);
  if (!spec.chosen) stage.canvas.outline(box, spec.enabled ? theme.line_strong : theme.line, stage.outlined() ? 3 : 2, radius);
  float x = box.centre().x - (words + dot) / 2;
  if (spec.dot) {
    stage.canvas.disc({x + 16, box.centre().y}, 17, spec.chosen ? theme.surface : theme.line_strong);
    stage.canvas.disc({x + 16, box.centre().y}, 15, *spec.dot);
    x += dot;
  }
  stage.canvas.text(Type::small_strong, {x, box.centre().y - stage.line(Type::small_strong) / 2},
                    spec.chosen ? theme.surface : theme.ink, spec.label);
  return state.acted;
}

namespace {

// Where each of them stands; none: it does not fit into the rows.
std::vector<std::optional<Box>> choice_places(const Stage& stage, const Box& box, const std::vector<ChoiceSpec>& specs,
                                              int rows_max) {
  std::vector<std::optional<Box>> places;
  const float height = choice_height(stage);
  float x = box.x;
  float y = box.y;
  int row = 1;
  for (const ChoiceSpec& spec : specs) {
    const float width = std::min(box.w, choice_width(stage, spec));
    if (x > box.x && x + width > box.right()) {
      if (row == rows_max) {
        places.emplace_back();
        continue;
      }
      ++row;
      x = box.x;
      y += height + choice_gap;
    }
    places.emplace_back(Box{x, y, width, height});
    x += width + choice_gap;
  }
  return places;
}

}  // namespace

float choices_height(const Stage& stage, float width, const std::vector<ChoiceSpec>& specs, int rows_max) {
  float bottom = 0;
  for (const auto& place : choice_places(stage, {0, 0, width, 0}, specs, rows_max)) {
    if (place) bottom = std::max(bottom, place->bottom());
  }
  return bottom;
}

std::optional<std::size_t> choices(Stage& stage, const Box& box, const std::vector<ChoiceSpec>& specs, int rows_max) {
  std::optional<std::size_t> pressed;
  const auto places = choice_places(stage, box, specs, rows_max);
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (places[i] && choice(stage, *places[i], specs[i])) pressed = i;
  }
  return pressed;
}

float stepper_width(const Stage& stage, bool large) {
  const float height = large ? stepper_height_large : stepper_height;
  return 2 * height + std::max(large ? 76.0F : 88.0F, stage.canvas.width_of(Type::button, "000") + 24);
}

StepperWish stepper(Stage& stage, Point at, const StepperSpec& spec) {
  const Theme& theme = stage.theme;
  const Box box{at.x, at.y, stepper_width(stage, spec.large), spec.large ? stepper_height_large : stepper_height};
  if (!stage.outlined()) stage.canvas.fill(box, theme.sunken, box.h / 2);
  const auto end = [&](const Box& place, const std::string& id, const std::string& label, Icon icon, bool enabled) {
    TargetSpec target{.id = id, .box = place, .label = label, .radius = place.h / 2};
    target.enabled = enabled;
    const TargetState state = stage.target(target);
    const float radius = place.h / 2 * (1 - (1 - pressed_scale) * state.press);
    stage.canvas.disc(place.centre(), radius,
                      !enabled           ? (stage.outlined() ? theme.quiet_mark : theme.line)
                      : stage.outlined() ? theme.primary
                                         : theme.line_strong);
    stage.canvas.disc(place.centre(), radius - (stage.outlined() ? 4.0F : 2.0F),
                      mix(theme.surface, theme.primary_tint, static_cast<double>(state.press)));
    stage.canvas.icon(icon, 38, place.centre(), enabled ? theme.primary : theme.quiet_mark);
    return state.acted;
  };
  const Box low{box.x, box.y, box.h, box.h};
  const Box high{box.right() - box.h, box.y, box.h, box.h};
  const bool one = spec.units <= 1;
  const bool last = one && !spec.keeps_one;
  StepperWish wish = StepperWish::none;
  if (end(low, spec.id + (last ? ".remove" : ".fewer"), last ? spec.remove : spec.fewer,
          last ? Icon::delete_outline : Icon::remove, !one || last)) {
    wish = last ? StepperWish::remove : StepperWish::fewer;
  }
  stage.write_changing(
      spec.id + ".count", {low.right(), box.y, high.x - low.right(), box.h}, spec.count,
      {.role = Role::status, .type = Type::button, .colour = theme.ink, .align = Align::centre, .id = spec.id + ".count"});
  if (end(high, spec.id + ".more", spec.more, Icon::add, !spec.at_limit)) wish = StepperWish::more;
  return wish;
}

}  // namespace vitrine::kiosk
