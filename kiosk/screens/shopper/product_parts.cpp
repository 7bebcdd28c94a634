// SPDX-License-Identifier: Apache-2.0
// See product_parts.hpp.
#include "kiosk/screens/shopper/product_parts.hpp"

#include <algorithm>

#include "kiosk/screens/shopper/product_words.hpp"
#include "kiosk/screens/shopper/stock_words.hpp"

namespace vitrine::kiosk::shopper {

void draw_product_niche(Stage& stage, Point top_left, float scale, const ProductCard& card) {
  const Theme& theme = stage.theme;
  const std::size_t tile = Theme::tile_index(card.tile);
  const Box outer{top_left.x, top_left.y, 432 * scale, 485 * scale};
  stage.canvas.arch(outer, theme.frames[tile], 44 * scale);
  stage.canvas.arch(outer.inset(26 * scale), theme.tiles[tile], 26 * scale);
  const float shelf = outer.bottom() - 58 * scale;
  stage.canvas.fill({outer.x + 86 * scale, shelf - 12 * scale, outer.w - 172 * scale, 12 * scale}, theme.frames[tile], 6 * scale);
  // A photo stands on the shelf, as wide as the arch lets it.
  const float photo = 280 * scale;
  if (stage.canvas.product_picture(card.picture, {outer.centre().x - photo / 2, shelf - 12 * scale - photo, photo, photo},
                                   photo * 0.1F * theme.corner_scale))
    return;
  const float side = 232 * scale;
  stage.canvas.standing_pictogram(card.pictogram, {outer.centre().x - side / 2, shelf - 6 * scale - side, side, side});
}

float draw_product_head(Stage& stage, const Model& model, const ProductPage& page, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& texts = stage.texts;
  const ProductCard& card = page.card;
  float y = place.y;
  if (page.age_restriction > 0) {
    const std::string words = texts.say("product.age", {{"n", page.age_restriction}});
    chip(stage, {place.x, y}, Icon::badge, words, theme.warn, theme.warn_tint);
    y += chip_height(stage) + 20;
  }
  if (!page.brand.empty() && page.brand != model.store->brand)
    y += stage.write({place.x, y, place.w, 0}, page.brand, {.type = Type::small, .colour = theme.ink_2, .lines_max = 3}) + 4;
  const std::string& title = texts.pick(card.title);
  // A word that is wider than the place makes the title smaller.
  const auto longest = [&](Type type) {
    float widest = 0;
    for (const std::string_view each : stage.canvas.wrap(type, title, place.w))
      widest = std::max(widest, stage.canvas.width_of(type, each));
    return widest;
  };
  Type type = Type::title;
  if (stage.height_of(title, type, place.w) > 3 * stage.line(type)) type = Type::h3;
  for (const Type smaller : {Type::h2, Type::h3, Type::name, Type::small_strong}) {
    if (longest(type) > place.w) type = smaller;
  }
  y += stage.write({place.x, y, place.w, 0}, title,
                   {.role = Role::heading, .type = type, .colour = theme.ink, .lines_max = 12, .id = "product.title"}) +
       18;
  const std::string price = price_of(stage, card);
  const Type price_type = stage.fitting({card.price ? Type::total : Type::h3, Type::h2, Type::h3, Type::name}, price, place.w);
  stage.write({place.x, y, place.w, 0}, price,
              {.role = Role::status, .type = price_type, .colour = theme.ink, .lines_max = 2, .id = "product.price"});
  const float beside = stage.canvas.width_of(price_type, price) + 20;
  const std::string item = texts.say("product.item", {{"sku", card.sku.text}});
  const bool was = card.price && card.list_price && card.list_price->minor > card.price->minor;
  const std::string note = was ? texts.say("product.was", {{"price", texts.money(*card.list_price)}}) : std::string();
  const std::string small = was ? note + " · " + item : item;
  if (stage.canvas.width_of(Type::caption, small) <= place.w - beside) {
    const float line = stage.line(Type::caption);
    stage.write({place.x + beside, y + stage.line(price_type) - line - 8, place.w - beside, 0}, small,
                {.type = Type::caption, .colour = theme.ink_2});
    return y + stage.line(price_type) - place.y;
  }
  y += stage.height_of(price, price_type, place.w) + 4;
  y += stage.write({place.x, y, place.w, 0}, small, {.type = Type::caption, .colour = theme.ink_2, .lines_max = 3});
  return y - place.y;
}

float draw_variants(Stage& stage, const Model& model, const ProductPage& page, const Box& place) {
  const std::vector<std::string> names = varying(page.variants);
  if (names.empty()) return 0;
  std::string own;
  std::vector<ChoiceSpec> specs;
  std::vector<sync::Sku> skus;
  for (const ProductCard& variant : page.variants) {
    std::string label;
    std::optional<Colour> dot;
    for (const std::string& name : names) {
      const auto found = variant.attributes.find(name);
      if (found == variant.attributes.end()) continue;
      if (!label.empty()) label += ", ";
      label += attribute_value(stage, found->second);
      if (name == "colour") dot = swatch(found->second);
    }
    if (label.empty()) label = stage.texts.pick(variant.title);
    const bool chosen = variant.sku == page.card.sku;
    if (chosen) own = label;
    ChoiceSpec spec{.id = "variant." + variant.sku.text, .label = label, .chosen = chosen};
    if (dot && !stage.outlined()) spec.dot = dot;
    const StockWords stock = offer_words(stage, model, variant.stock);
    spec.spoken = stock.text.empty() ? label : label + ". " + stock.text;
    specs.push_back(std::move(spec));
    skus.push_back(variant.sku);
  }
  std::string heading = attribute_name(stage, names.front());
  for (std::size_t i = 1; i < names.size(); ++i) heading += ", " + attribute_name(stage, names[i]);
  float y = place.y;
  y += stage.write({place.x, y, place.w, 0}, stage.texts.say("product.attribute", {{"name", heading}, {"value", own}}),
                   {.type = Type::small, .colour = stage.theme.ink_2, .lines_max = 3}) +
       12;
  const Box box{place.x, y, place.w, 0};
  constexpr int rows_most = 40;
  if (const auto pressed = choices(stage, box, specs, rows_most)) stage.want(OpenProduct{skus[*pressed]});
  return y + choices_height(stage, place.w, specs, rows_most) - place.y;
}

float draw_description(Stage& stage, const ProductPage& page, const Box& place) {
  const std::string& words = stage.texts.pick(page.description);
  if (words.empty()) return 0;
  return stage.write({place.x + 4, place.y, place.w - 8, 0}, words,
                     {.type = Type::body, .colour = stage.theme.ink_2, .lines_max = 60});
}

float draw_availability(Stage& stage, const Model& model, const ProductPage& page, const Box& place) {
  const Theme& theme = stage.theme;
  const std::optional<StockHere>& stock = page.card.stock;
  const Freshness age = stock ? shown_freshness(*stock, model) : Freshness::unknown;
  const bool trusted = age != Freshness::unknown && age != Freshness::check;
  StockWords words = offer_words(stage, model, stock);
  if (words.text.empty()) words = {stage.texts.say("product.stock_unknown"), theme.ink_2, Icon::place};
  const std::string line =
      trusted ? stage.texts.say("product.as_of", {{"time", stage.texts.clock(stock->as_of)}}) : stage.texts.say("product.ask");
  constexpr float pad = 36;
  constexpr float disc = 46;
  const float left = pad + 2 * disc + 26;
  const float room = place.w - left - pad;
  const float height = stage.height_of(words.text, Type::h3, room) + 2 + stage.height_of(line, Type::body, room);
  const Box box{place.x, place.y, place.w, std::max(height, 2 * disc) + 2 * 28};
  const float nearby = nearby_height(stage, model, page, place.w - 2 * pad);
  const Box whole{box.x, box.y, box.w, nearby > 0 ? box.h + nearby : box.h};
  card(stage, whole);
  const bool warns = is_sold_out(model, stock) || age == Freshness::check;
  stage.canvas.disc({box.x + pad + disc, box.centre().y}, disc,
                    warns                       ? theme.warn_tint
                    : age == Freshness::unknown ? theme.sunken
                                                : theme.ok_tint);
  stage.canvas.icon(words.icon, 50, {box.x + pad + disc, box.centre().y}, words.colour);
  float y = box.centre().y - height / 2;
  y += stage.write({box.x + left, y, room, 0}, words.text,
                   {.role = Role::status, .type = Type::h3, .colour = theme.ink, .lines_max = 5, .id = "product.stock"}) +
       2;
  stage.write({box.x + left, y, room, 0}, line, {.type = Type::body, .colour = theme.ink_2, .lines_max = 4});
  draw_nearby(stage, model, page, {box.x + pad, box.bottom(), box.w - 2 * pad, nearby});
  return whole.h;
}

float draw_room_code(Stage& stage, const ProductPage& page, const Box& place) {
  if (page.ar_url.empty()) return 0;
  const QrModules code = make_qr(page.ar_url);
  if (code.size == 0) return 0;
  constexpr float side = 228;
  const float room = place.w - side - 3 * 32;
  const std::string title = stage.texts.say("product.room");
  const std::string line = stage.texts.say("product.room_line");
  const float words = stage.height_of(title, Type::h3, room) + 8 + stage.height_of(line, Type::body, room);
  const Box box{place.x, place.y, place.w, std::max(side, words) + 56};
  card(stage, box);
  qr_tile(stage, {box.x + 32, box.centre().y - side / 2, side, side}, code, "product.room",
          stage.texts.say("product.room_image"));
  const float left = box.x + side + 64;
  float y = box.centre().y - words / 2;
  y += stage.write({left, y, room, 0}, title,
                   {.role = Role::heading, .type = Type::h3, .colour = stage.theme.ink, .lines_max = 5}) +
       8;
  stage.write({left, y, room, 0}, line, {.type = Type::body, .colour = stage.theme.ink_2, .lines_max = 8});
  return box.h;
}

namespace {

constexpr float companion_tile = 108;
constexpr float companion_gap = 20;

struct Companion {
  std::string title, price;
  float room = 0, height = 0;
};

Companion measure_companion(Stage& stage, const Model& model, const ProductCard& card, float width) {
  Companion made{stage.texts.pick(card.title), price_of(stage, card)};
  made.room = width - 16 - companion_tile - 20 - (model.visit.cart ? 88 + 18 + 16 : 24);
  const float words =
      stage.height_of(made.title, Type::small_strong, made.room) + stage.height_of(made.price, Type::caption, made.room);
  made.height = std::max(companion_tile, words) + 44;
  return made;
}

void draw_companion(Stage& stage, const Model& model, const ProductCard& product, const Companion& words, const Box& box) {
  const Theme& theme = stage.theme;
  card(stage, box);
  const bool adds = model.visit.cart.has_value();
  const Box touch{box.x, box.y, box.w - (adds ? 88 + 16 + 14 : 0), box.h};
  TargetSpec target{.id = "goes." + product.sku.text, .box = touch, .label = words.title, .radius = 32};
  target.spoken = words.title + ". " + words.price;
  const TargetState state = stage.target(target);
  if (state.press > 0) stage.canvas.fill(touch, theme.primary_tint.faded(state.press), 32 * theme.corner_scale);
  product_tile(stage, {box.x + 16, box.centre().y - companion_tile / 2, companion_tile, companion_tile}, product.pictogram,
               product.tile, product.picture);
  const float left = box.x + 16 + companion_tile + 20;
  const float height = words.height - 44;
  float y = box.centre().y - std::min(height, stage.height_of(words.title, Type::small_strong, words.room) +
                                                  stage.height_of(words.price, Type::caption, words.room)) /
                                 2;
  y += stage.write({left, y, words.room, 0}, words.title, {.type = Type::small_strong, .colour = theme.ink, .lines_max = 8});
  stage.write({left, y, words.room, 0}, words.price, {.type = Type::caption, .colour = theme.ink_2, .lines_max = 2});
  if (state.acted) stage.want(OpenProduct{product.sku});
  if (!adds) return;
  const std::string add = stage.texts.say("product.add_one", {{"title", words.title}});
  if (round_button(stage, {box.right() - 16 - 88, box.centre().y - 44}, "goes." + product.sku.text + ".add", add, Icon::add))
    stage.want(AddToCart{product.sku, product.title, 1});
}

}  // namespace

float draw_goes_with(Stage& stage, const Model& model, const ProductPage& page, const Box& place) {
  if (page.goes_with.empty()) return 0;
  float y = place.y;
  y += stage.write({place.x, y, place.w, 0}, stage.texts.say("product.goes_with"),
                   {.role = Role::heading, .type = Type::h3, .colour = stage.theme.ink, .lines_max = 2}) +
       16;
  // Two columns become one with large text, and where a long word would not fit.
  const auto fits_half = [&](const ProductCard& product) {
    const float room = measure_companion(stage, model, product, (place.w - companion_gap) / 2).room;
    const std::string& title = stage.texts.pick(product.title);
    const auto lines = stage.canvas.wrap(Type::small_strong, title, room);
    return std::ranges::all_of(lines,
                               [&](std::string_view each) { return stage.canvas.width_of(Type::small_strong, each) <= room; });
  };
  const std::size_t columns = stage.large() || !std::ranges::all_of(page.goes_with, fits_half) ? 1 : 2;
  const float width = (place.w - companion_gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  for (std::size_t i = 0; i < page.goes_with.size(); i += columns) {
    float tallest = 0;
    std::vector<Companion> row;
    for (std::size_t c = i; c < std::min(i + columns, page.goes_with.size()); ++c)
      tallest = std::max(tallest, row.emplace_back(measure_companion(stage, model, page.goes_with[c], width)).height);
    for (std::size_t c = 0; c < row.size(); ++c) {
      const Box box{place.x + static_cast<float>(c) * (width + companion_gap), y, width, tallest};
      draw_companion(stage, model, page.goes_with[i + c], row[c], box);
    }
    y += tallest + companion_gap;
  }
  return y - companion_gap - place.y;
}

}  // namespace vitrine::kiosk::shopper
