// SPDX-License-Identifier: Apache-2.0
// Why, in which condition, what becomes of the money, and what is left to do when it is written down.
#include "kiosk/screens/counter/take_back_parts.hpp"

#include <algorithm>
#include <array>

#include "kiosk/screens/counter/customer_parts.hpp"
#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"
#include "kiosk/widgets/qr.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = 28;
constexpr float gap = 16;
constexpr float title_height = 60;
constexpr float plate_height = 72;
constexpr std::array<const char*, 3> overrules = {"goodwill", "guarantee", "our_mistake"};

// A retailer's own word is shown as it is, with spaces.
std::string words_of(Stage& stage, const char* kind, const std::string& word) {
  if (auto known = stage.texts.say_if_known(std::string(kind) + word)) return std::move(*known);
  std::string plain = word;
  std::ranges::replace(plain, '_', ' ');
  return plain;
}

struct Plates {
  const char* kind;  // what its words' keys begin with
  std::vector<std::string> words;
  const std::string* chosen = nullptr;
  std::size_t columns = 2;
};

float plates_height(const Stage& stage, const Plates& plates) {
  const std::size_t rows = (plates.words.size() + plates.columns - 1) / plates.columns;
  return stage.line(Type::desk_label) + 14 + static_cast<float>(rows) * (plate_height + gap);
}

// Draws them from the top of the place; answers which one was pressed.
std::optional<std::string> draw_plates(Stage& stage, const Plates& plates, const std::string& title, const Box& place,
                                       bool enabled) {
  std::optional<std::string> pressed;
  stage.write({place.x, place.y, place.w, 0}, title, {.type = Type::desk_label, .colour = stage.theme.ink});
  const float top = place.y + stage.line(Type::desk_label) + 14;
  const auto columns = static_cast<float>(plates.columns);
  const float wide = (place.w - (columns - 1) * gap) / columns;
  for (std::size_t i = 0; i < plates.words.size(); ++i) {
    const std::size_t row = i / plates.columns;
    const Box box{place.x + static_cast<float>(i % plates.columns) * (wide + gap),
                  top + static_cast<float>(row) * (plate_height + gap), wide, plate_height};
    const std::string& word = plates.words[i];
    if (plate(stage, box, std::string(plates.kind) + word, words_of(stage, plates.kind, word), word == *plates.chosen, enabled))
      pressed = word;
  }
  return pressed;
}

// Where the goods go, in a sentence.
float draw_goods(Stage& stage, const TakeBackOnScreen& back, const Box& place) {
  const Theme& theme = stage.theme;
  const auto& all = back.purchase->conditions;
  const auto chosen = std::ranges::find(all, back.condition, &ReturnCondition::name);
  if (chosen == all.end()) return 0;
  const std::string title = stage.texts.say(chosen->restock ? "back.to_shelf" : "back.written_off");
  const std::string line = stage.texts.say(chosen->restock ? "back.to_shelf_line" : "back.written_off_line");
  const float room = place.w - 72 - 20;
  const float height = 32 + stage.height_of(title, Type::desk_label, room) + stage.height_of(line, Type::desk_caption, room);
  const Box box{place.x, place.y, place.w, height};
  stage.canvas.fill(box, chosen->restock ? theme.ok_tint : theme.warn_tint, 20 * theme.corner_scale);
  stage.canvas.icon(Icon::inventory_2, 30, {box.x + 36, box.centre().y}, chosen->restock ? theme.ok : theme.warn);
  float y = box.y + 16;
  y += stage.write({box.x + 72, y, room, 0}, title,
                   {.role = Role::status, .type = Type::desk_label, .colour = theme.ink, .lines_max = 2, .id = "back.goods"});
  stage.write({box.x + 72, y, room, 0}, line, {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 3});
  return height;
}

float sum_row(Stage& stage, const Box& row, const std::string& words, const std::string& amount, const char* id) {
  const float wide = stage.canvas.width_of(Type::desk_label, amount) + 1;
  const float room = row.w - wide - 16;
  const float used = stage.write({row.x, row.y, room, 0}, words,
                                 {.type = Type::desk_body, .colour = stage.theme.ink_2, .lines_max = 3, .id = id});
  stage.write({row.right() - wide, row.y, wide, 0}, amount,
              {.type = Type::desk_label, .colour = stage.theme.ink, .align = Align::right});
  return std::max(used, stage.line(Type::desk_label)) + 8;
}

struct Outcome {
  std::string words;
  std::int64_t amount = 0;
  std::string line;
};

