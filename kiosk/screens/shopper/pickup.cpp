// SPDX-License-Identifier: Apache-2.0
// 07: the order is on its way to its buyer, or in their hands.
#include <algorithm>
#include <cmath>

#include "kiosk/screens/shopper/journey.hpp"
#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

OrderStage stage_of(const Collection& collection) { return collection.order ? collection.order->stage : OrderStage::arrived; }

std::string title_of(Stage& stage, const Collection& collection) {
  switch (stage_of(collection)) {
    case OrderStage::collected:
      return stage.texts.say("pickup.done_title");
    case OrderStage::part_collected:
      return stage.texts.say("pickup.part_title");
    case OrderStage::over:
      return stage.texts.say("collect.counter");
    default:
      return stage.texts.say("pickup.title");
  }
}

std::string ahead_words(Stage& stage, const Collection& collection) {
  if (stage_of(collection) == OrderStage::collected) return stage.texts.say("pickup.handed");
  return stage.texts.say("pickup.ahead", {{"n", collection.pickup->ahead}});
}

NightPanel panel_of(Stage& stage, const Collection& collection) {
  return {.id = "pickup",
          .label = stage.texts.say("pickup.order"),
          .code = spaced(collection.shown_code),
          .words = ahead_words(stage, collection),
          .line = stage.texts.say("product.as_of", {{"time", stage.texts.clock(collection.checked_in_at)}})};
}

std::vector<Stop> stops_of(Stage& stage, const Collection& collection) {
  Texts& t = stage.texts;
  const OrderStage at = stage_of(collection);
  const bool handed = at == OrderStage::collected;
  const bool part = at == OrderStage::part_collected;
  return {{t.say("pickup.checked_in"), t.clock(collection.checked_in_at), StopMark::done},
          {t.say(part     ? "pickup.rest"
                 : handed ? "pickup.fetched"
                          : "pickup.fetching"),
           t.say("pickup.items", {{"n", collection.order ? collection.order->units : 0}}),
           handed ? StopMark::done : StopMark::now, "pickup.count"},
          {t.say("pickup.handed"), t.say("pickup.at_counter"), handed ? StopMark::done : StopMark::later}};
}

constexpr float goods_tile = 112;

std::string goods_words(Stage& stage, const OrderView& order) {
  const std::string& first = stage.texts.pick(order.lines.front().title);
  const auto others = static_cast<std::int64_t>(order.lines.size()) - 1;
  return others == 0 ? first : stage.texts.say("pickup.and_more", {{"title", first}, {"n", others}});
}

float goods_room(float width, std::size_t tiles) { return width - 40 - static_cast<float>(tiles) * (goods_tile + 24) - 40; }

std::size_t tiles_of(Stage& stage, const OrderView& order) {
  return stage.large() ? 1 : std::min<std::size_t>(2, order.lines.size());
}

float goods_height(Stage& stage, const OrderView& order, float width) {
  const float room = goods_room(width, tiles_of(stage, order));
  return std::max(goods_tile, stage.height_of(goods_words(stage, order), Type::name, room) + 12 + chip_height(stage)) + 56;
}

void draw_goods(Stage& stage, const OrderView& order, const Box& box) {
  const Theme& theme = stage.theme;
  card(stage, box);
  const std::size_t tiles = tiles_of(stage, order);
  float x = box.x + 40;
  for (std::size_t i = 0; i < tiles; ++i) {
    product_tile(stage, {x, box.centre().y - goods_tile / 2, goods_tile, goods_tile}, order.lines[i].pictogram,
                 order.lines[i].tile);
    x += goods_tile + 24;
  }
  const float room = goods_room(box.w, tiles);
  const std::string words = goods_words(stage, order);
  const float height = stage.height_of(words, Type::name, room);
  float y = box.centre().y - (height + 12 + chip_height(stage)) / 2;
  y += stage.write({x, y, room, 0}, words,
                   {.type = Type::name, .colour = theme.ink, .lines_max = 8, .id = "pickup.goods", .personal = true}) +
       12;
  if (order.balance_due > 0) {
    const std::string due = stage.texts.say("pickup.due", {{"price", stage.texts.money({order.balance_due, order.currency})}});
    chip(stage, {x, y}, Icon::point_of_sale, due, theme.warn, theme.warn_tint);
  } else {
    chip(stage, {x, y}, Icon::check_circle, stage.texts.say("pickup.paid"), theme.ok, theme.ok_tint);
  }
}

}  // namespace

void draw_pickup(Stage& stage, const Model& model) {
  const Collection& collection = model.visit.collection;
  if (!collection.pickup) return;
  Surroundings frame(stage, model, {});
  const Box above = frame.above;
  const bool wide = stage.wide();
  const std::string title = title_of(stage, collection);
  const ButtonSpec done{.id = "pickup.done", .label = stage.texts.say("collect.done"), .icon = Icon::check, .main = true};
  const float width = wide ? std::round((above.w - 2 * margin - 32) / 2) : above.w - 2 * margin;
  const float button_h = button_height(stage, width, done);
  const Box foot{above.w - margin - width, above.h - 32 - button_h, width, button_h};
  const Type type = stage.height_of(title, Type::h1, frame.top.w) > stage.line(Type::h1) ? Type::h2 : Type::h1;
  const float title_height = stage.height_of(title, type, frame.top.w);
  stage.write({margin, std::max(20.0F, (top_height - title_height) / 2), frame.top.w, 0}, title,
              {.role = Role::heading, .type = type, .colour = stage.theme.ink, .lines_max = 3, .id = "pickup.title"});
  float y = std::max(top_height, title_height + 40);
  const NightPanel panel = panel_of(stage, collection);
  const float panel_height = night_panel_height(stage, panel, width);
  const std::vector<Stop> stops = stops_of(stage, collection);
  const float steps = stops_height(stage, stops, width);
  const bool goods = collection.order && !collection.order->lines.empty();
  const float goods_h = goods ? goods_height(stage, *collection.order, width) : 0;
  night_panel(stage, panel, {margin, y, width, panel_height});
  if (wide) {
    draw_stops(stage, stops, {foot.x, y, width, steps}, "pickup.now", Icon::directions_walk);
    if (goods && y + panel_height + 24 + goods_h <= above.h - 16)
      draw_goods(stage, *collection.order, {margin, y + panel_height + 24, width, goods_h});
  } else {
    y += panel_height + 28;
    draw_stops(stage, stops, {margin, y, width, steps}, "pickup.now", Icon::directions_walk);
    y += steps + 28;
    // What is in it gives way to how far it is.
    if (goods && y + goods_h <= foot.y - 24) draw_goods(stage, *collection.order, {margin, y, width, goods_h});
  }
  if (button(stage, foot, done)) stage.want(Finish{});
  frame.end();
  stage.tree.announcement = title + ". " + ahead_words(stage, collection) + ". " + stage.texts.say("pickup.at_counter");
}

}  // namespace vitrine::kiosk::shopper
