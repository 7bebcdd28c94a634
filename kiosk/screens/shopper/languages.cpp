// SPDX-License-Identifier: Apache-2.0
// The sheet of languages, each by its own name.
#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float row_height = 120;

bool language_row(Stage& stage, const Box& box, const std::string& language, bool chosen) {
  const Theme& theme = stage.theme;
  const std::string name = stage.texts.own_name(language);
  TargetSpec spec{.id = "language." + language, .box = box, .label = name, .radius = 28};
  spec.selected = chosen;
  spec.main = chosen;
  if (chosen) spec.value = stage.texts.say("sheet.chosen");
  const TargetState state = stage.target(spec);
  const float radius = 28 * theme.corner_scale;
  stage.canvas.fill(box, chosen ? theme.primary_tint : mix(theme.surface, theme.primary_tint, static_cast<double>(state.press)),
                    radius);
  stage.canvas.outline(box, chosen ? theme.primary : theme.line_strong, chosen ? 4 : 2, radius);
  stage.canvas.text(Type::button, {box.x + 40, box.y + (box.h - 40) / 2}, theme.ink, name);
  if (chosen) stage.canvas.icon(Icon::check, 44, {box.right() - 62, box.centre().y}, theme.primary);
  return state.acted;
}

}  // namespace

void draw_languages(Stage& stage, const Model& model) {
  if (!model.visit.choosing_language) return;
  const Theme& theme = stage.theme;
  const Box area = stage.area();
  const std::vector<std::string> offered = languages_offered(stage, model);
  const float rows = static_cast<float>(offered.size()) * (row_height + 16);
  const float height = 40 + 88 + 32 + rows + 48;
  const float width = stage.wide() ? 1080 : area.w;
  const Box sheet{(area.w - width) / 2, area.h - height, width, height};
  const int before = stage.canvas.mark();
  const bool settled = stage.motions.since_first("sheet.settled", 300) >= 1;
  stage.canvas.fill_around(area, settled ? Box{sheet.x + 36, sheet.y + 36, sheet.w - 72, sheet.h - 36} : Box{}, theme.scrim);
  stage.canvas.fade_since(before, stage.motions.since_first("sheet.scrim", stage.motions.reduced() ? 120 : 200));

  const int start = stage.canvas.mark();
  stage.canvas.fill(sheet, theme.bg, 52 * theme.corner_scale, Corners::top);
  const std::string title = stage.texts.say("sheet.title");
  stage.describe(Role::dialog, sheet, "sheet", title);
  stage.write_centred({sheet.x + margin, sheet.y + 40, sheet.w - 2 * margin - 88 - 24, 88}, title,
                      {.role = Role::heading, .type = Type::h2, .colour = theme.ink});
  Box row{sheet.x + margin, sheet.y + 40 + 88 + 32, sheet.w - 2 * margin, row_height};
  for (const std::string& language : offered) {
    if (language_row(stage, row, language, language == stage.texts.language())) stage.want(ChooseLanguage{language});
    row.y += row_height + 16;
  }
  if (round_button(stage, {sheet.right() - margin - 88, sheet.y + 40}, "sheet.close", stage.texts.say("sheet.close"), Icon::close,
                   true)) {
    stage.want(CloseLanguages{});
  }
  const float share = stage.motions.since_first("sheet.in", 280);
  if (stage.motions.reduced()) {
    stage.canvas.fade_since(start, stage.motions.since_first("sheet.fade", 120));
  } else if (share < 1) {
    stage.canvas.move_since(start, 0, height * (1 - eased(share)));
  }
  stage.tree.screen = "languages";
  stage.tree.announcement = title;
}

}  // namespace vitrine::kiosk::shopper
