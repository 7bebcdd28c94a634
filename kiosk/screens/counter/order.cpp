// SPDX-License-Identifier: Apache-2.0
// 19, and the picking before it: an order's lines on the left, what is to be done with them on the right.
#include <algorithm>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/order_paper.hpp"
#include "kiosk/screens/counter/order_parts.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"
#include "kiosk/screens/counter/screens.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float side_width = 500;
constexpr float gap = 24;
constexpr float row_height = 112;
constexpr float row_pad = 28;

}  // namespace

void tick_box(Stage& stage, const Box& box, bool ticked) {
  const Theme& theme = stage.theme;
  stage.canvas.fill(box, ticked ? theme.primary : theme.surface, 16 * theme.corner_scale);
  if (!ticked) stage.canvas.outline(box, theme.line_strong, 3, 16 * theme.corner_scale);
  if (ticked) stage.canvas.icon(Icon::check, 30, box.centre(), theme.on_primary);
}

// Tile, name and where it stands, between `left` and `right`.
void draw_goods(Stage& stage, const CounterLine& line, const Box& row, float left, float right) {
  const Theme& theme = stage.theme;
  product_tile(stage, {left, row.centre().y - 36, 72, 72}, line.pictogram, line.tile);
  const float x = left + 72 + 22;
  const float room = right - x;
  const std::string& title = stage.texts.pick(line.title).empty() ? line.sku : stage.texts.pick(line.title);
  const std::string where = place_words(stage, line);
  const bool two = stage.canvas.width_of(Type::desk_label, title) > room;
  // In a hand there is less room beside the tile, and more below.
  const int wheres = stage.in_hand() ? 2 : 1;
  const float below =
      std::min(static_cast<float>(wheres) * stage.line(Type::desk_caption), stage.height_of(where, Type::desk_caption, room));
  const float height = (two ? 2.0F : 1.0F) * stage.line(Type::desk_label) + 4 + below;
  float y = row.centre().y - height / 2;
  y += stage.write({x, y, room, 0}, title, {.type = Type::desk_label, .colour = theme.ink, .lines_max = 2}) + 4;
  stage.write({x, y, room, 0}, where, {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = wheres});
}

// A state that is too long for a chip.
void write_state(Stage& stage, const Box& box, const std::string& words, Colour colour, const std::string& id) {
  const float height = std::min(3 * stage.line(Type::desk_badge), stage.height_of(words, Type::desk_badge, box.w));
  stage.write(
      {box.x, box.centre().y - height / 2, box.w, 0}, words,
      {.role = Role::status, .type = Type::desk_badge, .colour = colour, .align = Align::right, .lines_max = 3, .id = id});
}

void draw_count(Stage& stage, const Model& model, const CounterLine& line, const Box& row) {
  const OrderOnScreen& screen = *model.visit.desk.order;
  Texts& t = stage.texts;
  const std::string id = "line." + std::to_string(line.line);
  const std::int64_t found = found_of(screen, line);
  const float step = stepper_width(stage);
  const StepperWish wish = stepper(stage, {row.x, row.centre().y - stepper_height / 2},
                                   {.id = id,
                                    .units = found + 1,  // its last step leads to none, and takes nothing away
                                    .at_limit = found >= line.waiting,
                                    .keeps_one = true,
                                    .count = t.number(found),
                                    .more = t.say("order.more"),
                                    .fewer = t.say("order.fewer")});
  if (wish == StepperWish::more) stage.want(CounterWish{CountFound{line.line, 1}});
  if (wish == StepperWish::fewer) stage.want(CounterWish{CountFound{line.line, -1}});
  const ButtonSpec spec{.id = id + ".found",
                        .label = found == 0 ? t.say("order.none_there") : t.say("order.found", {{"n", found}}),
                        .kind = found == line.waiting ? ButtonKind::primary : ButtonKind::secondary,
                        .desk = true,
                        .enabled = screen.acting == 0};
  if (button(stage, {row.x + step + 20, row.centre().y - 36, row.w - step - 20, 72}, spec))
    stage.want(CounterWish{LineFound{line.line}});
}

