// SPDX-License-Identifier: Apache-2.0
// Top bar and utility bar.
#include "kiosk/screens/shopper/surroundings.hpp"

#include <algorithm>

#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

bool utility_item(Stage& stage, const Box& box, const std::string& id, Icon icon, const std::string& label,
                  const std::string& said) {
  const Theme& theme = stage.theme;
  const float width = 36 + 14 + stage.canvas.width_of(Type::small_strong, label);
  TargetSpec spec{.id = id, .box = box, .label = said, .radius = 24};
  spec.fits = width <= box.w - 24;
  const TargetState state = stage.target(spec);
  if (state.press > 0) stage.canvas.fill(box, theme.primary_tint.faded(state.press), 24 * theme.corner_scale);
  const float x = box.x + (box.w - width) / 2;
  stage.canvas.icon(icon, 36, {x + 18, box.y + box.h / 2}, theme.primary);
  stage.canvas.text(Type::small_strong, {x + 50, box.y + (box.h - 34) / 2}, theme.ink, label);
  return state.acted;
}

}  // namespace

std::vector<std::string> languages_offered(const Stage& stage, const Model& model) {
  std::vector<std::string> offered;
  if (!model.store) return offered;
  const std::vector<std::string> spoken = stage.texts.languages();
  for (const std::string& language : model.store->languages) {
    if (std::find(spoken.begin(), spoken.end(), language) != spoken.end()) offered.push_back(language);
  }
  return offered;
}

Box draw_top(Stage& stage, const Model& model, bool back) {
  Box free{margin, 0, stage.area().w - 2 * margin, top_height};
  if (back) {
    if (round_button(stage, {margin, (top_height - 88) / 2}, "back", stage.texts.say("top.back"), Icon::arrow_back, true)) {
      stage.want(GoBack{});
    }
    free.x += 88 + 28;
    free.w -= 88 + 28;
  }
  if (model.store) {
    const Type type = stage.fitting({Type::brand_small, Type::name}, model.store->brand, free.w * 0.4F);
    const float width = stage.canvas.width_of(type, model.store->brand);
    stage.write_centred({free.right() - width - 1, 0, width + 1, top_height}, model.store->brand,
                        {.type = type, .colour = stage.theme.primary});
    free.w -= width + 28;
  }
  return free;
}

Box draw_utility(Stage& stage, const Model& model, bool start_over) {
  const Theme& theme = stage.theme;
  const Box area = stage.area();
  const bool language = languages_offered(stage, model).size() > 1;
  if (!start_over && !language) return area;
  const Box bar{0, area.h - utility_height, area.w, utility_height};
  stage.canvas.fill(bar, theme.surface);
  stage.canvas.fill({0, bar.y, bar.w, 2}, theme.line);
  const float gap = 16;
  const int count = (start_over ? 1 : 0) + (language ? 1 : 0);
  const float item = std::min(480.0F, (area.w - 64 - gap * static_cast<float>(count - 1)) / static_cast<float>(count));
  const float whole = item * static_cast<float>(count) + gap * static_cast<float>(count - 1);
  Box place{(area.w - whole) / 2, bar.y + 17, item, 104};
  if (start_over) {
    const std::string words = stage.texts.say("util.start_over");
    if (utility_item(stage, place, "start_over", Icon::restart_alt, words, words)) stage.want(StartOver{});
    place.x += item + gap;
  }
  if (language) {
    const std::string name = stage.texts.own_name(stage.texts.language());
    if (utility_item(stage, place, "language", Icon::language, name, stage.texts.say("util.language", {{"name", name}}))) {
      stage.want(OpenLanguages{});
    }
  }
  return {0, 0, area.w, bar.y};
}

std::string opening_words(Stage& stage, const StoreInfo& store) {
  Texts& texts = stage.texts;
  if (store.open_now) {
    return store.closes_at.empty() ? texts.say("welcome.open") : texts.say("welcome.open_until", {{"time", store.closes_at}});
  }
  return store.opens_at.empty() ? texts.say("welcome.closed") : texts.say("welcome.opens_at", {{"time", store.opens_at}});
}

}  // namespace vitrine::kiosk::shopper
