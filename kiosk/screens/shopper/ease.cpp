// SPDX-License-Identifier: Apache-2.0
// 11: what makes the kiosk easier to use. It takes effect at once and is gone with the visit.
#include <algorithm>
#include <array>

#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"
#include "kiosk/widgets/sheet.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float gap = 20;

struct Switch {
  ToggleSpec spec;
  bool Ease::* field;
};

std::vector<Switch> switches_of(Stage& stage, const Model& model) {
  Texts& t = stage.texts;
  const Ease& ease = model.visit.ease;
  std::vector<Switch> all = {
      {{"ease.contrast", Icon::contrast, t.say("ease.contrast"), t.say("ease.contrast_line"), ease.high_contrast},
       &Ease::high_contrast},
      {{"ease.reach", Icon::vertical_align_bottom, t.say("ease.reach"), t.say("ease.reach_line"), ease.reach}, &Ease::reach},
      {{"ease.movement", Icon::animation, t.say("ease.movement"), t.say("ease.movement_line"), ease.less_movement},
       &Ease::less_movement},
      {{"ease.time", Icon::hourglass_bottom, t.say("ease.time"), t.say("ease.time_line"), ease.more_time}, &Ease::more_time},
  };
  if (model.can_speak) {
    all.insert(all.begin() + 2, {{"ease.aloud", Icon::volume_up, t.say("ease.aloud"), t.say("ease.aloud_line"), ease.read_aloud},
                                 &Ease::read_aloud});
  }
  return all;
}

struct SizeChoice {
  TextSize size;
  const char* id;
  std::string label;
  Type sample;
};

std::array<SizeChoice, 3> sizes_of(Stage& stage) {
  return {{{TextSize::standard, "ease.text.standard", stage.texts.say("ease.standard"), Type::body_l},
           {TextSize::large, "ease.text.large", stage.texts.say("ease.large"), Type::h3},
           {TextSize::largest, "ease.text.largest", stage.texts.say("ease.largest"), Type::h2}}};
}

// The sample stands above the word when they do not fit beside each other.
bool sizes_stacked(Stage& stage, float width) {
  for (const SizeChoice& each : sizes_of(stage)) {
    const float beside = stage.canvas.width_of(each.sample, stage.texts.say("ease.sample")) + 14 +
                         stage.canvas.width_of(Type::small_strong, each.label);
    if (beside > width / 3 - 40) return true;
  }
  return false;
}

float size_height(Stage& stage, float width) {
  return sizes_stacked(stage, width) ? 28 + stage.line(Type::h2) + stage.line(Type::small_strong) : 112.0F;
}

void draw_size(Stage& stage, const Box& box, const SizeChoice& choice, const Ease& ease) {
  const Theme& theme = stage.theme;
  const bool chosen = ease.text == choice.size;
  const float radius = 22 * theme.corner_scale;
  TargetSpec spec{.id = choice.id, .box = box, .label = choice.label, .radius = radius};
  spec.selected = chosen;
  spec.main = chosen;
  if (chosen) spec.value = stage.texts.say("sheet.chosen");
  spec.spoken =
      stage.texts.say("ease.text_spoken", {{"size", choice.label}, {"n", std::int64_t{static_cast<int>(choice.size) + 1}}});
  const std::string sample = stage.texts.say("ease.sample");
  const float wide_sample = stage.canvas.width_of(choice.sample, sample);
  const float wide_label = stage.canvas.width_of(Type::small_strong, choice.label);
  const bool stacked = box.h > 112;
  spec.fits = (stacked ? std::max(wide_sample, wide_label) : wide_sample + 14 + wide_label) <= box.w - 16;
  const TargetState state = stage.target(spec);
  if (chosen) {
    stage.canvas.fill(box, theme.primary, radius);
  } else if (state.press > 0) {
    stage.canvas.fill(box, theme.primary_tint.faded(state.press), radius);
  }
  const Colour ink = chosen ? theme.on_primary : theme.ink;
  const Point c = box.centre();
  if (stacked) {
    const float whole = stage.line(choice.sample) + stage.line(Type::small_strong);
    stage.canvas.text(choice.sample, {c.x, c.y - whole / 2}, ink, sample, Align::centre);
    stage.canvas.text(Type::small_strong, {c.x, c.y - whole / 2 + stage.line(choice.sample)}, ink, choice.label, Align::centre);
  } else {
    const float x = c.x - (wide_sample + 14 + wide_label) / 2;
    stage.canvas.text(choice.sample, {x, c.y - stage.line(choice.sample) / 2}, ink, sample);
    stage.canvas.text(Type::small_strong, {x + wide_sample + 14, c.y - stage.line(Type::small_strong) / 2}, ink, choice.label);
  }
  if (state.acted) {
    Ease wanted = ease;
    wanted.text = choice.size;
    stage.want(ChooseEase{wanted});
  }
}