namespace {

void draw_pick_row(Stage& stage, const Model& model, const CounterLine& line, const Box& row, bool mine) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const std::string id = "line." + std::to_string(line.line);
  if (line.waiting <= 0) {
    const bool lacks = line.missing > 0;
    const std::string found = lacks ? line_state_words(stage, line) : t.say("order.found_all", {{"n", line.ordered}});
    const Box inside{row.x, row.y, row.w - row_pad, row.h};
    const float right = inside.right() - decide_width(stage, model, line);
    const float wide = std::min(desk_chip_width(stage, found), row.w * 0.36F);
    draw_goods(stage, line, row, row.x + row_pad, right - wide - 20);
    const Point at{right - wide, row.centre().y - desk_chip_height / 2};
    if (desk_chip_width(stage, found) <= wide) {
      desk_chip(stage, at, lacks ? Icon::error_outline : Icon::check_circle, found, lacks ? theme.warn : theme.ok,
                lacks ? theme.warn_tint : theme.ok_tint);
    } else {
      write_state(stage, {at.x, row.y, wide, row.h}, found, lacks ? theme.warn : theme.ok, id + ".state");
    }
    decide_button(stage, model, line, inside);
    return;
  }
  if (!mine) {
    draw_goods(stage, line, row, row.x + row_pad, row.right() - row_pad);
    return;
  }
  const float wide = 190 + 20 + stepper_width(stage);
  const float right = row.right() - row_pad;
  draw_goods(stage, line, row, row.x + row_pad, right - wide - 20);
  draw_count(stage, model, line, {right - wide, row.y, wide, row.h});
}

void draw_hand_row(Stage& stage, const Model& model, const CounterLine& line, const Box& row) {
  const Theme& theme = stage.theme;
  const OrderOnScreen& screen = *model.visit.desk.order;
  Texts& t = stage.texts;
  const bool ticked = screen.ticked.contains(line.line);
  const std::string units = line.ready > 0      ? t.say("order.count_of", {{"n", ticked ? line.ready : 0}, {"of", line.ready}})
                            : line.customer > 0 ? t.say("order.given")
                                                : t.say("order.not_here");
  const Box inside{row.x, row.y, row.w - row_pad, row.h};
  const float right = inside.right() - decide_width(stage, model, line);
  const std::string state = line_state_words(stage, line);
  const float wide = std::max(stage.canvas.width_of(Type::desk_name, units) + 1,
                              std::min(row.w * 0.24F, stage.canvas.width_of(Type::desk_badge, state) + 1));
  const float left = row.x + row_pad;
  if (line.ready > 0) {
    const std::string& title = stage.texts.pick(line.title).empty() ? line.sku : stage.texts.pick(line.title);
    const Box box{left - 10, row.centre().y - 36, 72, 72};
    TargetSpec target{
        .id = "line." + std::to_string(line.line) + ".tick", .box = box, .label = title, .radius = 20, .value = units};
    target.selected = ticked;
    const bool acted = stage.target(target).acted;
    tick_box(stage, {left, row.centre().y - 26, 52, 52}, ticked);
    if (acted) stage.want(CounterWish{TickLine{line.line}});
  }
  draw_goods(stage, line, row, left + 76, right - wide - 20);
  const std::string count_id = "line." + std::to_string(line.line) + ".count";
  if (state.empty()) {
    stage.write_centred({right - wide, row.y, wide, row.h}, units,
                        {.type = Type::desk_name, .colour = line.ready > 0 ? theme.ink : theme.ink_2, .id = count_id});
    decide_button(stage, model, line, inside);
    return;
  }
  // What there is to hand over, and below it what is missing or was refused.
  const bool counted = line.ready > 0 || line.customer > 0;
  const float units_height = counted ? stage.line(Type::desk_name) : 0;
  const float state_height = std::min(3 * stage.line(Type::desk_badge), stage.height_of(state, Type::desk_badge, wide));
  float y = row.centre().y - (units_height + state_height) / 2;
  if (counted)
    y += stage.write({right - wide, y, wide, 0}, units,
                     {.type = Type::desk_name, .colour = theme.ink, .align = Align::right, .id = count_id});
  write_state(stage, {right - wide, y, wide, state_height}, state, theme.warn, "line." + std::to_string(line.line) + ".state");
  decide_button(stage, model, line, inside);
}

