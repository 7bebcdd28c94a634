// SPDX-License-Identifier: Apache-2.0
// 20: what comes back. First which purchase it is, then what of it, why, and what becomes of the money.
#include <algorithm>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"
#include "kiosk/screens/counter/screens.hpp"
#include "kiosk/screens/counter/take_back_parts.hpp"
#include "kiosk/widgets/field.hpp"
#include "kiosk/widgets/keyboard.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float gap = 24;
constexpr float row_height = 112;
constexpr float count_height = 92;
constexpr float row_pad = 24;
constexpr float title_height = 60;
constexpr std::int64_t day_ms = 86'400'000;

std::string state_words(Stage& stage, const Model& model, const PurchaseLine& line) {
  Texts& t = stage.texts;
  const std::int64_t left = line.bought - line.returned;
  if (left <= 0 || line.barred == Barred::nothing_left) return t.say("back.nothing_left", {{"n", line.bought}});
  if (line.barred == Barred::too_late) return t.say("back.too_late", {{"day", t.day(line.until)}});
  if (line.barred == Barred::not_taken_back) return t.say("back.sold_for_good");
  const auto& units = model.visit.desk.back->units;
  const auto counted = units.find(line.line);
  if (counted != units.end()) return t.say("back.counted", {{"n", counted->second}, {"of", left}});
  return t.say("back.bought", {{"n", left}});
}

void draw_row(Stage& stage, const Model& model, const PurchaseLine& line, const Box& row) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const TakeBackOnScreen& back = *model.visit.desk.back;
  const bool free = !back.sends_at && back.sending == 0;
  const bool able = may_come_back(model.visit.desk, line);
  const auto counted = back.units.find(line.line);
  const bool ticked = counted != back.units.end();
  const std::string id = "back.line." + std::to_string(line.line);
  const std::string& title = t.pick(line.title).empty() ? line.sku : t.pick(line.title);
  const std::string state = state_words(stage, model, line);
  const Box top{row.x, row.y, row.w, row_height};
  if (ticked) stage.canvas.fill(row, theme.primary_tint);
  const float left = row.x + row_pad;
  const Box box{left, top.centre().y - 26, 52, 52};
  if (able) {
    TargetSpec target{.id = id, .box = {left - 10, top.centre().y - 36, 72, 72}, .label = title, .radius = 20, .value = state};
    target.selected = ticked;
    target.enabled = free;
    if (stage.target(target).acted) stage.want(CounterWish{CountBack{line.line, 0}});
  }
  const float corner = 16 * theme.corner_scale;
  stage.canvas.fill(box, ticked ? theme.primary : able ? theme.surface : theme.sunken, corner);
  if (!ticked) stage.canvas.outline(box, able ? theme.line_strong : theme.line, 3, corner);
  if (ticked) stage.canvas.icon(Icon::check, 30, box.centre(), theme.on_primary);
  product_tile(stage, {left + 76, top.centre().y - 36, 72, 72}, line.pictogram, line.tile);
  const std::string money = t.money({line.paid, back.purchase->currency});
  const float wide = stage.canvas.width_of(Type::desk_label, money) + 1;
  const float x = left + 76 + 72 + 20;
  const float room = row.right() - row_pad - wide - 16 - x;
  const Colour ink = able ? theme.ink : theme.ink_2;
  const float height = std::min(2 * stage.line(Type::desk_label), stage.height_of(title, Type::desk_label, room)) +
                       stage.height_of(state, Type::desk_caption, room);
  float y = top.centre().y - height / 2;
  y += stage.write({x, y, room, 0}, title, {.type = Type::desk_label, .colour = ink, .lines_max = 2});
  stage.write({x, y, room, 0}, state,
              {.role = Role::status,
               .type = Type::desk_caption,
               .colour = line.barred == Barred::no || !able ? theme.ink_2 : theme.warn,
               .lines_max = 2,
               .id = id + ".state"});
  stage.write_centred({row.right() - row_pad - wide, top.y, wide, top.h}, money,
                      {.type = Type::desk_label, .colour = ink, .align = Align::right});
  const std::int64_t most = line.bought - line.returned;
  if (!ticked || most < 2) return;
  const float step = stepper_width(stage);
  const std::string how_many = t.say("back.how_many");
  const Box beside{left + 76, top.bottom() - 8, row.right() - row_pad - step - 16 - left - 76, stepper_height};
  stage.write_centred(beside, how_many,
                      {.type = stage.fitting({Type::desk_body, Type::desk_caption}, how_many, beside.w), .colour = theme.ink});
  const StepperWish wish = stepper(stage, {row.right() - row_pad - step, top.bottom() - 8},
                                   {.id = id,
                                    .units = free ? counted->second : 1,  // nothing changes while it is on its way
                                    .at_limit = counted->second >= most || !free,
                                    .keeps_one = true,
                                    .count = t.number(counted->second),
                                    .more = t.say("back.more"),
                                    .fewer = t.say("back.fewer")});
  if (wish == StepperWish::more) stage.want(CounterWish{CountBack{line.line, 1}});
  if (wish == StepperWish::fewer) stage.want(CounterWish{CountBack{line.line, -1}});
}

