// SPDX-License-Identifier: Apache-2.0
// The panel and the stops; see journey.hpp.
#include "kiosk/screens/shopper/journey.hpp"

#include <algorithm>

namespace vitrine::kiosk::shopper {

std::string spaced(const std::string& code) { return code.size() == 6 ? code.substr(0, 3) + " " + code.substr(3) : code; }

namespace {

constexpr float panel_edge = 48;

float code_height(Stage& stage) { return stage.line(Type::body) + 4 + stage.line(Type::ring); }
float half_room(float width) { return width / 2 - panel_edge - 36; }

bool is_stacked(Stage& stage, const NightPanel& panel, float width) {
  const float half = half_room(width);
  return stage.canvas.width_of(Type::ring, panel.code) > half ||
         stage.height_of(panel.words, Type::h2, half) > 3 * stage.line(Type::h2);
}

float words_height(Stage& stage, const NightPanel& panel, float room) {
  return stage.height_of(panel.words, Type::h2, room) + 6 + stage.height_of(panel.line, Type::body, room);
}

}  // namespace

float night_panel_height(Stage& stage, const NightPanel& panel, float width) {
  const float left = code_height(stage);
  if (is_stacked(stage, panel, width)) return 2 * panel_edge + left + 28 + words_height(stage, panel, width - 2 * panel_edge);
  return 2 * panel_edge + std::max(left, words_height(stage, panel, half_room(width)));
}

void night_panel(Stage& stage, const NightPanel& panel, const Box& box) {
  const Theme& theme = stage.theme;
  stage.canvas.fill_gradient(box, theme.night, theme.night_light, 44 * theme.corner_scale);
  if (stage.outlined()) stage.canvas.outline(box, theme.line_strong, theme.card_line, 44 * theme.corner_scale);
  const bool stacked = is_stacked(stage, panel, box.w);
  const float left = box.x + panel_edge;
  const float room = stacked ? box.w - 2 * panel_edge : half_room(box.w);
  float y = stacked ? box.y + panel_edge : box.centre().y - code_height(stage) / 2;
  y += stage.write({left, y, room, 0}, panel.label, {.type = Type::body, .colour = theme.on_dark_2}) + 4;
  const Type type = stage.fitting({Type::ring, Type::total, Type::h2}, panel.code, room);
  stage.write({left, y, room, 0}, panel.code,
              {.type = type, .colour = theme.on_dark, .id = panel.id + ".code", .personal = true});
  y += stage.line(Type::ring);
  const float right = stacked ? left : box.centre().x + 36;
  if (stacked) {
    y += 28;
  } else {
    stage.canvas.fill({box.centre().x - 1, box.y + 56, 2, box.h - 112}, theme.on_dark.faded(0.3F));
    y = box.centre().y - words_height(stage, panel, room) / 2;
  }
  y += stage.write({right, y, room, 0}, panel.words,
                   {.role = Role::status, .type = Type::h2, .colour = theme.on_dark, .lines_max = 6, .id = panel.id + ".ahead"}) +
       6;
  stage.write({right, y, room, 0}, panel.line,
              {.type = Type::body, .colour = theme.on_dark_2, .lines_max = 3, .id = panel.id + ".line"});
}

namespace {

float stop_height(Stage& stage, const Stop& stop, float room) {
  return std::max(68.0F, stage.height_of(stop.title, Type::h3, room) + 2 + stage.height_of(stop.line, Type::body, room)) + 28;
}

constexpr float stop_left = 44 + 68 + 28;

}  // namespace

float stops_height(Stage& stage, const std::vector<Stop>& stops, float width) {
  float height = 2 * 40 - 28;
  for (const Stop& each : stops) height += stop_height(stage, each, width - stop_left - 44);
  return height;
}

void draw_stops(Stage& stage, const std::vector<Stop>& stops, const Box& box, const std::string& now, Icon walking) {
  const Theme& theme = stage.theme;
  card(stage, box);
  const float room = box.w - stop_left - 44;
  float y = box.y + 40;
  for (std::size_t i = 0; i < stops.size(); ++i) {
    const Stop& stop = stops[i];
    const float height = stop_height(stage, stop, room);
    const Point disc{box.x + 44 + 34, y + 34};
    if (i + 1 < stops.size())
      stage.canvas.fill({disc.x - 3, disc.y + 40, 6, height - 80}, stop.mark == StopMark::done ? theme.ok : theme.line, 3);
    const Colour on = stage.outlined() ? theme.bg : Colour::hex(0xFFFFFF);
    if (stop.mark == StopMark::later) {
      stage.canvas.disc(disc, 34, theme.line_strong);
      stage.canvas.disc(disc, 31, theme.surface);
    } else {
      stage.canvas.disc(disc, 34, stop.mark == StopMark::done ? theme.ok : theme.primary);
      stage.canvas.icon(stop.mark == StopMark::done ? Icon::check : walking, 50, disc, on);
    }
    const Colour ink = stop.mark == StopMark::later ? theme.ink_2 : theme.ink;
    float at = y;
    at += stage.write({box.x + stop_left, at, room, 0}, stop.title,
                      {.role = stop.mark == StopMark::now ? Role::status : Role::text,
                       .type = Type::h3,
                       .colour = ink,
                       .lines_max = 3,
                       .id = stop.mark == StopMark::now ? now : std::string()}) +
          2;
    stage.write({box.x + stop_left, at, room, 0}, stop.line,
                {.type = Type::body, .colour = theme.ink_2, .lines_max = 4, .id = stop.id});
    y += height;
  }
}

}  // namespace vitrine::kiosk::shopper