// What is left between shop and buyer, as the large figure says it.
Outcome outcome_of(Stage& stage, const PurchaseSeen& purchase, const BackSum& sum, bool swapping) {
  Texts& t = stage.texts;
  if (purchase.questioned) return {t.say("back.refund"), 0, t.say("back.refund_held")};
  const bool elsewhere = !purchase.by_order && !purchase.right_here;
  const char* by = purchase.by_order ? "back.by_hub_line" : elsewhere ? "back.by_till_later_line" : "back.by_till_line";
  if (!swapping) return {t.say("back.refund"), sum.refund, t.say(by)};
  // The money of an order goes back by itself: what leaves instead is paid for in full.
  const std::int64_t due = sum.goods - (purchase.by_order ? 0 : sum.refund);
  if (due == 0) return {t.say("back.even"), 0, t.say("back.even_line")};
  if (due < 0) return {t.say("back.give_back"), -due, t.say("back.by_till_line")};
  return {t.say("back.to_pay"), due, t.say(purchase.by_order ? "back.to_pay_order_line" : "back.to_pay_line")};
}

// Goods that leave for it.
void draw_swap(Stage& stage, const TakeBackOnScreen& back, const Box& place, bool free) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  if (back.swap.empty()) {
    stage.write({place.x, place.y, place.w, 0}, t.say("back.swap_scan"),
                {.role = Role::status, .type = Type::desk_body, .colour = theme.ink_2, .lines_max = 3, .id = "back.swap_scan"});
    return;
  }
  constexpr float row_height = 88;
  const float scrolled = stage.begin_list("back.swap", place);
  float y = place.y - scrolled;
  for (const SwapLine& one : back.swap) {
    const Box row{place.x, y, place.w, row_height};
    const std::string& title = t.pick(one.product.title).empty() ? one.product.sku.text : t.pick(one.product.title);
    const float room = row.w - 72 - 16;
    const std::string line =
        t.say("back.swap_line",
              {{"n", one.units},
               {"amount", t.money({one.product.price ? one.product.price->minor * one.units : 0, back.purchase->currency})}});
    float text = row.y + 6;
    text += stage.write({row.x, text, room, 0}, title, {.type = Type::desk_label, .colour = theme.ink, .lines_max = 2});
    stage.write({row.x, text, room, 0}, line, {.type = Type::desk_caption, .colour = theme.ink_2});
    const Box drop{row.right() - 72, row.y + 8, 72, 72};
    TargetSpec target{.id = "back.swap." + one.product.sku.text,
                      .box = drop,
                      .label = t.say("back.swap_drop", {{"product", title}}),
                      .radius = 36};
    target.enabled = free;
    const TargetState state = stage.target(target);
    stage.canvas.disc(drop.centre(), 36, theme.line_strong);
    stage.canvas.disc(drop.centre(), 34, mix(theme.surface, theme.primary_tint, static_cast<double>(state.press)));
    stage.canvas.icon(Icon::close, 30, drop.centre(), theme.ink);
    if (state.acted) stage.want(CounterWish{DropSwap{one.product.sku.text}});
    y += row_height;
  }
  stage.end_list(static_cast<float>(back.swap.size()) * row_height);
}

const char* missing_of(const TakeBackOnScreen& back) {
  if (back.units.empty()) return "back.tick_first";
  if (back.reason.empty()) return "back.reason_first";
  if (back.condition.empty()) return "back.condition_first";
  if (needs_overrule(back) && back.overrule.empty()) return "back.overrule_first";
  return "back.swap_first";
}

// Confirmed: a few seconds in which it can be undone, then it is written down.
void draw_confirm(Stage& stage, const Model& model, const Box& place) {
  Texts& t = stage.texts;
  const TakeBackOnScreen& back = *model.visit.desk.back;
  const bool complete = is_complete(back);
  if (back.sends_at) {
    const UndoWish wish = undo_or_now(stage, place, "back", back.sends_at->value - model.now.mono.value);
    if (wish == UndoWish::undo) stage.want(CounterWish{UndoBack{}});
    if (wish == UndoWish::now) stage.want(CounterWish{ConfirmBack{}});
    return;
  }
  const std::int64_t refund = back.swapping ? 0 : sum_of(back).refund;
  const std::string ready =
      refund > 0 ? t.say("back.confirm_refund", {{"amount", t.money({refund, back.purchase->currency})}}) : t.say("back.confirm");
  const ButtonSpec spec{.id = "back.confirm",
                        .label = back.sending != 0 ? t.say("sign_in.loading")
                                 : complete        ? ready
                                                   : t.say(missing_of(back)),
                        .icon = complete && back.sending == 0 ? Icon::check : Icon::none,
                        .desk = true,
                        .enabled = complete && back.sending == 0,
                        .main = true,
                        .shortcut = Key::enter};
  if (button(stage, {place.x, place.bottom() - 80, place.w, 80}, spec)) stage.want(CounterWish{ConfirmBack{}});
}

}  // namespace

