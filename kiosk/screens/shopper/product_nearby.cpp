// SPDX-License-Identifier: Apache-2.0
// 09: what other stores have, below what is here; see product_parts.hpp.
#include <algorithm>

#include "kiosk/screens/nearby_words.hpp"
#include "kiosk/screens/shopper/product_parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr std::size_t stores_max = 3;
constexpr float row_pad = 15;
constexpr float apart = 22;

struct Row {
  const NearbyStore* store = nullptr;
  NearbyWords words;
  bool stacked = false;  // the words of the right stand below those of the left
  float right = 0;       // their width
  float height = 0;
};

Row measure(Stage& stage, const Model& model, const NearbyStore& store, float width) {
  Row row{&store, nearby_words(stage, model, store)};
  const float band = stage.canvas.width_of(Type::small_strong, row.words.band);
  const float age = stage.canvas.width_of(Type::caption, row.words.age);
  row.right = std::min(width, std::max(band, age) + 1);
  const float left = width - row.right - apart;
  const auto height = [&](const std::string& text, Type type, float room) {
    return text.empty() ? 0 : stage.height_of(text, type, room);
  };
  row.stacked = left < width * 0.4F;
  const float room = row.stacked ? width : left;
  const float beside = row.stacked ? width : row.right;
  const float lefts = height(store.name, Type::small_strong, room) + height(row.words.where, Type::caption, room);
  const float rights = height(row.words.band, Type::small_strong, beside) + height(row.words.age, Type::caption, beside);
  row.height = (row.stacked ? lefts + 6 + rights : std::max(lefts, rights)) + 2 * row_pad;
  return row;
}

void draw(Stage& stage, const Row& row, const Box& box) {
  const Theme& theme = stage.theme;
  const std::string id = "product.nearby." + row.store->store;
  const float left = row.stacked ? box.w : box.w - row.right - apart;
  float y = box.y + row_pad;
  y += stage.write({box.x, y, left, 0}, row.store->name,
                   {.type = Type::small_strong, .colour = theme.ink, .lines_max = 4, .id = id});
  if (!row.words.where.empty())
    y += stage.write({box.x, y, left, 0}, row.words.where,
                     {.type = Type::caption, .colour = theme.ink_2, .lines_max = 4, .id = id + ".where"});
  y = row.stacked ? y + 6 : box.y + row_pad;
  const float x = row.stacked ? box.x : box.right() - row.right;
  const float room = row.stacked ? box.w : row.right;
  const Align align = row.stacked ? Align::left : Align::right;
  y += stage.write({x, y, room, 0}, row.words.band,
                   {.role = Role::status,
                    .type = Type::small_strong,
                    .colour = row.words.colour,
                    .align = align,
                    .lines_max = 4,
                    .id = id + ".band"});
  stage.write({x, y, room, 0}, row.words.age,
              {.type = Type::caption, .colour = theme.ink_2, .align = align, .lines_max = 4, .id = id + ".age"});
}

// A shopper is not told where else there is none.
std::vector<const NearbyStore*> shown_of(const ProductPage& page) {
  std::vector<const NearbyStore*> shown;
  for (const NearbyStore& store : page.nearby) {
    if (shown.size() < stores_max && store.band != sync::Band::none) shown.push_back(&store);
  }
  return shown;
}

std::vector<Row> rows_of(Stage& stage, const Model& model, const ProductPage& page, float width) {
  std::vector<Row> rows;
  for (const NearbyStore* store : shown_of(page)) rows.push_back(measure(stage, model, *store, width));
  return rows;
}

}  // namespace

std::string nearby_spoken(Stage& stage, const Model& model, const ProductPage& page) {
  std::string stores;
  for (const NearbyStore* store : shown_of(page)) {
    if (!stores.empty()) stores += ". ";
    stores += nearby_words(stage, model, *store).spoken;
  }
  return stores.empty() ? stores : stage.texts.say("nearby.spoken", {{"stores", stores}});
}

float nearby_height(Stage& stage, const Model& model, const ProductPage& page, float width) {
  float height = 0;
  for (const Row& row : rows_of(stage, model, page, width)) height += row.height;
  return height;
}

void draw_nearby(Stage& stage, const Model& model, const ProductPage& page, const Box& place) {
  float y = place.y;
  for (const Row& row : rows_of(stage, model, page, place.w)) {
    stage.canvas.fill({place.x, y, place.w, 2}, stage.theme.line);
    draw(stage, row, {place.x, y, place.w, row.height});
    y += row.height;
  }
}

}  // namespace vitrine::kiosk::shopper