void draw_lines(Stage& stage, const Model& model, const Box& place) {
  const Theme& theme = stage.theme;
  const TakeBackOnScreen& back = *model.visit.desk.back;
  step_title(stage, {place.x, place.y, place.w, title_height}, 1, !back.units.empty(), stage.texts.say("back.what"), "back.what");
  const auto height_of = [&](const PurchaseLine& line) {
    return row_height + (back.units.contains(line.line) && line.bought - line.returned > 1 ? count_height : 0);
  };
  float all = back.purchase->lines.empty() ? 96.0F : 0.0F;
  for (const PurchaseLine& line : back.purchase->lines) all += height_of(line) + 2;
  const float room = place.h - title_height - 12;
  const Box card{place.x, place.y + title_height + 12, place.w, std::min(room, all + 24)};
  card_of(stage, card);
  if (back.purchase->lines.empty()) {
    stage.write({card.x + row_pad, card.y + 36, card.w - 2 * row_pad, 0}, stage.texts.say("back.nothing"),
                {.role = Role::status, .type = Type::desk_body, .colour = theme.ink_2, .lines_max = 4, .id = "back.nothing"});
    return;
  }
  const Box list{card.x + 2, card.y + 12, card.w - 4, card.h - 24};
  const float scrolled = stage.begin_list("back.lines", list);
  float y = list.y - scrolled;
  for (const PurchaseLine& line : back.purchase->lines) {
    const Box row{list.x, y, list.w, height_of(line)};
    if (row.bottom() > list.y - row_height && row.y < list.bottom() + row_height) {
      draw_row(stage, model, line, row);
      if (&line != &back.purchase->lines.back())
        stage.canvas.fill({row.x + row_pad, row.bottom(), row.w - 2 * row_pad, 2}, theme.line);
    }
    y += row.h + 2;
  }
  stage.end_list(all);
}

std::string failed_words(Stage& stage, const std::string& code) {
  if (auto words = stage.texts.say_if_known("purchase_failed." + code)) return std::move(*words);
  return notice_words(stage, code);
}

void draw_look_up(Stage& stage, const Model& model, const Box& free) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const TakeBackOnScreen& back = *model.visit.desk.back;
  const float keys = back.keyboard ? keyboard_height(stage) : 0;
  const std::string find = t.say(back.looking != 0 ? "sign_in.loading" : "back.find");
  const ButtonSpec spec{.id = "back.find",
                        .label = find,
                        .desk = true,
                        .enabled = back.looking == 0 && !back.name.text.empty(),
                        .main = true,
                        .shortcut = Key::enter};
  const float wide = std::max(200.0F, button_width(stage, spec));
  const Box row{free.x, free.y + 140, free.w, field_height};
  const FieldWish wish = field(stage, {row.x, row.y, row.w - wide - gap, row.h},
                               {.id = "back.name",
                                .label = t.say("back.name"),
                                .typed = back.name.text,
                                .hint = t.say("back.name_hint"),
                                .clear = t.say("back.clear"),
                                .icon = Icon::qr_code_scanner,
                                .active = back.keyboard});
  if (wish == FieldWish::activate) stage.want(ShowKeyboard{true});
  if (wish == FieldWish::clear) stage.want(TypeKey{{KeyTouch::Kind::clear}});
  if (button(stage, {row.right() - wide, row.y + 10, wide, 80}, spec)) stage.want(Submit{});
  const bool failed = !back.failed.empty();
  const std::string words = failed ? failed_words(stage, back.failed) : t.say("back.look_up_line");
  stage.write({row.x + 40, row.bottom() + 16, row.w - 80, 0}, words,
              {.role = failed ? Role::status : Role::text,
               .type = failed ? Type::desk_label : Type::desk_body,
               .colour = failed ? theme.bad : theme.ink_2,
               .lines_max = 2,
               .id = failed ? "back.failed" : "back.hint"});
  if (!back.keyboard) return;
  const Box panel{free.x, free.bottom() - keys, free.w, keys};
  for (const KeyboardWish& key :
       keyboard(stage, panel, back.name, {.id = "key", .enter = t.say("back.find"), .enter_icon = Icon::search})) {
    if (key.kind == KeyboardWish::Kind::touch) stage.want(TypeKey{key.touch});
    if (key.kind == KeyboardWish::Kind::enter) stage.want(Submit{});
    if (key.kind == KeyboardWish::Kind::hide) stage.want(ShowKeyboard{false});
  }
}

