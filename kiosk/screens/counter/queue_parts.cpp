// SPDX-License-Identifier: Apache-2.0
// An order whose buyer waits, one to prepare, one that lies ready.
#include "kiosk/screens/counter/queue_parts.hpp"

#include <algorithm>
#include <utility>

#include "kiosk/screens/counter/desk.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = 24;
constexpr float ready_height = 96;

// When, as short as the day allows.
std::string when(Stage& stage, UtcMs at, UtcMs now) {
  return stage.texts.same_day(at, now) ? stage.texts.clock(at) : stage.texts.day(at);
}

// Since when an order lies there: a time of today, or how many days.
std::string since_words(Stage& stage, const OrderCard& card, UtcMs now) {
  Texts& t = stage.texts;
  if (card.staged_at.value <= 0) return t.say("queue.order", {{"order", order_words(card.order)}});
  if (t.same_day(card.staged_at, now)) return t.say("queue.ready_since", {{"time", t.clock(card.staged_at)}});
  constexpr std::int64_t day_ms = 24 * 3'600'000;
  return t.say("queue.ready_days", {{"n", std::max<std::int64_t>(1, (now.value - card.staged_at.value) / day_ms)}});
}

std::string items_words(Stage& stage, const OrderCard& card) {
  return stage.texts.say("queue.items", {{"n", card.units}}) + ", " + payment_words(stage, card);
}

// Chips in a row, the next row when they do not fit; returns the height used.
struct ChipSpec {
  Icon icon;
  std::string words;
  Colour colour, tint;
};
float draw_chips(Stage& stage, const std::vector<ChipSpec>& chips, const Box& at, bool hidden) {
  float x = at.x;
  float y = at.y;
  for (const ChipSpec& each : chips) {
    const float width = desk_chip_width(stage, each.words);
    if (x > at.x && x + width > at.right()) {
      x = at.x;
      y += desk_chip_height + 8;
    }
    if (!hidden) desk_chip(stage, {x, y}, each.icon, each.words, each.colour, each.tint);
    x += width + 10;
  }
  return chips.empty() ? 0 : y + desk_chip_height - at.y;
}

ChipSpec cancel_chip(Stage& stage) {
  return {Icon::error_outline, stage.texts.say("queue.cancel_asked"), stage.theme.bad, stage.theme.bad_tint};
}

}  // namespace

float draw_here(Stage& stage, const Model& model, const OrderCard& card, const Box& at, bool first, bool hidden) {
  const Theme& theme = stage.theme;
  const float inner = at.w - 2 * pad;
  const float room = inner - 96;
  const std::string name = buyer_words(stage, card);
  const Type type = stage.fitting({Type::desk_title, Type::desk_head, Type::desk_name}, name, room);
  const std::int64_t waited = model.now.utc.value - card.arrived_at.value;
  std::vector<ChipSpec> chips;
  if (card.cancel_asked) chips.push_back(cancel_chip(stage));
  if (!card.shelf.empty())
    chips.push_back(
        {Icon::inventory_2, stage.texts.say("queue.shelf", {{"place", card.shelf}}), theme.primary, theme.primary_tint});
  if (waited > goal_here_ms) chips.push_back({Icon::schedule, stage.texts.say("queue.over_goal"), theme.warn, theme.warn_tint});
  const std::string items = items_words(stage, card);
  const float text = stage.height_of(items, Type::desk_body, room);
  const float head = std::max(88.0F, 46 + 26 + text);
  const float chips_height = draw_chips(stage, chips, {at.x + pad, 0, inner, 0}, true);
  const float height = pad + head + (chips_height > 0 ? 12 + chips_height : 0) + 16 + 72 + pad;
  if (hidden) return height;
  card_of(stage, {at.x, at.y, at.w, height});
  float y = at.y + pad;
  stage.write_centred({at.x + pad, y, room, 44}, name, {.type = type, .colour = theme.ink, .id = "here." + card.order + ".name"});
  stage.write({at.x + pad, y + 46, room, 0}, stage.texts.say("queue.order", {{"order", order_words(card.order)}}),
              {.type = Type::desk_caption, .colour = theme.ink_2});
  stage.write({at.x + pad, y + 72, room, 0}, items, {.type = Type::desk_body, .colour = theme.ink_2, .lines_max = 3});
  wait_ring(stage, {at.right() - pad - 40, y + 40}, 40, waited, goal_here_ms, "here." + card.order + ".waits");
  y += head;
  if (chips_height > 0) y += 12 + draw_chips(stage, chips, {at.x + pad, y + 12, inner, 0}, false);
  const ButtonSpec spec{.id = "here." + card.order + ".open",
                        .label = stage.texts.say("queue.hand_over"),
                        .kind = first ? ButtonKind::primary : ButtonKind::secondary,
                        .icon = Icon::handshake,
                        .desk = true,
                        .main = first,
                        .spoken = stage.texts.say("queue.hand_over_to", {{"name", name}}),
                        .shortcut = first ? std::optional(Key::enter) : std::nullopt};
  if (button(stage, {at.x + pad, y + 16, inner, 72}, spec)) stage.want(CounterWish{OpenOrder{card.order}});
  return height;
}

