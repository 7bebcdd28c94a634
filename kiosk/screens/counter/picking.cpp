// SPDX-License-Identifier: Apache-2.0
// What is to be fetched for all open orders, on one way through the shop, or order by order. Who takes a line has it alone. On a
// screen that is held the line that was taken has the screen; on a desk it stands beside the list.
#include "kiosk/screens/counter/picking_parts.hpp"

#include <algorithm>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/order_paper.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"
#include "kiosk/screens/counter/screens.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float gap = 24;
constexpr float row_pad = 16;
constexpr float row_gap = 12;
constexpr float side_width = 560;

std::string id_of(const PickLine& line, const char* what) {
  return "pick." + line.order + "." + std::to_string(line.line.line) + what;
}

// A line, and who has it; returns the height used.
float draw_row(Stage& stage, const Model& model, const PickLine& line, const Box& at, bool first, bool hidden) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const PickOnScreen& pick = *model.visit.desk.pick;
  const bool mine = is_mine(model, line.line);
  const std::string taker = mine ? std::string() : taker_of(model, line.line);
  const std::string& title = t.pick(line.line.title).empty() ? line.line.sku : t.pick(line.line.title);
  const ButtonSpec take{.id = id_of(line, mine ? ".open" : ".take"),
                        .label = t.say(mine ? "queue.go_on" : "pick.take"),
                        .kind = mine ? ButtonKind::primary : ButtonKind::secondary,
                        .desk = true,
                        .enabled = pick.acting == 0,
                        .main = first,
                        .spoken = t.say(mine ? "queue.go_on" : "pick.take") + ": " + title,
                        .shortcut = first ? std::optional(Key::enter) : std::nullopt};
  const float wide = taker.empty() ? std::max(112.0F, button_width(stage, take)) : 0;
  const float room = at.w - 2 * row_pad - 64 - 16 - (wide > 0 ? wide + 16 : 0);
  const std::string where = aisle_words(stage, line.line) + " · " + t.say("order.item", {{"sku", line.line.sku}});
  const std::string what = pick_words(stage, model, line);
  const std::string has = taker.empty() ? std::string() : t.say("pick.has", {{"name", taker}});
  const float words = stage.height_of(title, Type::desk_label, room) + stage.height_of(where, Type::desk_caption, room) +
                      stage.height_of(what, Type::desk_caption, room) +
                      (has.empty() ? 0 : stage.height_of(has, Type::desk_badge, room));
  const float height = std::max(wide > 0 ? 100.0F : 88.0F, words + 2 * row_pad);
  if (hidden) return height;
  const bool open = pick.order == line.order && pick.line == line.line.line;
  stage.canvas.fill({at.x, at.y, at.w, height}, open ? theme.primary_tint : theme.surface, 20 * theme.corner_scale);
  product_tile(stage, {at.x + row_pad, at.y + height / 2 - 32, 64, 64}, line.line.pictogram, line.line.tile);
  const float x = at.x + row_pad + 64 + 16;
  float y = at.y + (height - words) / 2;
  y += stage.write({x, y, room, 0}, title,
                   {.type = Type::desk_label, .colour = theme.ink, .lines_max = 9, .id = id_of(line, ".title")});
  y += stage.write({x, y, room, 0}, where, {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 4});
  y += stage.write({x, y, room, 0}, what, {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 4});
  if (!has.empty())
    stage.write(
        {x, y, room, 0}, has,
        {.role = Role::status, .type = Type::desk_badge, .colour = theme.info, .lines_max = 3, .id = id_of(line, ".has")});
  if (wide > 0 && button(stage, {at.right() - row_pad - wide, at.y + height / 2 - 36, wide, 72}, take))
    stage.want(CounterWish{TakePick{line.order, line.line.line}});
  return height;
}

