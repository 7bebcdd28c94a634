// SPDX-License-Identifier: Apache-2.0
// Top bar and utility bar.
#include "kiosk/screens/shopper/surroundings.hpp"

#include <algorithm>

#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float item_gap = 16;
constexpr float bar_edge = 16;
constexpr float beside_icon = 36 + 14;
constexpr float brand_high = 52;  // of a logo

}  // namespace

std::vector<std::string> languages_offered(const Stage& stage, const Model& model) {
  std::vector<std::string> offered;
  if (!model.store) return offered;
  const std::vector<std::string> spoken = stage.texts.languages();
  for (const std::string& language : model.store->languages) {
    const bool known = std::find(spoken.begin(), spoken.end(), language) != spoken.end();
    if (known && stage.canvas.can_write(stage.texts.own_name(language))) offered.push_back(language);
  }
  return offered;
}

void Surroundings::choose_items(const Model& model, const SurroundingsSpec& spec) {
  Texts& texts = stage_.texts;
  if (spec.back && stage_.ease.reach) {
    const std::string words = texts.say("top.back");
    items_.push_back({"back", Icon::arrow_back, words, words, GoBack{}});
  }
  if (spec.start_over) {
    const std::string words = texts.say("util.start_over");
    items_.push_back({"start_over", Icon::restart_alt, words, words, StartOver{}});
  }
  if (languages_offered(stage_, model).size() > 1) {
    const std::string name = texts.own_name(texts.language());
    items_.push_back({"language", Icon::language, name, texts.say("util.language", {{"name", name}}), OpenLanguages{}});
  }
  items_.push_back(
      {"ease", Icon::accessibility_new, texts.say("util.ease"), texts.say("util.ease"), OpenEase{}, model.visit.ease != Ease{}});
  const Route route = shown_route(model);
  if (route == Route::resting || route == Route::starting) return;  // nobody could be told
  const std::string words = texts.say("util.help");
  items_.push_back({"help", Icon::waving_hand, words, words, AskForHelp{}, route == Route::help});
}

Surroundings::Surroundings(Stage& stage, const Model& model, const SurroundingsSpec& spec) : stage_(stage) {
  choose_items(model, spec);
  const Box area = stage.area();
  const auto count = static_cast<float>(items_.size());
  item_width_ = std::min(480.0F, (area.w - 64 - item_gap * (count - 1)) / count);
  const auto fits_beside = [&](const Item& item) {
    return beside_icon + stage.canvas.width_of(Type::small_strong, item.label) <= item_width_ - 24;
  };
  stacked_ = stage.outlined() || !std::all_of(items_.begin(), items_.end(), fits_beside);
  float inside = 104;
  if (stacked_) {
    for (Item& item : items_) {
      if (item.id == "ease") item.label = stage.texts.say("util.ease_short");
      if (item.id == "help") item.label = stage.texts.say("util.help_short");
      const auto lines = stage.canvas.wrap(Type::small_strong, item.label, item_width_ - 16);
      for (const std::string_view each : lines) {
        if (stage.canvas.width_of(Type::small_strong, each) > item_width_ - 10) type_ = Type::caption_strong;
      }
      inside = std::max(inside, 36 + 6 + stage.height_of(item.label, Type::small_strong, item_width_ - 16) + 28);
    }
  }
  height_ = inside + 2 * bar_edge;
  above = {0, 0, area.w, area.h - height_};
  if (spec.bar) draw_top(model, spec.back && !stage.ease.reach, spec.brand);
}

