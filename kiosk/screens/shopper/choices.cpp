// SPDX-License-Identifier: Apache-2.0
// What the person agreed to: each purpose as a switch that takes effect at once, with the way back and the receipt below.
#include <algorithm>
#include <vector>

#include "kiosk/screens/shopper/banners.hpp"
#include "kiosk/screens/shopper/calm_screen.hpp"
#include "kiosk/screens/shopper/choice_parts.hpp"
#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float gap = 24;
constexpr float row_gap = 15;  // between two switches, on the smallest screen too
constexpr float inset = 8;     // of a switch in its card
constexpr float buttons_gap = 20;

struct Row {
  std::string purpose;
  bool news = false;
  ToggleSpec spec;
};

std::vector<Row> rows_of(Stage& stage, const Choices& choices) {
  std::vector<Row> rows;
  for (const Choice& one : choices.all) {
    const auto words = purpose_words(stage, one.purpose);
    if (!words) continue;
    rows.push_back({one.purpose,
                    words->news,
                    {"choices." + one.purpose, words->icon, words->title, words->line, is_granted(choices, one.purpose), true}});
  }
  return rows;
}

// What is known and what is sent: two cards, side by side where the screen is wide.
struct Cards {
  std::vector<Row> known, sent;
  bool beside = false;
  float each = 0;  // width
  float row = 136, height = 0;

  [[nodiscard]] float card_height(const std::vector<Row>& rows) const {
    return static_cast<float>(rows.size()) * (row + row_gap) - row_gap + 2 * inset;
  }
};

Cards measure_cards(Stage& stage, const Choices& choices, float width) {
  Cards cards;
  cards.beside = stage.wide();
  cards.each = cards.beside ? (width - gap) / 2 : width;
  for (Row& row : rows_of(stage, choices)) {
    cards.row = std::max(cards.row, toggle_height(stage, cards.each - 2 * inset, row.spec));
    (row.news ? cards.sent : cards.known).push_back(std::move(row));
  }
  const float known = cards.card_height(cards.known), sent = cards.card_height(cards.sent);
  cards.height = cards.beside ? std::max(known, sent) : known + gap + sent;
  return cards;
}

void draw_card(Stage& stage, const Cards& cards, const std::vector<Row>& rows, Point at) {
  card(stage, {at.x, at.y, cards.each, cards.card_height(rows)});
  Box place{at.x + inset, at.y + inset, cards.each - 2 * inset, cards.row};
  for (const Row& row : rows) {
    if (place.y > at.y + inset)
      stage.canvas.fill({place.x + gap, place.y - row_gap / 2 - 1, place.w - 2 * gap, 2}, stage.theme.line);
    if (toggle(stage, place, row.spec)) stage.want(ChooseForMyself{row.purpose, !row.spec.on});
    place.y += cards.row + row_gap;
  }
}

void draw_list(Stage& stage, const Choices& choices, const Box& place) {
  const bool keys = stage.large() || stage.ease.reach;
  const float edge = 14;  // shadows and focus rings
  const Cards cards = measure_cards(stage, choices, place.w - (keys ? scroll_keys_width() : 0));
  const float width = place.w - (keys ? scroll_keys_width() : 0);
  const Box window{place.x - gap, place.y - edge, width + 36, place.h + edge};
  const float y = place.y - stage.begin_list("choices.list", window);
  draw_card(stage, cards, cards.known, {place.x, y});
  draw_card(stage, cards, cards.sent,
            cards.beside ? Point{place.x + cards.each + gap, y} : Point{place.x, y + cards.card_height(cards.known) + gap});
  stage.end_list(edge + cards.height + 10);
  if (keys)
    scroll_keys(stage, {place.x, place.y, place.w, place.h - 8}, "choices.list", std::max(160.0F, place.h - cards.row), {});
}