// Its name, and for an order the way to it; returns the height used.
float draw_group(Stage& stage, const Model& model, const PickLine& first, const Box& at) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const bool by_order = model.visit.desk.pick->by_order;
  const std::string title = by_order                   ? t.say("queue.order", {{"order", order_words(first.order)}})
                            : first.line.aisle.empty() ? t.say("pick.nowhere")
                                                       : t.say("pick.aisle", {{"aisle", first.line.aisle}});
  const ButtonSpec open{.id = "pick." + first.order + ".order",
                        .label = t.say("queue.open"),
                        .kind = ButtonKind::tertiary,
                        .desk = true,
                        .spoken = t.say("queue.open_order", {{"order", order_words(first.order)}})};
  const float wide = by_order ? std::max(104.0F, button_width(stage, open)) : 0;
  const float height = by_order ? 88.0F : 56.0F;
  const float room = at.w - (wide > 0 ? wide + 16 : 0);
  stage.write_centred(
      {at.x, at.y, room, height}, title,
      {.role = Role::heading, .type = stage.fitting({Type::desk_head, Type::desk_label}, title, room), .colour = theme.ink});
  if (wide > 0 && button(stage, {at.right() - wide, at.y + 8, wide, 72}, open)) stage.want(CounterWish{TakePick{first.order, 0}});
  return height;
}

void draw_list(Stage& stage, const Model& model, const std::vector<const PickLine*>& lines, const Box& place) {
  const Desk& desk = model.visit.desk;
  const bool by_order = desk.pick->by_order;
  if (lines.empty()) {
    const std::string words = stage.texts.say(desk.picking_known ? "pick.none" : "sign_in.loading");
    const float height = stage.height_of(words, Type::desk_body, place.w - 40);
    stage.canvas.fill({place.x, place.y, place.w, height + 64}, stage.theme.sunken, 24 * stage.theme.corner_scale);
    stage.write({place.x + 20, place.y + 32, place.w - 40, 0}, words,
                {.role = Role::status,
                 .type = Type::desk_body,
                 .colour = stage.theme.ink_2,
                 .align = Align::centre,
                 .lines_max = 4,
                 .id = "pick.empty"});
    return;
  }
  // Enter goes on with what is mine, else takes what is next on the way.
  const auto mine = std::ranges::find_if(lines, [&](const PickLine* line) { return is_mine(model, line->line); });
  const auto free = std::ranges::find_if(lines, [&](const PickLine* line) { return taker_of(model, line->line).empty(); });
  const PickLine* next = mine != lines.end() ? *mine : free != lines.end() ? *free : nullptr;
  if (!desk.pick->order.empty()) next = nullptr;  // the open line has it
  const Box frame{place.x - 6, place.y, place.w + 12, place.h};
  const float scrolled = stage.begin_list("pick.list", frame);
  float y = place.y + 4 - scrolled;
  const PickLine* before = nullptr;
  for (const PickLine* line : lines) {
    const bool same = before != nullptr && (by_order ? before->order == line->order : before->line.aisle == line->line.aisle);
    if (!same) y += draw_group(stage, model, *line, {place.x, y, place.w, 0}) + 4;
    before = line;
    // Far out of sight a line is neither drawn nor told.
    const bool hidden = y > frame.bottom() + 400 || y < frame.y - 600;
    y += draw_row(stage, model, *line, {place.x, y, place.w, 0}, line == next, hidden) + row_gap;
  }
  stage.end_list(y + scrolled - place.y + 8);
}

std::vector<const PickLine*> lines_of(const Desk& desk) {
  std::vector<const PickLine*> lines;
  for (const PickLine& line : desk.picking) {
    if (line.line.waiting > 0) lines.push_back(&line);
  }
  if (!desk.pick->by_order) return lines;
  // Orders as they come first on the way; within one, its way.
  std::vector<std::string> orders;
  for (const PickLine* line : lines) {
    if (std::ranges::find(orders, line->order) == orders.end()) orders.push_back(line->order);
  }
  std::ranges::stable_sort(lines, {},
                           [&](const PickLine* line) { return std::ranges::find(orders, line->order) - orders.begin(); });
  return lines;
}

}  // namespace

std::string aisle_words(Stage& stage, const CounterLine& line) {
  return line.aisle.empty() ? stage.texts.say("pick.nowhere")
                            : stage.texts.say("order.aisle", {{"aisle", line.aisle}, {"bay", line.bay}});
}

