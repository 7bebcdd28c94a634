// SPDX-License-Identifier: Apache-2.0
// 07: the order is on its way to its buyer, or in their hands.
#include <algorithm>
#include <cmath>

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

// "481 206"
std::string spaced(const std::string& code) { return code.size() == 6 ? code.substr(0, 3) + " " + code.substr(3) : code; }

std::string ahead_words(Stage& stage, const Collection& collection) {
  if (stage_of(collection) == OrderStage::collected) return stage.texts.say("pickup.handed");
  return stage.texts.say("pickup.ahead", {{"n", collection.pickup->ahead}});
}

struct Panel {
  std::string label, code, ahead, line;
  bool stacked = false;
  float height = 0;
};

Panel measure_panel(Stage& stage, const Collection& collection, float width) {
  Panel panel;
  panel.label = stage.texts.say("pickup.order");
  panel.code = spaced(collection.shown_code);
  panel.ahead = ahead_words(stage, collection);
  panel.line = stage.texts.say("product.as_of", {{"time", stage.texts.clock(collection.checked_in_at)}});
  const float half = width / 2 - 48 - 36;
  panel.stacked = stage.canvas.width_of(Type::ring, panel.code) > half ||
                  stage.height_of(panel.ahead, Type::h2, half) > 3 * stage.line(Type::h2);
  const float room = panel.stacked ? width - 96 : half;
  const float left = stage.line(Type::body) + 4 + stage.line(Type::ring);
  const float right = stage.height_of(panel.ahead, Type::h2, room) + 6 + stage.line(Type::body);
  panel.height = 96 + (panel.stacked ? left + 28 + right : std::max(left, right));
  return panel;
}

void draw_panel(Stage& stage, const Panel& panel, const Box& box) {
  const Theme& theme = stage.theme;
  stage.canvas.fill_gradient(box, theme.night, theme.night_light, 44 * theme.corner_scale);
  if (stage.outlined()) stage.canvas.outline(box, theme.line_strong, theme.card_line, 44 * theme.corner_scale);
  const float left = box.x + 48;
  const float room = panel.stacked ? box.w - 96 : box.w / 2 - 84;
  const float code = stage.line(Type::body) + 4 + stage.line(Type::ring);
  float y = panel.stacked ? box.y + 48 : box.centre().y - code / 2;
  y += stage.write({left, y, room, 0}, panel.label, {.type = Type::body, .colour = theme.on_dark_2}) + 4;
  const Type type = stage.fitting({Type::ring, Type::total, Type::h2}, panel.code, room);
  stage.write({left, y, room, 0}, panel.code, {.type = type, .colour = theme.on_dark, .id = "pickup.code", .personal = true});
  y += stage.line(Type::ring);
  const float words = stage.height_of(panel.ahead, Type::h2, room) + 6 + stage.line(Type::body);
  const float right = panel.stacked ? left : box.centre().x + 36;
  if (panel.stacked) {
    y += 28;
  } else {
    stage.canvas.fill({box.centre().x - 1, box.y + 56, 2, box.h - 112}, theme.on_dark.faded(0.3F));
    y = box.centre().y - words / 2;
  }
  y += stage.write({right, y, room, 0}, panel.ahead,
                   {.role = Role::status, .type = Type::h2, .colour = theme.on_dark, .lines_max = 6, .id = "pickup.ahead"}) +
       6;
  stage.write({right, y, room, 0}, panel.line, {.type = Type::body, .colour = theme.on_dark_2});
}

enum class Mark { done, now, later };
struct Stop {
  std::string title, line;
  Mark mark = Mark::later;
  const char* id = "";  // of its line
};