// Static bars in the final layout, until it is known.
void draw_waiting(Stage& stage, const Box& place) {
  const float row = 136 + row_gap;
  for (float y = place.y; y + row < place.bottom(); y += row)
    stage.canvas.fill({place.x, y, place.w, 136}, stage.theme.sunken, 32 * stage.theme.corner_scale);
  stage.write(
      {place.x, place.centre().y - stage.line(Type::body) / 2, place.w, 0}, stage.texts.say("search.waiting"),
      {.role = Role::status, .type = Type::body, .colour = stage.theme.ink_2, .align = Align::centre, .id = "choices.waiting"});
}

// What is above the reach line cannot be touched: how it stands, in words.
void draw_plain(Stage& stage, const Choices& choices, const Box& place) {
  float y = place.y;
  for (const Choice& one : choices.all) {
    const std::string words = state_words(stage, one.purpose, is_granted(choices, one.purpose));
    const float height = stage.height_of(words, Type::body, place.w);
    if (y + height > place.bottom()) break;
    stage.write({place.x, y, place.w, 0}, words,
                {.type = Type::body, .colour = stage.theme.ink, .lines_max = 3, .personal = true});
    y += height + 8;
  }
}

std::optional<BannerSpec> banner_of(Stage& stage, const Model& model, const Choices& choices) {
  Texts& t = stage.texts;
  if (choices.refused.empty()) return banner_for(stage, model);
  if (choices.refused == "consent_withdrawn")
    return BannerSpec{"choices.refused", BannerKind::info, Icon::sync, t.say("choices.elsewhere"),
                      t.say("choices.elsewhere_line")};
  if (choices.refused == "consent_full")
    return BannerSpec{"choices.refused", BannerKind::warn, Icon::error_outline, t.say("choices.full"),
                      t.say("choices.full_line")};
  return BannerSpec{"choices.refused", BannerKind::warn, Icon::error_outline, t.say("cart.not_saved"),
                    t.say("choices.not_saved_line")};
}

struct Buttons {
  ButtonSpec receipt, cart;
  bool has_receipt = false;
  float height = 0;
};

Buttons measure_buttons(Stage& stage, const Choices& choices, float width) {
  Buttons made{{.id = "choices.receipt",
                .label = stage.texts.say("choices.receipt"),
                .kind = ButtonKind::secondary,
                .icon = Icon::qr_code_2},
               {.id = "choices.cart", .label = stage.texts.say("till.to_cart"), .icon = Icon::shopping_cart, .main = true}};
  made.has_receipt = !choices.receipts.empty();
  const float each = made.has_receipt ? (width - buttons_gap) / 2 : width;
  made.height = std::max(button_height(stage, each, made.cart), made.has_receipt ? button_height(stage, each, made.receipt) : 0);
  return made;
}

void draw_buttons(Stage& stage, const Buttons& buttons, const Box& box) {
  const float each = buttons.has_receipt ? (box.w - buttons_gap) / 2 : box.w;
  if (buttons.has_receipt && button(stage, {box.x, box.y, each, box.h}, buttons.receipt)) stage.want(ShowChoiceReceipt{});
  if (button(stage, {box.right() - each, box.y, each, box.h}, buttons.cart)) stage.want(Navigate{Route::cart});
}