float text_card_height(Stage& stage, float width) {
  return 32 + std::max(88.0F, stage.line(Type::button)) + 22 + size_height(stage, width - 64) + 16 + 36;
}

void draw_text_card(Stage& stage, const Model& model, const Box& box) {
  const Theme& theme = stage.theme;
  card(stage, box);
  const float head = std::max(88.0F, stage.line(Type::button));
  const Point disc{box.x + 32 + 44, box.y + 32 + head / 2};
  stage.canvas.disc(disc, 44, theme.primary_tint);
  stage.canvas.icon(Icon::text_increase, 44, disc, theme.primary);
  stage.write_centred({disc.x + 44 + 28, box.y + 32, box.w - 220, head}, stage.texts.say("ease.text"),
                      {.role = Role::text, .type = Type::button, .colour = theme.ink});
  const Box row{box.x + 32, box.y + 32 + head + 22, box.w - 64, size_height(stage, box.w - 64) + 16};
  stage.canvas.fill(row, theme.sunken, 28 * theme.corner_scale);
  if (stage.outlined()) stage.canvas.outline(row, theme.line_strong, theme.card_line, 28 * theme.corner_scale);
  const float width = (row.w - 16 - 2 * 12) / 3;
  Box place{row.x + 8, row.y + 8, width, row.h - 16};
  for (const SizeChoice& each : sizes_of(stage)) {
    draw_size(stage, place, each, model.visit.ease);
    place.x += width + 12;
  }
}

// Rows in one card, or in two columns of a wide sheet. Returns the height; draws when `draw`.
float switches(Stage& stage, const Model& model, const Box& box, int columns, bool draw) {
  const std::vector<Switch> all = switches_of(stage, model);
  const float width = (box.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  float height = 136;
  for (const Switch& each : all) height = std::max(height, toggle_height(stage, width - 16, each.spec));
  const float pitch = height + 12;  // the rows themselves are the targets
  const int rows = (static_cast<int>(all.size()) + columns - 1) / columns;
  const float whole = pitch * static_cast<float>(rows) + 4;
  if (!draw) return whole;
  for (int column = 0; column < columns; ++column)
    card(stage, {box.x + (width + gap) * static_cast<float>(column), box.y, width, whole});
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto column = static_cast<float>(static_cast<int>(i) / rows);
    const auto row = static_cast<float>(static_cast<int>(i) % rows);
    const Box place{box.x + (width + gap) * column + 8, box.y + 8 + pitch * row, width - 16, height};
    if (row > 0) stage.canvas.fill({place.x + 24, place.y - 7, place.w - 48, 2}, stage.theme.line);
    if (toggle(stage, place, all[i].spec)) {
      Ease wanted = model.visit.ease;
      wanted.*all[i].field = !(wanted.*all[i].field);
      stage.want(ChooseEase{wanted});
    }
  }
  return whole;
}

}  // namespace

void draw_ease(Stage& stage, const Model& model) {
  if (!model.visit.choosing_ease) return;
  const int columns = stage.wide() ? 2 : 1;
  Sheet sheet(stage, {.id = "ease",
                      .title = stage.texts.say("ease.title"),
                      .line = stage.texts.say("ease.line"),
                      .width = stage.wide() ? 1560.0F : stage.area().w,
                      .foot = 108 + 24});
  const float inside = sheet.inner_width();
  const float body = text_card_height(stage, inside) + gap + switches(stage, model, {0, 0, inside, 0}, columns, false);
  Box place = sheet.begin(body);
  const Box first{place.x, place.y, place.w, text_card_height(stage, place.w)};
  draw_text_card(stage, model, first);
  switches(stage, model, {place.x, first.bottom() + gap, place.w, 0}, columns, true);
  const Box foot = sheet.end_body();
  const Route route = shown_route(model);
  const bool helps = route != Route::resting && route != Route::starting;  // nobody could be told
  const float width = std::min((foot.w - 24) / 2, 560.0F);
  const std::string words = stage.texts.say("util.help");
  ButtonSpec help{.id = "ease.help", .label = words, .kind = ButtonKind::secondary, .icon = Icon::accessible, .spoken = words};
  if (button_height(stage, width, help) > 108) help.label = stage.texts.say("util.help_short");
  if (helps && button(stage, {foot.right() - 2 * width - 24, foot.y + 24, width, 108}, help)) {
    stage.want(CloseEase{});
    stage.want(AskForHelp{});
  }
  if (button(stage, {foot.right() - width, foot.y + 24, width, 108},
             {.id = "ease.done", .label = stage.texts.say("ease.done")})) {
    stage.want(CloseEase{});
  }
  if (sheet.end(stage.texts.say("sheet.close"))) stage.want(CloseEase{});
  const std::array<SizeChoice, 3> sizes = sizes_of(stage);
  stage.tree.announcement =
      stage.texts.say("ease.spoken", {{"size", sizes.at(static_cast<std::size_t>(model.visit.ease.text)).label}});
}

}  // namespace vitrine::kiosk::shopper
