// SPDX-License-Identifier: Apache-2.0
// A customer's sizes and what they wish: in the list of notes, below what waits for this store.
#include "kiosk/screens/counter/customer_parts.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = 16;

}  // namespace

float draw_tastes(Stage& stage, const CustomerOnScreen& screen, const Box& at) {
  if (!screen.tastes || (screen.tastes->sizes.empty() && screen.tastes->preferences.empty())) return 0;
  const Theme& theme = stage.theme;
  std::string sizes;
  for (const WornSize& one : screen.tastes->sizes) {
    if (!sizes.empty()) sizes += " · ";
    sizes += stage.texts.say("customer.size", {{"what", one.what}, {"size", one.size}});
  }
  std::vector<std::string> lines = screen.tastes->preferences;
  if (!sizes.empty()) lines.insert(lines.begin(), sizes);
  const float room = at.w - 2 * pad;
  float height = 14 + stage.line(Type::desk_caption) + 4;
  for (const std::string& line : lines) height += stage.height_of(line, Type::desk_body, room) + 6;
  height += 8;
  stage.canvas.fill({at.x, at.y, at.w, height}, theme.primary_tint, 16 * theme.corner_scale);
  float y = at.y + 14;
  y += stage.write({at.x + pad, y, room, 0}, stage.texts.say("customer.tastes"),
                   {.role = Role::heading, .type = Type::desk_caption, .colour = theme.ink_2, .id = "tastes.title"}) +
       4;
  for (std::size_t i = 0; i < lines.size(); ++i)
    y += stage.write({at.x + pad, y, room, 0}, lines[i],
                     {.type = Type::desk_body,
                      .colour = theme.ink,
                      .lines_max = 8,
                      .id = "tastes." + std::to_string(i),
                      .personal = true}) +
         6;
  return height;
}

}  // namespace vitrine::kiosk::counter
