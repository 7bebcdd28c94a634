// SPDX-License-Identifier: Apache-2.0
// A cart line and its stock words (kiosk-ui section 8, Freshness).
#include "kiosk/screens/shopper/cart_line.hpp"

#include <algorithm>

#include "kiosk/screens/shopper/stock_words.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float tile_side = 132;
constexpr float sold_out_tile_side = 112;
constexpr float pad = 22;
constexpr float gap = 26;

std::string price_words(Stage& stage, const CartViewLine& line) {
  if (!line.unit_price) return stage.texts.say("cart.no_price");
  const std::string price = stage.texts.money(*line.unit_price);
  if (line.list_price && line.list_price->minor > line.unit_price->minor) {
    return stage.texts.say("cart.was_each", {{"price", price}, {"was", stage.texts.money(*line.list_price)}});
  }
  return stage.texts.say("cart.each", {{"price", price}});
}

// With large text and in reach mode, price and count have a row of their own below the name.
bool is_stacked(const Stage& stage) { return stage.large() || stage.ease.reach; }
float tile_of(const Stage& stage, const CartViewLine& line) {
  return is_stacked(stage) ? 98 : line.sold_out ? sold_out_tile_side : tile_side;
}

float text_room(const Stage& stage, const CartViewLine& line, float width, float right) {
  const float beside = is_stacked(stage) ? 0 : 24 + right;
  return width - pad - tile_of(stage, line) - gap - beside - 28;
}

ButtonSpec remove_button(Stage& stage, const CartViewLine& line) {
  return {.id = "line." + line.key + ".remove",
          .label = stage.texts.say("cart.remove"),
          .kind = ButtonKind::tertiary,
          .icon = Icon::delete_outline,
          .small = true,
          .spoken = stage.texts.say("cart.remove_line", {{"title", stage.texts.pick(line.title)}})};
}

float text_height(Stage& stage, const Model& model, const CartViewLine& line, float room) {
  const std::string& title = stage.texts.pick(line.title);
  float height = stage.height_of(title, Type::name, room) + 4 + stage.height_of(price_words(stage, line), Type::caption, room);
  const StockWords stock = stock_words(stage, model, line.stock);
  if (!stock.text.empty()) height += 4 + stage.height_of(stock.text, Type::caption_strong, room - 36);
  return height;
}

// The chip and the price beside it, or below when the two do not fit.
bool price_below_chip(Stage& stage, const CartViewLine& line, float room) {
  if (!line.unit_price) return false;
  const float chip = 78 + stage.canvas.width_of(Type::caption_strong, stage.texts.say("cart.sold_out"));
  return chip + 18 + stage.canvas.width_of(Type::caption, stage.texts.money(*line.unit_price)) > room;
}

float sold_out_text_height(Stage& stage, const CartViewLine& line, float room) {
  return stage.height_of(stage.texts.pick(line.title), Type::name, room) + 8 + chip_height(stage) +
         (price_below_chip(stage, line, room) ? 6 + stage.line(Type::caption) : 0);
}

void draw_sold_out(Stage& stage, const CartViewLine& line, const Box& box) {
  const Theme& theme = stage.theme;
  const float tile = tile_of(stage, line);
  const bool stacked = is_stacked(stage);
  product_tile(stage, {box.x + pad, box.y + pad, tile, tile}, line.pictogram, line.tile, line.picture);
  const ButtonSpec remove = remove_button(stage, line);
  const float width = button_width(stage, remove);
  const float left = box.x + pad + tile + gap;
  const float room = text_room(stage, line, box.w, width);
  const std::string& title = stage.texts.pick(line.title);
  float y = stacked ? box.y + pad : box.y + (box.h - sold_out_text_height(stage, line, room)) / 2;
  y += stage.write({left, y, room, 0}, title, {.type = Type::name, .colour = theme.ink, .lines_max = 9, .personal = true}) + 8;
  const float end =
      left + chip(stage, {left, y}, Icon::error_outline, stage.texts.say("cart.sold_out"), theme.warn, theme.warn_tint);
  if (line.unit_price) {
    const bool below = price_below_chip(stage, line, room);
    const Box price = below ? Box{left, y + chip_height(stage) + 6, room, 0}
                            : Box{end + 18, y + (chip_height(stage) - stage.line(Type::caption)) / 2, left + room - end - 18, 0};
    stage.write(price, stage.texts.money(*line.unit_price), {.type = Type::caption, .colour = theme.ink_2, .personal = true});
  }
  const float height = button_height(stage, width, remove);
  const float at = stacked ? box.bottom() - pad - height : box.y + (box.h - height) / 2;
  if (button(stage, {box.right() - 28 - width, at, width, height}, remove)) stage.want(RemoveLine{line.key});
}