std::string pick_words(Stage& stage, const Model& model, const PickLine& line) {
  Texts& t = stage.texts;
  std::string words = t.say("pick.for_order", {{"n", line.line.waiting}, {"order", order_words(line.order)}});
  const auto& orders = model.visit.desk.orders;
  const auto card = std::ranges::find(orders, line.order, &OrderCard::order);
  if (card != orders.end() && card->promise_at.value > 0)
    words += " · " + t.say("queue.due", {{"time", t.same_day(card->promise_at, model.now.utc) ? t.clock(card->promise_at)
                                                                                              : t.day(card->promise_at)}});
  return words;
}

void draw_picking_list(Stage& stage, const Model& model) {
  const Box free = draw_desk(stage, model);
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const Desk& desk = model.visit.desk;
  const bool in_hand = stage.in_hand();
  stage.tree.announcement = t.say("pick.title");
  if (!desk.pick) return;
  const PickOnScreen& pick = *desk.pick;
  const PickLine* open = pick.order.empty() ? nullptr : pick_line_of(model, pick.order, pick.line);
  if (round_button(stage, {free.x, free.y + 18}, "back", t.say("top.back"), Icon::arrow_back, true)) stage.want(GoBack{});
  const std::vector<const PickLine*> lines = lines_of(desk);
  const float left = free.x + 112;
  float right = free.right();
  if (can_print(model) && (open == nullptr || !in_hand)) {
    ButtonSpec print{.id = "pick.print", .label = t.say("order.print"), .kind = ButtonKind::tertiary, .desk = true};
    print.enabled = !model.visit.printing && !lines.empty();
    const float wide = button_width(stage, print);
    if (button(stage, {right - wide, free.y + 24, wide, 72}, print)) stage.want(PrintPaper{pick_list_paper(stage, model, lines)});
    right -= wide + gap;
  }
  // In a hand the line that was taken has all of the screen.
  const bool alone = in_hand && open != nullptr;
  const auto count = static_cast<std::int64_t>(lines.size());
  const std::string title = alone ? aisle_words(stage, open->line) : t.say("pick.title");
  const std::string line = alone ? pick_words(stage, model, *open) : t.say("pick.count", {{"n", count}});
  stage.write({left, free.y + 20, right - left, 0}, title,
              {.role = Role::heading,
               .type = stage.fitting({Type::desk_title, Type::desk_head, Type::desk_label}, title, right - left),
               .colour = alone ? theme.primary : theme.ink,
               .lines_max = 2,
               .id = alone ? "picked.where" : "pick.title"});
  stage.write({left, free.y + 68, right - left, 0}, line,
              {.type = stage.fitting({Type::desk_body, Type::desk_caption, Type::desk_rail}, line, right - left),
               .colour = theme.ink_2,
               .lines_max = 2,
               .id = alone ? "picked.for" : "pick.count"});
  const float top = free.y + 126;
  if (alone) return draw_pick_line(stage, model, *open, {free.x, top, free.w, free.bottom() - 12 - top});
  const float width = in_hand ? free.w : free.w - side_width - gap;
  const float half = (std::min(width, 640.0F) - row_gap) / 2;
  if (plate(stage, {free.x, top, half, 72}, "pick.by_aisle", t.say("pick.by_aisle"), !pick.by_order, true))
    stage.want(CounterWish{ListByOrder{false}});
  if (plate(stage, {free.x + half + row_gap, top, half, 72}, "pick.by_order", t.say("pick.by_order"), pick.by_order, true))
    stage.want(CounterWish{ListByOrder{true}});
  draw_list(stage, model, lines, {free.x, top + 72 + 16, width, free.bottom() - 12 - top - 72 - 16});
  if (in_hand) return;
  const Box side{free.right() - side_width, top, side_width, free.bottom() - 24 - top};
  if (open != nullptr) return draw_pick_line(stage, model, *open, side);
  const std::string words = t.say("pick.how");
  const float height = stage.height_of(words, Type::desk_body, side.w - 56) + 56;
  card_of(stage, {side.x, side.y, side.w, height});
  stage.write({side.x + 28, side.y + 28, side.w - 56, 0}, words,
              {.type = Type::desk_body, .colour = theme.ink_2, .lines_max = 8, .id = "pick.how"});
}

}  // namespace vitrine::kiosk::counter