float draw_prepare(Stage& stage, const Model& model, const OrderCard& card, const Box& at, bool hidden) {
  const Theme& theme = stage.theme;
  const std::string picker = picker_of(model, card.order);
  const Colleague& me = model.visit.desk.session->who;
  const bool mine = picker == short_name(me.name, me.initial);
  const ButtonSpec spec{.id = "prepare." + card.order + ".open",
                        .label = stage.texts.say(picker.empty() ? "queue.start"
                                                 : mine         ? "queue.go_on"
                                                                : "queue.open"),
                        .kind = picker.empty() || mine ? ButtonKind::secondary : ButtonKind::tertiary,
                        .desk = true,
                        .spoken = stage.texts.say("queue.open_order", {{"order", order_words(card.order)}})};
  const float wide = std::min(at.w * 0.4F, button_width(stage, spec));
  const float room = at.w - 2 * pad - wide - 16;
  const std::string title = stage.texts.say("queue.order", {{"order", order_words(card.order)}});
  const std::string items = items_words(stage, card);
  std::vector<ChipSpec> chips;
  if (card.cancel_asked) chips.push_back(cancel_chip(stage));
  if (card.promise_at.value > 0) {
    const std::int64_t left = card.promise_at.value - model.now.utc.value;
    const bool soon = left < 30 * 60'000;
    const std::string due = left < 0 ? stage.texts.say("queue.was_due", {{"time", when(stage, card.promise_at, model.now.utc)}})
                                     : stage.texts.say("queue.due", {{"time", when(stage, card.promise_at, model.now.utc)}});
    chips.push_back({Icon::schedule, due, soon ? theme.warn : theme.ink_2, soon ? theme.warn_tint : theme.sunken});
  }
  if (!picker.empty()) chips.push_back({Icon::person, mine ? stage.texts.say("queue.you") : picker, theme.info, theme.info_tint});
  const float title_height = stage.height_of(title, Type::desk_name, room);
  const float items_height = stage.height_of(items, Type::desk_caption, room);
  const float top = std::max(20 + title_height + 2 + items_height, 20.0F + 72);
  const float chips_height = draw_chips(stage, chips, {at.x + pad, 0, at.w - 2 * pad, 0}, true);
  std::vector<const CounterLine*> lines;
  for (const PickLine& each : model.visit.desk.picking) {
    if (each.order == card.order && lines.size() < 6) lines.push_back(&each.line);
  }
  const float height = top + (chips_height > 0 ? 10 + chips_height : 0) + (lines.empty() ? 0 : 12 + 48) + 20;
  if (hidden) return height;
  card_of(stage, {at.x, at.y, at.w, height});
  float y = at.y + 20;
  y += stage.write({at.x + pad, y, room, 0}, title, {.type = Type::desk_name, .colour = theme.ink, .lines_max = 2}) + 2;
  stage.write({at.x + pad, y, room, 0}, items, {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 3});
  if (button(stage, {at.right() - 20 - wide, at.y + 20, wide, 72}, spec)) stage.want(CounterWish{OpenOrder{card.order}});
  y = at.y + top;
  if (chips_height > 0) y += 10 + draw_chips(stage, chips, {at.x + pad, y + 10, at.w - 2 * pad, 0}, false);
  for (std::size_t i = 0; i < lines.size(); ++i)
    product_tile(stage, {at.x + pad + static_cast<float>(i) * 58, y + 12, 48, 48}, lines[i]->pictogram, lines[i]->tile);
  return height;
}

void ready_card(Stage& stage, const Box& at, std::size_t rows) {
  card_of(stage, {at.x, at.y, at.w, static_cast<float>(rows) * (ready_height + ready_gap) - ready_gap});
}

float draw_ready(Stage& stage, const Model& model, const OrderCard& card, const Box& at, bool last, bool hidden) {
  const Theme& theme = stage.theme;
  const float height = ready_height;
  if (hidden) return height;
  const Box row{at.x, at.y, at.w, height};
  const float room = row.w - 96 - 56;
  const std::string name = buyer_words(stage, card);
  const std::string since = since_words(stage, card, model.now.utc);
  TargetSpec target{
      .id = "ready." + card.order + ".open", .box = row, .label = name, .radius = 24 * theme.corner_scale, .value = since};
  target.spoken = stage.texts.say("queue.open_order", {{"order", order_words(card.order)}}) + ". " + name;
  const TargetState state = stage.target(target);
  if (!last) stage.canvas.fill({row.x + 18, row.bottom() + ready_gap / 2 - 1, row.w - 36, 2}, theme.line);
  if (state.press > 0)
    stage.canvas.fill(row, mix(theme.surface, theme.primary_tint, static_cast<double>(state.press)), 24 * theme.corner_scale);
  const Box tile{row.x + 18, row.centre().y - 26, 60, 52};
  stage.canvas.fill(tile, card.cancel_asked ? theme.bad_tint : theme.primary_tint, 14 * theme.corner_scale);
  const Type shelf = stage.fitting({Type::desk_name, Type::desk_badge, Type::desk_rail}, card.shelf, tile.w - 4);
  stage.canvas.text(shelf, {tile.centre().x, tile.centre().y - stage.line(shelf) / 2},
                    card.cancel_asked ? theme.bad : theme.primary, card.shelf.empty() ? "–" : card.shelf, Align::centre);
  const Type type = stage.fitting({Type::desk_label, Type::desk_badge, Type::desk_rail}, name, room);
  stage.canvas.push_clip(row);
  stage.canvas.text(type, {row.x + 96, row.y + 22}, theme.ink, name);
  stage.canvas.text(stage.fitting({Type::desk_caption, Type::desk_rail}, since, room), {row.x + 96, row.y + 50}, theme.ink_2,
                    since);
  stage.canvas.pop_clip();
  stage.canvas.icon(Icon::chevron_right, 30, {row.right() - 34, row.centre().y}, theme.ink_2);
  if (state.acted) stage.want(CounterWish{OpenOrder{card.order}});
  return height;
}

void card_of(Stage& stage, const Box& box) { card(stage, box, 24); }

}  // namespace vitrine::kiosk::counter