void draw_why(Stage& stage, const Model& model, const Box& place) {
  Texts& t = stage.texts;
  const TakeBackOnScreen& back = *model.visit.desk.back;
  const bool free = !back.sends_at && back.sending == 0;
  const bool overrule = needs_overrule(back);
  const bool done = !back.reason.empty() && !back.condition.empty() && (!overrule || !back.overrule.empty());
  step_title(stage, {place.x, place.y, place.w, title_height}, 2, done, t.say("back.why"), "back.why");
  const Plates reasons{"return_reason.", back.purchase->reasons, &back.reason, 2};
  Plates conditions{"return_condition.", {}, &back.condition, 3};
  for (const ReturnCondition& one : back.purchase->conditions) conditions.words.push_back(one.name);
  const Plates why{"return_overrule.", {overrules.begin(), overrules.end()}, &back.overrule, 3};
  const float all = (overrule ? plates_height(stage, why) + 12 : 0) + plates_height(stage, reasons) + 12 +
                    plates_height(stage, conditions) + 130;
  const Box card{place.x, place.y + title_height + 12, place.w, std::min(place.h - title_height - 12, all + 2 * pad)};
  card_of(stage, card);
  const Box list{card.x + pad - 12, card.y + pad, card.w - 2 * pad + 24, card.h - 2 * pad};
  const float scrolled = stage.begin_list("back.why", list);
  Box at{card.x + pad, list.y - scrolled, card.w - 2 * pad, 0};
  if (overrule) {
    if (const auto word = draw_plates(stage, why, t.say("back.overrule"), at, free))
      stage.want(CounterWish{ChooseOverrule{*word}});
    at.y += plates_height(stage, why) + 12;
  }
  if (const auto word = draw_plates(stage, reasons, t.say("back.reason"), at, free)) stage.want(CounterWish{ChooseReason{*word}});
  at.y += plates_height(stage, reasons) + 12;
  if (const auto word = draw_plates(stage, conditions, t.say("back.condition"), at, free))
    stage.want(CounterWish{ChooseCondition{*word}});
  at.y += plates_height(stage, conditions);
  draw_goods(stage, back, at);
  stage.end_list(all);
}

void draw_money(Stage& stage, const Model& model, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const TakeBackOnScreen& back = *model.visit.desk.back;
  const PurchaseSeen& purchase = *back.purchase;
  const bool free = !back.sends_at && back.sending == 0;
  const BackSum sum = sum_of(back);
  step_title(stage, {place.x, place.y, place.w, title_height}, 3, is_complete(back), t.say("back.money"), "back.money");
  const float buttons = back.sends_at ? 2 * 80 + gap : 80;
  const Box card{place.x, place.y + title_height + 12, place.w, place.h - title_height - 12 - buttons - 20};
  card_of(stage, card);
  const float inner = card.w - 2 * pad;
  float y = card.y + pad;
  if (plate(stage, {card.x + pad, y, inner, plate_height}, "back.money_back",
            t.say(purchase.by_order ? "back.by_hub" : "back.by_till"), !back.swapping, free) &&
      back.swapping)
    stage.want(CounterWish{SwapInstead{false}});
  y += plate_height + gap;
  if (plate(stage, {card.x + pad, y, inner, plate_height}, "back.swapping", t.say("back.swap"), back.swapping,
            free && (purchase.by_order || purchase.right_here)) &&
      !back.swapping)
    stage.want(CounterWish{SwapInstead{true}});
  y += plate_height + gap;
  const Outcome outcome = outcome_of(stage, purchase, sum, back.swapping);
  const std::string figure = t.money({outcome.amount, purchase.currency});
  const std::string units = t.say("back.units", {{"n", sum.units}});
  // The figures stand at the lower edge; what leaves instead has the room between.
  const float figure_wide = stage.canvas.width_of(Type::desk_title, figure) + 1;
  const float words_room = inner - figure_wide - 16;
  const float figures = 8 + stage.line(Type::desk_label) + 8 + (back.swapping ? stage.line(Type::desk_label) + 8 : 0) +
                        std::max(stage.line(Type::desk_title), stage.height_of(outcome.words, Type::desk_label, words_room)) + 4 +
                        stage.height_of(outcome.line, Type::desk_caption, inner);
  const float low = card.bottom() - pad - figures;
  if (back.swapping) draw_swap(stage, back, {card.x + pad, y, inner, low - y - 12}, free);
  stage.canvas.fill({card.x + pad, low - 8, inner, 2}, theme.line);
  y = low + 8;
  y += sum_row(stage, {card.x + pad, y, inner, 0}, units, t.money({sum.refund, purchase.currency}), "back.units");
  if (back.swapping)
    y += sum_row(stage, {card.x + pad, y, inner, 0}, t.say("back.goods_out"), t.money({sum.goods, purchase.currency}),
                 "back.goods_out");
  stage.write({card.x + pad, y, words_room, 0}, outcome.words,
              {.type = Type::desk_label, .colour = theme.ink, .lines_max = 2, .id = "back.outcome"});
  stage.write({card.right() - pad - figure_wide, y, figure_wide, 0}, figure,
              {.role = Role::status, .type = Type::desk_title, .colour = theme.ink, .align = Align::right, .id = "back.amount"});
  y += std::max(stage.line(Type::desk_title), stage.height_of(outcome.words, Type::desk_label, words_room)) + 4;
  stage.write({card.x + pad, y, inner, 0}, outcome.line, {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 4});
  draw_confirm(stage, model, {place.x, place.bottom() - buttons, place.w, buttons});
}