void Surroundings::draw_top(const Model& model, bool back, bool brand) {
  top = {margin, 0, stage_.area().w - 2 * margin, top_height};
  if (back) {
    if (round_button(stage_, {margin, (top_height - 88) / 2}, "back", stage_.texts.say("top.back"), Icon::arrow_back, true)) {
      stage_.want(GoBack{});
    }
    top.x += 88 + 28;
    top.w -= 88 + 28;
  }
  if (!model.store || !brand) return;
  const Box sign{top.right() - top.w * 0.4F, (top_height - brand_high) / 2, top.w * 0.4F, brand_high};
  if (const float width = stage_.canvas.logo(stage_.outlined(), sign, Align::right); width > 0) {
    stage_.describe(Role::text, {sign.right() - width, sign.y, width, sign.h}, "brand", model.store->brand);
    top.w -= width + 28;
    return;
  }
  const Type type = stage_.fitting({Type::brand_small, Type::h3, Type::name}, model.store->brand, top.w * 0.4F);
  const float width = stage_.canvas.width_of(type, model.store->brand);
  // Of a long name nothing is cut: it is on welcome, and a title needs the room.
  if (width > top.w * 0.5F) return;
  stage_.write_centred({top.right() - width - 1, 0, width + 1, top_height}, model.store->brand,
                       {.type = type, .colour = stage_.theme.primary});
  top.w -= width + 28;
}

void Surroundings::draw_item(const Item& item, const Box& box) {
  const Theme& theme = stage_.theme;
  const auto lines = stage_.canvas.wrap(type_, item.label, stacked_ ? box.w - 16 : box.w);
  float widest = 0;
  for (const std::string_view each : lines) widest = std::max(widest, stage_.canvas.width_of(type_, each));
  TargetSpec spec{.id = item.id, .box = box, .label = item.spoken, .radius = 24};
  spec.takes_escape = item.id == "back";
  spec.selected = item.selected;
  spec.fits = stacked_ ? widest <= box.w - 8 && lines.size() <= 3 : beside_icon + widest <= box.w - 24;
  const TargetState state = stage_.target(spec);
  const float radius = 24 * theme.corner_scale;
  const bool filled = item.selected && stage_.outlined();
  if (filled) {
    stage_.canvas.fill(box, theme.primary, radius);
  } else if (item.selected || (item.id == "help" && !stage_.outlined())) {  // who needs it finds it at once
    stage_.canvas.fill(box, state.press > 0 ? theme.line : theme.primary_tint, radius);
  } else if (state.press > 0) {
    stage_.canvas.fill(box, theme.primary_tint.faded(state.press), radius);
  }
  if (stage_.outlined() && !filled) stage_.canvas.outline(box, theme.line_strong, theme.card_line, radius);
  const Colour ink = filled ? theme.on_primary : theme.ink;
  const Colour mark = filled ? theme.on_primary : stage_.outlined() ? theme.ink : theme.primary;
  const float line = stage_.line(type_);
  if (stacked_) {
    const float height = 36 + 6 + line * static_cast<float>(lines.size());
    float y = box.centre().y - height / 2;
    stage_.canvas.icon(item.icon, 36, {box.centre().x, y + 18}, mark);
    y += 42;
    for (const std::string_view each : lines) {
      stage_.canvas.text(type_, {box.centre().x, y}, ink, each, Align::centre);
      y += line;
    }
  } else {
    const float x = box.centre().x - (beside_icon + widest) / 2;
    stage_.canvas.icon(item.icon, 36, {x + 18, box.centre().y}, mark);
    stage_.canvas.text(type_, {x + beside_icon, box.centre().y - line / 2}, ink, item.label);
  }
  if (state.acted) stage_.want(item.intent);
}

void Surroundings::end() {
  const Theme& theme = stage_.theme;
  const Box area = stage_.area();
  const Box bar{0, area.h - height_, area.w, height_};
  stage_.canvas.fill(bar, stage_.outlined() ? theme.bg : theme.surface);
  stage_.canvas.fill({0, bar.y, bar.w, 2}, theme.line);
  const auto count = static_cast<float>(items_.size());
  Box place{(area.w - item_width_ * count - item_gap * (count - 1)) / 2, bar.y + bar_edge, item_width_, height_ - 2 * bar_edge};
  for (const Item& item : items_) {
    draw_item(item, place);
    place.x += item_width_ + item_gap;
  }
}

std::string opening_words(Stage& stage, const StoreInfo& store) {
  Texts& texts = stage.texts;
  if (store.open_now) {
    return store.closes_at.empty() ? texts.say("welcome.open") : texts.say("welcome.open_until", {{"time", store.closes_at}});
  }
  return store.opens_at.empty() ? texts.say("welcome.closed") : texts.say("welcome.opens_at", {{"time", store.opens_at}});
}

}  // namespace vitrine::kiosk::shopper
