// SPDX-License-Identifier: Apache-2.0
// The store's edge does not answer: the kiosk says so and comes back by itself.
#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {

void draw_resting(Stage& stage, const Model& model) {
  const Theme& theme = stage.theme;
  const Box area = stage.area();
  const Box text{margin, 0, area.w - 2 * margin, 0};
  const std::string title = stage.texts.say("resting.title");
  const std::string line = stage.texts.say("resting.line");
  float y = (area.h - 456 - stage.height_of(title, Type::h1, text.w) - stage.height_of(line, Type::body_l, text.w) - 140) / 2;
  niche(stage, {area.w / 2, y}, 1, 4, Icon::storefront, theme.ink_2);
  y += 400 + 56;
  y += stage.write({text.x, y, text.w, 144}, title,
                   {.role = Role::heading, .type = Type::h1, .colour = theme.ink, .align = Align::centre, .lines_max = 2}) +
       18;
  y += stage.write({text.x, y, text.w, 92}, line,
                   {.type = Type::body_l, .colour = theme.ink_2, .align = Align::centre, .lines_max = 2}) +
       12;
  stage.write({text.x, y, text.w, 80}, stage.texts.say("resting.again"),
              {.role = Role::status, .type = Type::body, .colour = theme.ink_3, .align = Align::centre, .lines_max = 2});
  if (model.store) {
    stage.write({text.x, area.h - 112, text.w, 48}, model.store->brand,
                {.type = stage.fitting({Type::brand, Type::h3}, model.store->brand, text.w),
                 .colour = theme.primary,
                 .align = Align::centre});
  }
  stage.tree.announcement = title + ". " + line;
}

}  // namespace vitrine::kiosk::shopper
