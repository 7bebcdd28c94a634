// SPDX-License-Identifier: Apache-2.0
// 21: what other stores have of the product that is looked at; see stock_parts.hpp.
#include <algorithm>

#include "kiosk/screens/counter/stock_parts.hpp"
#include "kiosk/screens/nearby_words.hpp"

namespace vitrine::kiosk::counter {

float draw_nearby(Stage& stage, const Model& model, const Box& place) {
  const StockOnScreen& screen = *model.visit.desk.stock;
  if (screen.nearby.empty()) return 0;
  const Theme& theme = stage.theme;
  const std::string title = stage.texts.say("nearby.title");
  stage.write_centred({place.x, place.y, place.w, 60}, title,
                      {.role = Role::heading,
                       .type = stage.fitting({Type::desk_head, Type::desk_label, Type::desk_rail}, title, place.w),
                       .colour = theme.ink,
                       .id = "stock.nearby.title"});
  float y = place.y + 64;
  for (const NearbyStore& store : screen.nearby) {
    const NearbyWords words = nearby_words(stage, model, store);
    const float right =
        std::max(stage.canvas.width_of(Type::desk_label, words.band), stage.canvas.width_of(Type::desk_caption, words.age)) + 1;
    const float left = place.w - right - 16;
    const std::string id = "stock.nearby." + store.store;
    float low = y;
    low += stage.write({place.x, low, left, 0}, store.name,
                       {.type = Type::desk_label, .colour = theme.ink, .lines_max = 2, .id = id});
    if (!words.where.empty())
      low +=
          stage.write({place.x, low, left, 0}, words.where, {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 2});
    float beside = y;
    beside += stage.write(
        {place.x + left + 16, beside, right, 0}, words.band,
        {.role = Role::status, .type = Type::desk_label, .colour = words.colour, .align = Align::right, .id = id + ".band"});
    beside += stage.write({place.x + left + 16, beside, right, 0}, words.age,
                          {.type = Type::desk_caption, .colour = theme.ink_2, .align = Align::right});
    y = std::max(low, beside) + 12;
    stage.canvas.fill({place.x, y, place.w, 2}, theme.line);
    y += 14;
  }
  return y - place.y;
}

}  // namespace vitrine::kiosk::counter