void draw_lines(Stage& stage, const Model& model, const Box& place, bool picking, bool mine) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const OrderOnScreen& screen = *model.visit.desk.order;
  const std::vector<CounterLine>& lines = screen.order->lines;
  const auto all = static_cast<std::int64_t>(
      picking ? lines.size()
              : static_cast<std::size_t>(std::ranges::count_if(lines, [](const CounterLine& l) { return l.ready > 0; })));
  const auto done =
      picking ? static_cast<std::int64_t>(std::ranges::count_if(lines, [](const CounterLine& l) { return l.waiting <= 0; }))
              : static_cast<std::int64_t>(screen.ticked.size());
  card_of(stage, place);
  const ButtonSpec every{.id = "order.tick_all", .label = t.say("order.tick_all"), .kind = ButtonKind::tertiary, .desk = true};
  const bool offers_all = !picking && all > 1 && done < all;
  const float every_width = offers_all ? button_width(stage, every) + 20 : 0;
  const std::string progress = t.say("order.progress", {{"n", done}, {"of", all}});
  const float progress_width = stage.canvas.width_of(Type::desk_label, progress) + 1;
  const float room = place.w - 2 * row_pad - progress_width - 24 - every_width;
  const std::string title = t.say(picking ? "order.fetch" : "order.check");
  stage.write_centred({place.x + row_pad, place.y + 16, room, 72}, title,
                      {.role = Role::heading,
                       .type = stage.fitting({Type::desk_head, Type::desk_label, Type::desk_rail}, title, room),
                       .colour = theme.ink});
  stage.write_centred(
      {place.x + row_pad + room + 24, place.y + 16, progress_width, 72}, progress,
      {.role = Role::status, .type = Type::desk_label, .colour = done == all ? theme.ok : theme.ink_2, .id = "order.progress"});
  if (offers_all && button(stage, {place.right() - row_pad - every_width + 20, place.y + 16, every_width - 20, 72}, every))
    stage.want(CounterWish{TickLine{0}});
  const Box bar{place.x + row_pad, place.y + 98, place.w - 2 * row_pad, 10};
  stage.canvas.fill(bar, theme.sunken, 5);
  if (done > 0 && all > 0)
    stage.canvas.fill({bar.x, bar.y, bar.w * static_cast<float>(done) / static_cast<float>(all), bar.h}, theme.ok, 5);
  const Box list{place.x + 2, place.y + 120, place.w - 4, place.h - 132};
  const float scrolled = stage.begin_list("lines", list);
  float y = list.y - scrolled;
  for (const CounterLine& line : lines) {
    const Box row{place.x, y, place.w, row_height};
    // Out of sight a line is neither drawn nor told: an order may have hundreds.
    if (row.bottom() > list.y - row_height && row.y < list.bottom() + row_height) {
      // What nobody has found, and nobody has decided about yet.
      if (!picking && line.missing > 0 && line.choice.what.empty() && decide_width(stage, model, line) > 0)
        stage.canvas.fill({row.x + 2, row.y, row.w - 4, row.h - 1}, theme.warn_tint);
      picking ? draw_pick_row(stage, model, line, row, mine) : draw_hand_row(stage, model, line, row);
      stage.canvas.fill({row.x + row_pad, row.bottom() - 1, row.w - 2 * row_pad, 2}, theme.line);
    }
    y += row_height;
  }
  stage.end_list(static_cast<float>(lines.size()) * row_height);
}

}  // namespace