std::string purchase_words(Stage& stage, const PurchaseSeen& purchase) {
  Texts& t = stage.texts;
  const char* of_receipt = purchase.right_here ? "back.receipt_line" : "back.receipt_elsewhere_line";
  if (!purchase.by_order) return t.say(of_receipt, {{"day", t.day(purchase.bought_at)}});
  return t.say("back.order_line", {{"order", order_words(purchase.name)}, {"day", t.day(purchase.bought_at)}});
}

// How long the first of what may still come back may.
void draw_days(Stage& stage, const Model& model, const PurchaseSeen& purchase, Point right) {
  std::optional<UtcMs> until;
  for (const PurchaseLine& line : purchase.lines) {
    if (line.barred == Barred::no && (!until || line.until < *until)) until = line.until;
  }
  if (!until) return;
  const std::int64_t days = std::max<std::int64_t>(until->value - model.now.utc.value, 0) / day_ms;
  const std::string words = stage.texts.say("back.days_left", {{"n", days}});
  const float width = desk_chip_width(stage, words);
  const bool soon = days < 3;
  desk_chip(stage, {right.x - width, right.y}, Icon::schedule, words, soon ? stage.theme.warn : stage.theme.ok,
            soon ? stage.theme.warn_tint : stage.theme.ok_tint);
}

}  // namespace

void step_title(Stage& stage, const Box& row, int number, bool done, const std::string& words, const std::string& id) {
  const Theme& theme = stage.theme;
  const Point disc{row.x + 22, row.centre().y};
  stage.canvas.disc(disc, 22, done ? theme.ok : theme.primary);
  if (done) {
    stage.canvas.icon(Icon::check, 30, disc, theme.on_primary);
  } else {
    stage.canvas.text(Type::desk_label, {disc.x, disc.y - stage.line(Type::desk_label) / 2}, theme.on_primary,
                      std::to_string(number), Align::centre);
  }
  const float room = row.w - 60;
  stage.write_centred({row.x + 60, row.y, room, row.h}, words,
                      {.role = Role::heading,
                       .type = stage.fitting({Type::desk_head, Type::desk_label, Type::desk_rail}, words, room),
                       .colour = theme.ink,
                       .id = id + ".title"});
}

void draw_take_back(Stage& stage, const Model& model) {
  const Box free = draw_desk(stage, model);
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  if (round_button(stage, {free.x, free.y + 18}, "back", t.say("top.back"), Icon::arrow_back, true))
    stage.want(model.visit.desk.back && model.visit.desk.back->sends_at ? Intent{CounterWish{UndoBack{}}} : Intent{GoBack{}});
  const std::string store = model.store ? model.store->name : std::string();
  const std::string title = t.say("back.title", {{"store", store}});
  const auto& back = model.visit.desk.back;
  const float room = free.w - 112 - 360;
  stage.write({free.x + 112, free.y + 20, room, 0}, title,
              {.role = Role::heading,
               .type = stage.fitting({Type::desk_title, Type::desk_head, Type::desk_label}, title, room),
               .colour = theme.ink,
               .id = "back.title"});
  stage.tree.announcement = title;
  if (!back) return;
  if (!back->purchase) return draw_look_up(stage, model, free);
  const std::string line = purchase_words(stage, *back->purchase);
  stage.write({free.x + 112, free.y + 68, room, 0}, line,
              {.type = Type::desk_body, .colour = theme.ink_2, .lines_max = 1, .id = "back.purchase"});
  const BackSum sum = sum_of(*back);
  stage.tree.announcement = title + ". " + line + ". " +
                            t.say("back.spoken", {{"n", sum.units}, {"amount", t.money({sum.refund, back->purchase->currency})}});
  const float top = free.y + 126;
  const Box below{free.x, top, free.w, free.bottom() - 24 - top};
  if (back->done) return draw_back_done(stage, model, below);
  draw_days(stage, model, *back->purchase, {free.right(), free.y + 44});
  const float money = 440;
  const float lines = (below.w - money - 2 * gap) * 0.46F;
  draw_lines(stage, model, {below.x, below.y, lines, below.h});
  draw_why(stage, model, {below.x + lines + gap, below.y, below.w - money - lines - 2 * gap, below.h});
  draw_money(stage, model, {below.right() - money, below.y, money, below.h});
}

}  // namespace vitrine::kiosk::counter
