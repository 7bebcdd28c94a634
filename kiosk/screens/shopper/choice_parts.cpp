// SPDX-License-Identifier: Apache-2.0
// See choice_parts.hpp.
#include "kiosk/screens/shopper/choice_parts.hpp"

#include <algorithm>
#include <array>

#include "kiosk/widgets/parts.hpp"
#include "sync/model/consent.hpp"

namespace vitrine::kiosk::shopper {
namespace {

struct PurposeLook {
  std::string_view purpose;
  Icon icon;
  bool news;
};
// In the order of the register; each has its words.
constexpr std::array<PurposeLook, 7> looks = {{{"history", Icon::visibility, false},
                                               {"personalisation", Icon::lightbulb, false},
                                               {"profiling", Icon::manage_search, false},
                                               {"home_store", Icon::storefront, false},
                                               {"marketing_email", Icon::inbox, true},
                                               {"marketing_phone", Icon::smartphone, true},
                                               {"marketing_post", Icon::edit_note, true}}};
static_assert(std::ranges::equal(looks, sync::consent_purposes, {}, &PurposeLook::purpose));

constexpr float row_icon_room = 36 + 42 + 28;
constexpr float row_arrow_room = 24 + 36 + 32;

}  // namespace

std::optional<PurposeWords> purpose_words(Stage& stage, const std::string& purpose) {
  const auto* look = std::ranges::find(looks, purpose, &PurposeLook::purpose);
  if (look == looks.end()) return std::nullopt;
  return PurposeWords{look->icon, look->news, stage.texts.say("choices." + purpose),
                      stage.texts.say("choices." + purpose + "_line")};
}

std::string state_words(Stage& stage, const std::string& purpose, bool granted) {
  const auto words = purpose_words(stage, purpose);
  return stage.texts.say("choices.state", {{"title", words ? words->title : purpose},
                                           {"state", stage.texts.say(granted ? "toggle.on" : "toggle.off")}});
}

std::string receipt_time(Stage& stage, UtcMs at) {
  return stage.texts.say("paper.when", {{"day", stage.texts.day(at)}, {"time", stage.texts.clock(at)}});
}

std::string receipt_number(Stage& stage, const std::string& number) {
  std::string spaced;
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (i > 0 && i % 4 == 0) spaced += ' ';
    spaced += number[i];
  }
  return stage.texts.say("choices.number", {{"number", spaced}});
}

// The day once, so that the code stays coarse enough for any phone.
std::string receipt_text(Stage& stage, const Model& model, const Choices& choices) {
  Texts& texts = stage.texts;
  std::string text = texts.say("choices.paper") + "\n" + model.store->brand + ", " + model.store->name;
  std::string day;
  for (const ChoiceReceipt& one : choices.receipts) {
    if (texts.day(one.at) != day) text += "\n" + (day = texts.day(one.at));
    text += "\n" + texts.clock(one.at) + " " + state_words(stage, one.purpose, one.granted) + "\n" +
            texts.say("choices.number", {{"number", one.number}});
  }
  return text;
}

Paper receipt_paper(Stage& stage, const Model& model, const Choices& choices) {
  Paper paper{.language = stage.texts.language(), .parts = {}};
  const auto centred = [&](std::string words, PaperSize size, bool strong) {
    paper.parts.emplace_back(PaperWords{.left = std::move(words), .align = PaperAlign::centre, .size = size, .strong = strong});
  };
  centred(model.store->brand, PaperSize::large, true);
  centred(model.store->name, PaperSize::normal, false);
  paper.parts.emplace_back(PaperGap{});
  centred(stage.texts.say("choices.paper"), PaperSize::normal, true);
  for (const ChoiceReceipt& one : choices.receipts) {
    const auto words = purpose_words(stage, one.purpose);
    paper.parts.emplace_back(PaperRule{});
    paper.parts.emplace_back(PaperWords{.left = words ? words->title : one.purpose,
                                        .right = stage.texts.say(one.granted ? "toggle.on" : "toggle.off"),
                                        .strong = true});
    paper.parts.emplace_back(PaperWords{.left = receipt_time(stage, one.at)});
    paper.parts.emplace_back(PaperWords{.left = receipt_number(stage, one.number)});
  }
  paper.parts.emplace_back(PaperRule{});
  paper.parts.emplace_back(PaperWords{.left = stage.texts.say("choices.paper_keep")});
  return paper;
}

float choices_row_height(Stage& stage, float width) {
  const float room = width - row_icon_room - row_arrow_room;
  return std::max(112.0F, 44 + stage.height_of(stage.texts.say("choices.title"), Type::name, room) +
                              stage.height_of(stage.texts.say("choices.row_line"), Type::small, room));
}

void draw_choices_row(Stage& stage, const Box& box) {
  const Theme& theme = stage.theme;
  Texts& texts = stage.texts;
  TargetSpec target{.id = "cart.choices", .box = box, .label = texts.say("choices.title"), .radius = 32};
  target.spoken = texts.say("choices.title") + ". " + texts.say("choices.row_line");
  const TargetState state = stage.target(target);
  card(stage, box);
  if (state.press > 0) stage.canvas.fill(box, theme.primary_tint.faded(state.press), 32 * theme.corner_scale);
  stage.canvas.icon(Icon::lock, 42, {box.x + 36 + 21, box.centre().y}, theme.primary);
  const float room = box.w - row_icon_room - row_arrow_room;
  const float title = stage.height_of(texts.say("choices.title"), Type::name, room);
  float y = box.centre().y - (title + stage.height_of(texts.say("choices.row_line"), Type::small, room)) / 2;
  y += stage.write({box.x + row_icon_room, y, room, 0}, texts.say("choices.title"),
                   {.type = Type::name, .colour = theme.ink, .lines_max = 3});
  stage.write({box.x + row_icon_room, y, room, 0}, texts.say("choices.row_line"),
              {.type = Type::small, .colour = theme.ink_2, .lines_max = 4});
  stage.canvas.icon(Icon::chevron_right, 36, {box.right() - 32 - 18, box.centre().y}, theme.ink_2);
  if (state.acted) stage.want(SeeChoices{});
}

}  // namespace vitrine::kiosk::shopper