std::vector<Stop> stops_of(Stage& stage, const Collection& collection) {
  Texts& t = stage.texts;
  const OrderStage at = stage_of(collection);
  const bool handed = at == OrderStage::collected;
  const bool part = at == OrderStage::part_collected;
  return {{t.say("pickup.checked_in"), t.clock(collection.checked_in_at), Mark::done},
          {t.say(part     ? "pickup.rest"
                 : handed ? "pickup.fetched"
                          : "pickup.fetching"),
           t.say("pickup.items", {{"n", collection.order ? collection.order->units : 0}}), handed ? Mark::done : Mark::now,
           "pickup.count"},
          {t.say("pickup.handed"), t.say("pickup.at_counter"), handed ? Mark::done : Mark::later}};
}

float stop_height(Stage& stage, const Stop& stop, float room) {
  return std::max(68.0F, stage.height_of(stop.title, Type::h3, room) + 2 + stage.height_of(stop.line, Type::body, room)) + 28;
}

constexpr float stop_left = 44 + 68 + 28;

float stops_height(Stage& stage, const std::vector<Stop>& stops, float width) {
  float height = 2 * 40 - 28;
  for (const Stop& each : stops) height += stop_height(stage, each, width - stop_left - 44);
  return height;
}

void draw_stops(Stage& stage, const std::vector<Stop>& stops, const Box& box) {
  const Theme& theme = stage.theme;
  card(stage, box);
  const float room = box.w - stop_left - 44;
  float y = box.y + 40;
  for (std::size_t i = 0; i < stops.size(); ++i) {
    const Stop& stop = stops[i];
    const float height = stop_height(stage, stop, room);
    const Point disc{box.x + 44 + 34, y + 34};
    if (i + 1 < stops.size())
      stage.canvas.fill({disc.x - 3, disc.y + 40, 6, height - 80}, stop.mark == Mark::done ? theme.ok : theme.line, 3);
    const Colour on = stage.outlined() ? theme.bg : Colour::hex(0xFFFFFF);
    if (stop.mark == Mark::later) {
      stage.canvas.disc(disc, 34, theme.line_strong);
      stage.canvas.disc(disc, 31, theme.surface);
    } else {
      stage.canvas.disc(disc, 34, stop.mark == Mark::done ? theme.ok : theme.primary);
      stage.canvas.icon(stop.mark == Mark::done ? Icon::check : Icon::directions_walk, 50, disc, on);
    }
    const Colour ink = stop.mark == Mark::later ? theme.ink_2 : theme.ink;
    float at = y;
    at += stage.write({box.x + stop_left, at, room, 0}, stop.title,
                      {.role = stop.mark == Mark::now ? Role::status : Role::text,
                       .type = Type::h3,
                       .colour = ink,
                       .lines_max = 3,
                       .id = stop.mark == Mark::now ? "pickup.now" : ""}) +
          2;
    stage.write({box.x + stop_left, at, room, 0}, stop.line,
                {.type = Type::body, .colour = theme.ink_2, .lines_max = 4, .id = stop.id});
    y += height;
  }
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
  const Panel panel = measure_panel(stage, collection, width);
  const std::vector<Stop> stops = stops_of(stage, collection);
  const float steps = stops_height(stage, stops, width);
  const bool goods = collection.order && !collection.order->lines.empty();
  const float goods_h = goods ? goods_height(stage, *collection.order, width) : 0;
  draw_panel(stage, panel, {margin, y, width, panel.height});
  if (wide) {
    draw_stops(stage, stops, {foot.x, y, width, steps});
    if (goods && y + panel.height + 24 + goods_h <= above.h - 16)
      draw_goods(stage, *collection.order, {margin, y + panel.height + 24, width, goods_h});
  } else {
    y += panel.height + 28;
    draw_stops(stage, stops, {margin, y, width, steps});
    y += steps + 28;
    // What is in it gives way to how far it is.
    if (goods && y + goods_h <= foot.y - 24) draw_goods(stage, *collection.order, {margin, y, width, goods_h});
  }
  if (button(stage, foot, done)) stage.want(Finish{});
  frame.end();
  stage.tree.announcement = title + ". " + ahead_words(stage, collection) + ". " + stage.texts.say("pickup.at_counter");
}

}  // namespace vitrine::kiosk::shopper