void draw_words(Stage& stage, const Model& model, const CartViewLine& line, const Box& place) {
  const Theme& theme = stage.theme;
  float y = place.y;
  y += stage.write({place.x, y, place.w, 0}, stage.texts.pick(line.title),
                   {.type = Type::name, .colour = theme.ink, .lines_max = 9, .personal = true}) +
       4;
  y += stage.write({place.x, y, place.w, 0}, price_words(stage, line),
                   {.type = Type::caption, .colour = theme.ink_2, .lines_max = 3, .personal = true}) +
       4;
  const StockWords stock = stock_words(stage, model, line.stock);
  if (stock.text.empty()) return;
  stage.canvas.icon(stock.icon, 28, {place.x + 14, y + stage.line(Type::caption_strong) / 2}, stock.colour);
  stage.write({place.x + 36, y, place.w - 36, 0}, stock.text,
              {.role = Role::status,
               .type = Type::caption_strong,
               .colour = stock.colour,
               .lines_max = 6,
               .id = "line." + line.key + ".stock",
               .personal = true});
}

void draw_count(Stage& stage, const CartViewLine& line, Point at) {
  Texts& texts = stage.texts;
  const std::string& title = texts.pick(line.title);
  const StepperWish wish = stepper(stage, at,
                                   {.id = "line." + line.key,
                                    .units = line.units,
                                    .at_limit = line.units >= line_units_max,
                                    .count = texts.number(line.units),
                                    .more = texts.say("cart.more_line", {{"title", title}}),
                                    .fewer = texts.say("cart.fewer_line", {{"title", title}}),
                                    .remove = texts.say("cart.remove_line", {{"title", title}})});
  switch (wish) {
    case StepperWish::more:
      stage.want(ChangeQuantity{line.key, 1});
      break;
    case StepperWish::fewer:
      stage.want(ChangeQuantity{line.key, -1});
      break;
    case StepperWish::remove:
      stage.want(RemoveLine{line.key});
      break;
    case StepperWish::none:
      break;
  }
}

}  // namespace

float cart_line_height(Stage& stage, const Model& model, const CartViewLine& line, float width) {
  const bool stacked = is_stacked(stage);
  if (line.sold_out) {
    const ButtonSpec remove = remove_button(stage, line);
    const float button = button_width(stage, remove);
    const float text = sold_out_text_height(stage, line, text_room(stage, line, width, button));
    return std::max(tile_of(stage, line), text) + 2 * pad + (stacked ? 16 + button_height(stage, button, remove) : 0);
  }
  const float text = text_height(stage, model, line, text_room(stage, line, width, stepper_width(stage)));
  if (stacked) return std::max(tile_of(stage, line), text) + 16 + std::max(stepper_height, stage.line(Type::h3)) + 2 * pad;
  return std::max(stage.line(Type::h3) - 4 + 18 + stepper_height, text) + 2 * pad;
}

void draw_cart_line(Stage& stage, const Model& model, const CartViewLine& line, const Box& box) {
  const Theme& theme = stage.theme;
  card(stage, box);
  if (line.sold_out) {
    draw_sold_out(stage, line, box);
    return;
  }
  const bool stacked = is_stacked(stage);
  const float tile = tile_of(stage, line);
  const float room = text_room(stage, line, box.w, stepper_width(stage));
  product_tile(stage, {box.x + pad, stacked ? box.y + pad : box.y + (box.h - tile) / 2, tile, tile}, line.pictogram, line.tile,
               line.picture);
  const float words = text_height(stage, model, line, room);
  draw_words(stage, model, line, {box.x + pad + tile + gap, stacked ? box.y + pad : box.y + (box.h - words) / 2, room, words});

  const float steps = stepper_width(stage);
  const float column = box.right() - 28 - steps;
  const float price_height = stage.line(Type::h3);
  const float top = stacked ? box.bottom() - pad - stepper_height : box.y + (box.h - price_height + 4 - 18 - stepper_height) / 2;
  if (line.total) {
    const Box price = stacked
                          ? Box{box.x + pad, top + (stepper_height - price_height) / 2, column - box.x - pad - 16, price_height}
                          : Box{column, top, steps, price_height - 4};
    stage.write_changing("line." + line.key + ".total", price, stage.texts.money(*line.total),
                         {.type = Type::h3,
                          .colour = theme.ink,
                          .align = stacked ? Align::left : Align::right,
                          .id = "line." + line.key + ".total",
                          .personal = true});
  }
  draw_count(stage, line, {column, stacked ? top : top + price_height - 4 + 18});
}

}  // namespace vitrine::kiosk::shopper
