// SPDX-License-Identifier: Apache-2.0
// The sheet of languages, each by its own name.
#include <algorithm>

#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/widgets/parts.hpp"
#include "kiosk/widgets/sheet.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float gap = 16;

bool language_row(Stage& stage, const Box& box, const std::string& language, bool chosen) {
  const Theme& theme = stage.theme;
  const std::string name = stage.texts.own_name(language);
  TargetSpec spec{.id = "language." + language, .box = box, .label = name, .radius = 28};
  spec.selected = chosen;
  spec.main = chosen;
  if (chosen) spec.value = stage.texts.say("sheet.chosen");
  spec.fits = stage.canvas.width_of(Type::button, name) <= box.w - 40 - 100;
  const TargetState state = stage.target(spec);
  const float radius = 28 * theme.corner_scale;
  stage.canvas.fill(box, chosen ? theme.primary_tint : mix(theme.surface, theme.primary_tint, static_cast<double>(state.press)),
                    radius);
  stage.canvas.outline(box, chosen ? theme.primary : theme.line_strong, chosen ? 4 : 2, radius);
  stage.canvas.text(Type::button, {box.x + 40, box.centre().y - stage.line(Type::button) / 2}, theme.ink, name);
  if (chosen) stage.canvas.icon(Icon::check, 44, {box.right() - 62, box.centre().y}, theme.primary);
  return state.acted;
}

}  // namespace

void draw_languages(Stage& stage, const Model& model) {
  if (!model.visit.choosing_language) return;
  const std::vector<std::string> offered = languages_offered(stage, model);
  const int columns = stage.wide() || stage.ease.reach ? 2 : 1;
  const int rows = (static_cast<int>(offered.size()) + columns - 1) / columns;
  // All of them at once, also on a counter that is held in a hand.
  const float height = stage.in_hand() ? 80 : std::max(120.0F, stage.line(Type::button) + 56);
  Sheet sheet(stage,
              {.id = "languages", .title = stage.texts.say("sheet.title"), .width = stage.wide() ? 1240.0F : stage.area().w});
  const Box body = sheet.begin(static_cast<float>(rows) * (height + gap) - gap);
  const float width = (body.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  for (std::size_t i = 0; i < offered.size(); ++i) {
    const auto column = static_cast<float>(static_cast<int>(i) / rows);
    const auto row = static_cast<float>(static_cast<int>(i) % rows);
    const Box box{body.x + column * (width + gap), body.y + row * (height + gap), width, height};
    if (language_row(stage, box, offered[i], offered[i] == stage.texts.language())) stage.want(ChooseLanguage{offered[i]});
  }
  sheet.end_body();
  if (sheet.end(stage.texts.say("sheet.close"))) stage.want(CloseLanguages{});
  stage.tree.announcement = stage.texts.say("sheet.title");
}

}  // namespace vitrine::kiosk::shopper