namespace {

const char* state_key(const Model& model, ReturnState state) {
  if (state == ReturnState::pending) return is_cut_off(model) ? "back.done_pending_offline" : "back.done_pending";
  return state == ReturnState::denied ? "back.done_denied" : "back.done_questioned";
}

}  // namespace

void draw_back_done(Stage& stage, const Model& model, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const ReturnDone& done = *model.visit.desk.back->done;
  // Of a receipt the till waits for the hub's word; what leaves for an order's goods is paid for in any case.
  const bool held = !done.by_hub && done.state != ReturnState::settled;
  const bool owed = !done.ticket.empty() && !done.settled && done.to_pay != 0 && !held;
  const Box card{place.x, place.y, place.w, std::min(place.h - 80 - 20, 420.0F)};
  card_of(stage, card);
  const QrModules code = owed ? make_qr(done.qr) : QrModules{};
  const float side = owed && code.size > 0 ? 300.0F : 0.0F;
  const float x = card.x + 48 + (side > 0 ? side + 48 : 0);
  const float room = card.right() - 48 - x;
  if (side > 0) qr_tile(stage, {card.x + 48, card.y + 48, side, side}, code, "back.qr", t.say("back.qr"));
  float y = card.y + 48;
  const auto say = [&](const std::string& words, Type type, Colour colour, const char* id, Role role = Role::status) {
    y += stage.write({x, y, room, 0}, words, {.role = role, .type = type, .colour = colour, .lines_max = 4, .id = id}) + 12;
  };
  say(t.say("back.done"), Type::desk_title, theme.ink, "back.done", Role::heading);
  const auto money = [&](std::int64_t minor) { return t.money({minor, done.currency}); };
  if (done.by_hub)
    say(done.refund > 0 ? t.say("back.done_hub", {{"amount", money(done.refund)}}) : t.say("back.done_nothing"), Type::desk_head,
        theme.ink, "back.done_money");
  if (owed)
    say(done.to_pay > 0 ? t.say("back.done_pay", {{"amount", money(done.to_pay)}})
                        : t.say("back.done_give", {{"amount", money(-done.to_pay)}}),
        Type::desk_head, theme.ink, "back.done_till");
  if (owed) say(t.say("back.done_code", {{"code", done.code}}), Type::desk_head, theme.ink, "back.done_code");
  if (!done.ticket.empty() && !owed && !held) say(t.say("back.done_settled"), Type::desk_head, theme.ok, "back.done_settled");
  if (!done.by_hub && done.ticket.empty()) say(t.say("back.done_nothing"), Type::desk_head, theme.ink, "back.done_money");
  if (done.state != ReturnState::settled) {
    const std::string words = t.say(state_key(model, done.state));
    const float height = stage.height_of(words, Type::desk_body, room - 92) + 40;
    stage.canvas.fill({x, y + 8, room, height}, theme.warn_tint, 20 * theme.corner_scale);
    stage.canvas.icon(Icon::error_outline, 30, {x + 36, y + 8 + height / 2}, theme.warn);
    stage.write({x + 72, y + 28, room - 92, 0}, words,
                {.role = Role::status, .type = Type::desk_body, .colour = theme.ink, .lines_max = 5, .id = "back.done_state"});
  }
  const ButtonSpec next{.id = "back.next", .label = t.say("back.next"), .kind = ButtonKind::secondary, .desk = true};
  const ButtonSpec queue{
      .id = "back.queue", .label = t.say("back.queue"), .icon = Icon::inbox, .desk = true, .main = true, .shortcut = Key::enter};
  const float half = (place.w - 24) / 2;
  if (button(stage, {place.x, place.bottom() - 80, half, 80}, next)) stage.want(CounterWish{OpenTakeBack{}});
  if (button(stage, {place.x + half + 24, place.bottom() - 80, half, 80}, queue)) stage.want(Navigate{Route::queue});
}

}  // namespace vitrine::kiosk::counter
