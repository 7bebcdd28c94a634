// SPDX-License-Identifier: Apache-2.0
// 19 on a screen that is held: the lines below one another, each with what is done with it below its name, and then who collects.
// While it is prepared, who does it and the shelf come first.
#include <algorithm>

#include "kiosk/screens/counter/order_paper.hpp"
#include "kiosk/screens/counter/order_parts.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"
#include "kiosk/screens/counter/screens.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = 16;
constexpr float goods_height = 116;
constexpr float below_height = 88;
constexpr float state_height = 64;
constexpr float gap = 12;

struct Row {
  bool tick = false;
  bool count = false;   // of what is found
  std::string state{};  // what it is, else
  float below = 0;      // the height of what stands below the goods
  float height = goods_height;
};

Row row_of(Stage& stage, const Model& model, const CounterLine& line, bool picking, bool mine) {
  Texts& t = stage.texts;
  Row row;
  row.count = picking && mine && line.waiting > 0;
  row.tick = !picking && line.ready > 0;
  if (!picking || line.waiting <= 0) {
    row.state = line_state_words(stage, line);
    const bool ticked = model.visit.desk.order->ticked.contains(line.line);
    const std::string units = picking             ? t.say("order.found_all", {{"n", line.ordered - line.missing}})
                              : line.ready > 0    ? t.say("order.count_of", {{"n", ticked ? line.ready : 0}, {"of", line.ready}})
                              : line.customer > 0 ? t.say("order.given")
                                                  : t.say("order.not_here");
    const bool counted = line.ready > 0 || line.customer > 0 || row.state.empty();
    if (counted) row.state = units + (row.state.empty() ? "" : " · " + row.state);
  }
  const bool touched = row.count || may_decide(model, line);
  row.below = touched ? below_height : row.state.empty() ? 0 : state_height;
  row.height += row.below;
  return row;
}

void draw_row(Stage& stage, const Model& model, const CounterLine& line, const Row& row, const Box& at) {
  const Theme& theme = stage.theme;
  const std::string id = "line." + std::to_string(line.line);
  const Box goods{at.x, at.y, at.w, goods_height};
  const Box below{at.x + pad, at.y + goods_height, at.w - 2 * pad, row.below - gap};
  float left = at.x + pad;
  if (row.tick) {
    const bool ticked = model.visit.desk.order->ticked.contains(line.line);
    const std::string& title = stage.texts.pick(line.title).empty() ? line.sku : stage.texts.pick(line.title);
    TargetSpec target{
        .id = id + ".tick", .box = {left - 8, goods.centre().y - 38, 76, 76}, .label = title, .radius = 20, .value = row.state};
    target.selected = ticked;
    const bool acted = stage.target(target).acted;
    tick_box(stage, {left + 4, goods.centre().y - 26, 52, 52}, ticked);
    if (acted) stage.want(CounterWish{TickLine{line.line}});
    left += 72;
  }
  draw_goods(stage, line, goods, left, at.right() - pad);
  if (row.count) return draw_count(stage, model, line, below);
  const float wide = decide_width(stage, model, line);
  if (!row.state.empty()) {
    const float room = below.w - wide;
    const bool well = line.missing == 0 && line.refused == 0;
    const float height = stage.height_of(row.state, Type::desk_badge, room);
    stage.write({below.x, below.centre().y - height / 2, room, 0}, row.state,
                {.role = Role::status,
                 .type = Type::desk_badge,
                 .colour = well ? theme.ink_2 : theme.warn,
                 .lines_max = 4,
                 .id = id + ".state"});
  }
  decide_button(stage, model, line, below);
}

}  // namespace

void draw_order_in_hand(Stage& stage, const Model& model, const Box& place) {
  const Theme& theme = stage.theme;
  const OrderOnScreen& screen = *model.visit.desk.order;
  const bool picking = screen.order->card.step == OrderStep::to_prepare;
  const bool mine = picker_on(model) == Picker::me;
  if (screen.open_line) return draw_open_line(stage, model, {place.x, place.y, place.w, place.h - 8});
  const Box list{place.x - 8, place.y, place.w + 16, place.h};
  const float scrolled = stage.begin_list("lines", list);
  float y = list.y + 8 - scrolled;
  if (picking) y += draw_picking(stage, model, {place.x, y, place.w, 0}) + 16;
  const auto waiting = std::ranges::count_if(screen.order->lines, [](const CounterLine& line) { return line.ready > 0; });
  if (!picking && waiting > 1 && screen.ticked.size() < static_cast<std::size_t>(waiting)) {
    const ButtonSpec every{
        .id = "order.tick_all", .label = stage.texts.say("order.tick_all"), .kind = ButtonKind::tertiary, .desk = true};
    if (button(stage, {place.x, y, place.w, 72}, every)) stage.want(CounterWish{TickLine{0}});
    y += 72 + 16;
  }
  for (const CounterLine& line : screen.order->lines) {
    const Row row = row_of(stage, model, line, picking, mine);
    // Far out of sight a line is neither drawn nor told.
    if (y + row.height > list.y - 400 && y < list.bottom() + 400) {
      const Box at{place.x, y, place.w, row.height};
      stage.canvas.fill(at, theme.surface, 20 * theme.corner_scale);
      draw_row(stage, model, line, row, at);
    }
    y += row.height + 12;
  }
  if (!picking) y += draw_handing(stage, model, {place.x, y, place.w, 0}) + 16;
  stage.end_list(y + scrolled - list.y + 8);
}

}  // namespace vitrine::kiosk::counter
