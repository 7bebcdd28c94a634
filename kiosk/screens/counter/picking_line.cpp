// SPDX-License-Identifier: Apache-2.0
// The line of the pick list that was taken: where it stands, which product it is, how many, and what came of it.
#include <algorithm>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/picking_parts.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"
#include "kiosk/screens/counter/stock_parts.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = 24;
constexpr float gap = 16;

// Whether it is the right product, as the scanner says; returns the height used.
float draw_scan(Stage& stage, const PickOnScreen& pick, const CounterLine& line, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const bool wrong = pick.wrong.has_value();
  const std::string words =
      wrong ? t.say("pick.wrong", {{"title", title_of(stage, *pick.wrong)}, {"other", pick.wrong->sku.text}, {"sku", line.sku}})
            : t.say(pick.scanned ? "pick.right" : "pick.scan");
  const Colour ink = wrong ? theme.bad : pick.scanned ? theme.ok : theme.info;
  const float room = place.w - 72 - 20;
  const float text = stage.height_of(words, Type::desk_label, room);
  const Box box{place.x, place.y, place.w, std::max(72.0F, text + 28)};
  stage.canvas.fill(box, wrong ? theme.bad_tint : pick.scanned ? theme.ok_tint : theme.info_tint, 20 * theme.corner_scale);
  stage.canvas.icon(wrong          ? Icon::error_outline
                    : pick.scanned ? Icon::check_circle
                                   : Icon::qr_code_scanner,
                    30, {box.x + 36, box.centre().y}, ink);
  stage.write({box.x + 72, box.centre().y - text / 2, room, 0}, words,
              {.role = Role::status, .type = Type::desk_label, .colour = ink, .lines_max = 8, .id = "picked.scan"});
  return box.h;
}

}  // namespace

void draw_pick_line(Stage& stage, const Model& model, const PickLine& line, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const PickOnScreen& pick = *model.visit.desk.pick;
  const bool free = pick.acting == 0;
  card_of(stage, place);
  const float x = place.x + pad;
  const float inner = place.w - 2 * pad;
  // What finishes it stands below, where a thumb is.
  const float half = (inner - gap) / 2;
  const ButtonSpec none{
      .id = "picked.none", .label = t.say("pick.not_there"), .kind = ButtonKind::tertiary, .desk = true, .enabled = free};
  const ButtonSpec back{
      .id = "picked.put_back", .label = t.say("picking.stop"), .kind = ButtonKind::tertiary, .desk = true, .enabled = free};
  const float beside = std::max(button_height(stage, half, none), button_height(stage, half, back));
  const std::int64_t missing = line.line.waiting - pick.found;
  std::string label = pick.found == 0 ? t.say("order.none_there") : t.say("order.found", {{"n", pick.found}});
  if (missing > 0 && pick.found > 0) label += " · " + t.say("order.missing", {{"n", missing}});
  const ButtonSpec found{.id = "picked.found",
                         .label = free ? label : t.say("sign_in.loading"),
                         .kind = pick.scanned ? ButtonKind::primary : ButtonKind::secondary,
                         .icon = free ? Icon::check : Icon::none,
                         .desk = true,
                         .enabled = free,
                         .main = true,
                         .shortcut = Key::enter};
  const float finish = std::max(80.0F, button_height(stage, inner, found));
  float low = place.bottom() - pad - beside;
  if (button(stage, {x, low, half, beside}, back)) stage.want(CounterWish{PutBackPick{}});
  if (button(stage, {x + half + gap, low, half, beside}, none)) stage.want(CounterWish{FinishPick{true}});
  low -= gap + finish;
  if (button(stage, {x, low, inner, finish}, found)) stage.want(CounterWish{FinishPick{}});
  low -= gap + stepper_height;
  const float step = stepper_width(stage);
  const std::string how_many = t.say("pick.how_many", {{"n", line.line.waiting}});
  const float beside_step = inner - step - 16;
  const float words = stage.height_of(how_many, Type::desk_label, beside_step);
  stage.write({x, low + (stepper_height - words) / 2, beside_step, 0}, how_many,
              {.type = Type::desk_label, .colour = theme.ink, .lines_max = 3, .id = "picked.how_many"});
  const StepperWish wish = stepper(stage, {x + inner - step, low},
                                   {.id = "picked.units",
                                    .units = free ? pick.found + 1 : 1,  // its last step leads to none
                                    .at_limit = pick.found >= line.line.waiting || !free,
                                    .keeps_one = true,
                                    .count = t.number(pick.found),
                                    .more = t.say("order.more"),
                                    .fewer = t.say("order.fewer")});
  if (wish == StepperWish::more) stage.want(CounterWish{CountPick{1}});
  if (wish == StepperWish::fewer) stage.want(CounterWish{CountPick{-1}});
  const Box list{x - 8, place.y + 12, inner + 16, low - gap - place.y - 12};
  const float scrolled = stage.begin_list("picked", list);
  float y = list.y + 8 - scrolled;
  const std::string where = aisle_words(stage, line.line);
  const bool in_hand = stage.in_hand();  // where and how many stand on top of the screen
  if (!in_hand)
    y += stage.write({x, y, inner, 0}, where,
                     {.role = Role::heading,
                      .type = stage.fitting({Type::desk_figure, Type::desk_title, Type::desk_head}, where, inner),
                      .colour = theme.primary,
                      .lines_max = 2,
                      .id = "picked.where"}) +
         gap;
  if (in_hand) y += draw_scan(stage, pick, line.line, {x, y, inner, 0}) + gap;
  const std::string& title = t.pick(line.line.title).empty() ? line.line.sku : t.pick(line.line.title);
  const float room = inner - 108 - 20;
  product_tile(stage, {x, y, 108, 108}, line.line.pictogram, line.line.tile);
  float beside_tile = y;
  beside_tile += stage.write({x + 128, beside_tile, room, 0}, title,
                             {.type = Type::desk_name, .colour = theme.ink, .lines_max = 9, .id = "picked.title"}) +
                 4;
  beside_tile += stage.write({x + 128, beside_tile, room, 0}, t.say("order.item", {{"sku", line.line.sku}}),
                             {.type = Type::desk_body, .colour = theme.ink_2, .lines_max = 2});
  y = std::max(y + 108, beside_tile) + gap;
  if (!in_hand) {
    y += stage.write({x, y, inner, 0}, pick_words(stage, model, line),
                     {.type = Type::desk_body, .colour = theme.ink, .lines_max = 4, .id = "picked.for"}) +
         gap;
    y += draw_scan(stage, pick, line.line, {x, y, inner, 0}) + 8;
  }
  stage.end_list(y + scrolled - list.y);
  stage.tree.announcement = where + ". " + title + ". " + how_many;
}

}  // namespace vitrine::kiosk::counter