void draw_switches(Stage& stage, const Model& model, const Choices& choices) {
  const Theme& theme = stage.theme;
  const bool wide = stage.wide();
  Surroundings frame(stage, model, {.back = true});
  const Box above = frame.above;
  const Type type = stage.fitting({Type::title, Type::h2, Type::h3}, stage.texts.say("choices.title"), frame.top.w);
  stage.write_centred(frame.top, stage.texts.say("choices.title"),
                      {.role = Role::heading, .type = type, .colour = theme.ink, .id = "choices.title"});
  const float width = above.w - 2 * margin;
  const Buttons buttons = measure_buttons(stage, choices, width);
  const Box foot{margin, above.h - (wide ? 24 : 40) - buttons.height, width, buttons.height};
  Box column{margin, top_height, width, foot.y - (wide ? 16 : gap) - top_height};
  const auto down = [&](float by) { column = {column.x, column.y + by, column.w, column.h - by}; };
  const auto said = banner_of(stage, model, choices);
  if (said) {
    const float height = banner_height(stage, width, *said);
    banner(stage, {column.x, column.y, width, height}, *said);
    down(height + 22);
  } else {
    down(stage.write({column.x, column.y - (wide ? 12 : 0), width, 0}, stage.texts.say("choices.line"),
                     {.type = Type::body_l, .colour = theme.ink_2, .lines_max = 4}) +
         (wide ? 4 : gap));
  }
  if (stage.ease.reach) {
    const float line = stage.reach_line() + 14;
    draw_plain(stage, choices, {column.x, column.y, column.w, line - 20 - column.y});
    down(std::max(0.0F, line - column.y));
  }
  const Box place = column;
  std::optional<NoticeSpec> saved;
  if (choices.chosen) {
    saved = NoticeSpec{.id = "choices.undo",
                       .icon = Icon::check,
                       .words = stage.texts.say(
                           "choices.saved", {{"choice", state_words(stage, choices.chosen->purpose, choices.chosen->granted)}}),
                       .action = stage.texts.say("cart.undo"),
                       .until = choices.chosen->until};
    column.h -= notice_height(stage, place.w, *saved) + 2 * notice_gap;
  }
  // Where there is no room for both, what was saved stands in place of the switches until it cannot be undone any more.
  const bool room = !saved || column.h >= list_height_least;
  if (choices.waiting()) {
    draw_waiting(stage, column);
  } else if (room) {
    draw_list(stage, choices, column);
  }
  if (saved && draw_notice(stage, model, {place.x, place.y, place.w, place.h + notice_gap}, *saved)) stage.want(UndoChoice{});
  draw_buttons(stage, buttons, foot);
  frame.end();
  const auto on = std::ranges::count_if(choices.all, [&](const Choice& one) { return is_granted(choices, one.purpose); });
  stage.tree.announcement_personal = !choices.waiting();
  stage.tree.announcement = choices.waiting()
                                ? stage.texts.say("search.waiting")
                                : stage.texts.say("choices.spoken", {{"n", static_cast<std::int64_t>(on)},
                                                                     {"all", static_cast<std::int64_t>(choices.all.size())}});
}

void draw_failed(Stage& stage, const Model& model, const std::string& code) {
  Texts& t = stage.texts;
  const bool code_again = code == "pass_needed";
  const bool unknown = code == "customer_unknown" || code == "customer_erased";
  CalmSpec spec{.tint = code_again || unknown ? CalmTint::info : CalmTint::warn,
                .tile = code_again || unknown ? 3UL : 1UL,
                .icon = code_again ? Icon::qr_code_scanner
                        : unknown  ? Icon::storefront
                                   : Icon::sync};
  const std::string key = code_again ? "choices.pass_needed" : unknown ? "choices.unknown" : "choices.failed";
  spec.title = t.say(key);
  spec.line = t.say(key + "_line");
  spec.title_id = "choices.failed";
  const WayOn cart{"choices.cart", t.say("till.to_cart"), Icon::shopping_cart, Navigate{Route::cart}};
  spec.main = cart;
  if (code_again) {
    spec.other = cart;
    spec.main = {"choices.scan", t.say("welcome.scan"), Icon::qr_code_scanner, Navigate{Route::scan}};
  } else if (!unknown) {
    spec.other = WayOn{"choices.again", t.say("problem.again"), Icon::replay, SeeChoices{}};
  }
  draw_calm_screen(stage, model, spec);
}

}  // namespace

void draw_choices(Stage& stage, const Model& model) {
  const std::optional<Choices>& choices = model.visit.choices;
  if (!choices) return;
  // Each step is a screen of its own for the ear and the keys.
  if (!choices->failed.empty()) {
    stage.tree.screen += "_failed";
    draw_failed(stage, model, choices->failed);
  } else if (choices->receipt_shown) {
    stage.tree.screen += "_receipt";
    draw_choice_receipt(stage, model, *choices);
  } else {
    if (choices->waiting()) stage.tree.screen += "_waiting";
    draw_switches(stage, model, *choices);
  }
}

}  // namespace vitrine::kiosk::shopper
