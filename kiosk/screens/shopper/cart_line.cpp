// SPDX-License-Identifier: Apache-2.0
// A cart line and its stock words (kiosk-ui section 8, Freshness).
#include "kiosk/screens/shopper/cart_line.hpp"

#include <algorithm>

#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float tile_side = 132;
constexpr float sold_out_tile_side = 112;
constexpr float pad = 22;
constexpr float gap = 26;

struct StockWords {
  std::string text;
  Colour colour;
  Icon icon = Icon::place;
};

StockWords stock_words(Stage& stage, const Model& model, const CartViewLine& line) {
  Texts& texts = stage.texts;
  const Theme& theme = stage.theme;
  if (!line.stock) return {};
  const StockHere& stock = *line.stock;
  const std::string count = texts.number(stock.on_hand);
  const std::string time = texts.clock(stock.as_of);
  StockWords words;
  words.colour = theme.ok;
  switch (shown_freshness(stock, model)) {
    case Freshness::fresh:
      words.text = texts.say("cart.here", {{"n", count}});
      break;
    case Freshness::recent:
      words.text = texts.say(model.link_banner == LinkBanner::offline ? "cart.here_at" : "cart.here_as_of",
                             {{"n", count}, {"time", time}});
      break;
    case Freshness::old:
      words.text = texts.say("cart.last_seen", {{"n", count}, {"time", time}});
      words.colour = theme.ink_2;
      break;
    case Freshness::check:
      words.text = texts.say("cart.check_first", {{"time", time}});
      words.colour = theme.warn;
      words.icon = Icon::error_outline;
      break;
    case Freshness::unknown:
      break;
  }
  std::string place;
  if (!stock.aisle.empty() && !stock.bay.empty()) {
    place = texts.say("cart.place", {{"aisle", stock.aisle}, {"bay", stock.bay}});
  } else if (!stock.aisle.empty()) {
    place = texts.say("cart.place_aisle", {{"aisle", stock.aisle}});
  }
  if (!place.empty()) words.text = words.text.empty() ? place : place + " · " + words.text;
  if (shown_freshness(stock, model) == Freshness::unknown) words.colour = theme.ink_2;
  return words;
}

std::string price_words(Stage& stage, const CartViewLine& line) {
  if (!line.unit_price) return stage.texts.say("cart.no_price");
  const std::string price = stage.texts.money(*line.unit_price);
  if (line.list_price && line.list_price->minor > line.unit_price->minor) {
    return stage.texts.say("cart.was_each", {{"price", price}, {"was", stage.texts.money(*line.list_price)}});
  }
  return stage.texts.say("cart.each", {{"price", price}});
}

float text_room(const CartViewLine& line, float width, float right) {
  return width - pad - (line.sold_out ? sold_out_tile_side : tile_side) - gap - 24 - right - 28;
}

ButtonSpec remove_button(Stage& stage, const CartViewLine& line) {
  return {.id = "line." + line.key + ".remove",
          .label = stage.texts.say("cart.remove"),
          .kind = ButtonKind::tertiary,
          .icon = Icon::delete_outline,
          .small = true};
}

float text_height(Stage& stage, const Model& model, const CartViewLine& line, float room) {
  const std::string& title = stage.texts.pick(line.title);
  float height = stage.height_of(title, Type::name, room) + 4 + stage.height_of(price_words(stage, line), Type::caption, room);
  const StockWords stock = stock_words(stage, model, line);
  if (!stock.text.empty()) height += 4 + stage.height_of(stock.text, Type::caption_strong, room - 36);
  return height;
}

void draw_sold_out(Stage& stage, const CartViewLine& line, const Box& box) {
  const Theme& theme = stage.theme;
  product_tile(stage, {box.x + pad, box.y + pad, sold_out_tile_side, sold_out_tile_side}, line.pictogram, line.tile);
  const ButtonSpec remove = remove_button(stage, line);
  const float width = button_width(stage, remove);
  const float left = box.x + pad + sold_out_tile_side + gap;
  const float room = text_room(line, box.w, width);
  const std::string& title = stage.texts.pick(line.title);
  const float height = stage.height_of(title, Type::name, room) + 8 + 48;
  float y = box.y + (box.h - height) / 2;
  y += stage.write({left, y, room, 111}, title, {.type = Type::name, .colour = theme.ink, .lines_max = 3}) + 8;
  const float end =
      left + chip(stage, {left, y}, Icon::error_outline, stage.texts.say("cart.sold_out"), theme.warn, theme.warn_tint);
  if (line.unit_price) {
    stage.write({end + 18, y + 8, left + room - end - 18, 32}, stage.texts.money(*line.unit_price),
                {.type = Type::caption, .colour = theme.ink_2});
  }
  if (button(stage, {box.right() - 28 - width, box.y + (box.h - 80) / 2, width, 80}, remove)) stage.want(RemoveLine{line.key});
}

}  // namespace

float cart_line_height(Stage& stage, const Model& model, const CartViewLine& line, float width) {
  if (line.sold_out) {
    const float room = text_room(line, width, button_width(stage, remove_button(stage, line)));
    return std::max(sold_out_tile_side, stage.height_of(stage.texts.pick(line.title), Type::name, room) + 56) + 2 * pad;
  }
  return std::max(40 + 18 + stepper_height, text_height(stage, model, line, text_room(line, width, stepper_width))) + 2 * pad;
}

void draw_cart_line(Stage& stage, const Model& model, const CartViewLine& line, const Box& box) {
  const Theme& theme = stage.theme;
  card(stage, box);
  if (line.sold_out) {
    draw_sold_out(stage, line, box);
    return;
  }
  const std::string& title = stage.texts.pick(line.title);
  product_tile(stage, {box.x + pad, box.y + (box.h - tile_side) / 2, tile_side, tile_side}, line.pictogram, line.tile);
  const float left = box.x + pad + tile_side + gap;
  const float room = text_room(line, box.w, stepper_width);
  float y = box.y + (box.h - text_height(stage, model, line, room)) / 2;
  y += stage.write({left, y, room, 148}, title, {.type = Type::name, .colour = theme.ink, .lines_max = 4}) + 4;
  y +=
      stage.write({left, y, room, 64}, price_words(stage, line), {.type = Type::caption, .colour = theme.ink_2, .lines_max = 2}) +
      4;
  const StockWords stock = stock_words(stage, model, line);
  if (!stock.text.empty()) {
    stage.canvas.icon(stock.icon, 28, {left + 14, y + 16}, stock.colour);
    stage.write({left + 36, y, room - 36, 64}, stock.text,
                {.role = Role::status,
                 .type = Type::caption_strong,
                 .colour = stock.colour,
                 .lines_max = 3,
                 .id = "line." + line.key + ".stock"});
  }

  const float column = box.right() - 28 - stepper_width;
  const float top = box.y + (box.h - 40 - 18 - stepper_height) / 2;
  if (line.total) {
    stage.write_changing("line." + line.key + ".total", {column, top, stepper_width, 40}, stage.texts.money(*line.total),
                         {.type = Type::h3, .colour = theme.ink, .align = Align::right, .id = "line." + line.key + ".total"});
  }
  Texts& texts = stage.texts;
  const StepperWish wish = stepper(stage, {column, top + 58},
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

}  // namespace vitrine::kiosk::shopper
