// SPDX-License-Identifier: Apache-2.0
// Before the store's data is here for the first time: how far the fill is.
#include <algorithm>

#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {

void draw_starting(Stage& stage, const Model& model) {
  const Theme& theme = stage.theme;
  const Box area = stage.area();
  const float middle = area.w / 2;
  const float width = std::min(760.0F, area.w - 2 * margin);
  const float words_height = stage.height_of(stage.texts.say("starting.title"), Type::h1, area.w - 2 * margin) +
                             stage.height_of(stage.texts.say("starting.line"), Type::body_l, width);
  const float scale = std::clamp((area.h - words_height - 300) / 400, 0.5F, 1.0F);
  float y = std::max(24.0F, (area.h - 400 * scale - words_height - 260) / 2);
  niche(stage, {middle, y}, scale, 5, Icon::hourglass_top, theme.warn);
  y += 400 * scale + 56;
  y += stage.write({margin, y, area.w - 2 * margin, 144}, stage.texts.say("starting.title"),
                   {.role = Role::heading, .type = Type::h1, .colour = theme.ink, .align = Align::centre, .lines_max = 2}) +
       18;
  y += stage.write({middle - width / 2, y, width, 138}, stage.texts.say("starting.line"),
                   {.type = Type::body_l, .colour = theme.ink_2, .align = Align::centre, .lines_max = 5}) +
       56;
  const Box bar{middle - width / 2, y, width, 16};
  stage.canvas.fill(bar, theme.line, 8);
  std::string words = stage.texts.say("starting.connecting");
  if (model.store && model.store->fill) {
    const Fill& fill = *model.store->fill;
    const float share = fill.of > 0 ? std::clamp(static_cast<float>(fill.have) / static_cast<float>(fill.of), 0.0F, 1.0F) : 0;
    if (share > 0) stage.canvas.fill({bar.x, bar.y, std::max(16.0F, bar.w * share), 16}, theme.primary, 8);
    const std::string have = stage.texts.number(fill.have);
    words = fill.of > 0 ? stage.texts.say("starting.progress", {{"have", have}, {"of", stage.texts.number(fill.of)}})
                        : stage.texts.say("starting.count", {{"have", have}});
  }
  stage.write(
      {bar.x, y + 36, width, 40}, words,
      {.role = Role::status, .type = Type::body, .colour = theme.ink_2, .align = Align::centre, .id = "starting.progress"});
  stage.tree.announcement = stage.texts.say("starting.title");
}

}  // namespace vitrine::kiosk::shopper