void draw_order(Stage& stage, const Model& model) {
  const Box free = draw_desk(stage, model);
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const Desk& desk = model.visit.desk;
  if (round_button(stage, {free.x, free.y + 18}, "back", t.say("top.back"), Icon::arrow_back, true)) stage.want(GoBack{});
  const std::string id = desk.order ? desk.order->id : std::string();
  const bool known = desk.order && desk.order->order.has_value();
  const bool picking = known && desk.order->order->card.step == OrderStep::to_prepare;
  const std::string title = t.say(!known    ? "queue.order"
                                  : picking ? "order.prepare_title"
                                            : "order.title",
                                  {{"order", order_words(id)}});
  stage.tree.announcement = title;
  float right = free.right();
  if (known) {
    const OrderCard& card = desk.order->order->card;
    const bool paid = card.balance_due <= 0;
    const std::string words = paid ? t.say("desk.is_paid") : payment_words(stage, card);
    const float width = stage.in_hand() ? -24.0F : desk_chip_width(stage, words);
    if (!stage.in_hand())
      desk_chip(stage, {right - width, free.y + 44}, paid ? Icon::check_circle : Icon::point_of_sale, words,
                paid ? theme.ok : theme.warn, paid ? theme.ok_tint : theme.warn_tint);
    right -= width + 24;
    if (!stage.in_hand() && !picking && card.step == OrderStep::here && card.arrived_at.value > 0) {
      wait_ring(stage, {right - 38, free.y + 62}, 38, model.now.utc.value - card.arrived_at.value, goal_here_ms, "order.waits");
      right -= 76 + 24;
    }
    if (can_print(model)) {
      ButtonSpec print{
          .id = "order.print", .label = t.say("order.print"), .kind = ButtonKind::tertiary, .icon = Icon::print, .desk = true};
      print.enabled = !model.visit.printing;
      const float wide = button_width(stage, print);
      if (button(stage, {right - wide, free.y + 24, wide, 72}, print))
        stage.want(PrintPaper{order_paper(stage, model, *desk.order->order)});
      right -= wide + 24;
    }
  }
  const float room = right - free.x - 112;
  const float title_height =
      stage.write({free.x + 112, free.y + 20, room, 0}, title,
                  {.role = Role::heading,
                   .type = stage.fitting({Type::desk_title, Type::desk_head, Type::desk_badge}, title, room),
                   .colour = theme.ink,
                   .lines_max = stage.in_hand() ? 3 : 1,
                   .id = "order.title"});
  if (!known) {
    stage.write({free.x + 112, free.y + 68, room, 0}, t.say("sign_in.loading"),
                {.role = Role::status, .type = Type::desk_body, .colour = theme.ink_2});
    return;
  }
  const OrderCard& card = desk.order->order->card;
  std::string line = buyer_words(stage, card);
  if (!card.shelf.empty()) line += " · " + t.say("queue.shelf", {{"place", card.shelf}});
  if (picking && card.promise_at.value > 0)
    line +=
        " · " + t.say("queue.due",
                      {{"time", t.same_day(card.promise_at, model.now.utc) ? t.clock(card.promise_at) : t.day(card.promise_at)}});
  if (card.cancel_asked) line += " · " + t.say("queue.cancel_asked");
  if (stage.in_hand()) line += " · " + payment_words(stage, card);
  const float line_y = free.y + (stage.in_hand() ? 20 + std::max(48.0F, title_height) : 68);
  const float line_height = stage.write({free.x + 112, line_y, room, 0}, line,
                                        {.type = stage.in_hand() ? Type::desk_rail : Type::desk_body,
                                         .colour = card.cancel_asked ? theme.bad : theme.ink_2,
                                         .lines_max = stage.in_hand() ? 3 : 1,
                                         .id = "order.line"});
  const float top = stage.in_hand() ? std::max(free.y + 126, line_y + line_height + 8) : free.y + 126;
  if (stage.in_hand()) return draw_order_in_hand(stage, model, {free.x, top, free.w, free.bottom() - top});
  const Box lines{free.x, top, free.w - side_width - gap, free.bottom() - 24 - top};
  const Box side{free.right() - side_width, top, side_width, lines.h};
  draw_lines(stage, model, lines, picking, picker_on(model) == Picker::me);
  if (desk.order->open_line) return draw_open_line(stage, model, side);
  picking ? draw_picking(stage, model, side) : draw_handing(stage, model, side);
}

}  // namespace vitrine::kiosk::counter
