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
  float left = 0;  // the width of those
  float text_height = 0;
  std::optional<ButtonSpec> keep{};  // for the cart that is open, where some may be there
  bool keep_below = false;           // the words
  float keep_width = 0, keep_height = 0;
};

// What asking this store to keep it would be, or became.
std::optional<ButtonSpec> keep_button(Stage& stage, const Model& model, const ProductPage& page, const NearbyStore& store) {
  const Visit& visit = model.visit;
  if (!visit.cart) return std::nullopt;
  Texts& t = stage.texts;
  const Kept* kept = kept_at(visit, page.card.sku, store.store);
  const bool there = store.band && *store.band != sync::Band::none && shown_freshness(store, model) != Freshness::check;
  if (!there && (kept == nullptr || !kept->until)) return std::nullopt;
  ButtonSpec spec{.id = "product.keep." + store.store, .kind = ButtonKind::secondary, .small = true};
  if (kept != nullptr && kept->until) {
    spec.label = t.say("nearby.kept", {{"n", kept->units}, {"time", t.clock(*kept->until)}});
    spec.enabled = false;
  } else if (kept != nullptr && kept->asked != 0) {
    spec.label = t.say("nearby.keeping");
    spec.enabled = false;
  } else if (model.link_known && !model.link.online) {
    spec.label = t.say("nearby.keep_offline");
    spec.enabled = false;
  } else if (kept != nullptr) {
    spec.label = t.say(kept->failed == "not_enough" ? "nearby.not_enough" : "nearby.keep_failed");
  } else {
    spec.label = t.say("nearby.keep", {{"n", std::min(visit.product->units, kept_units_max)}});
  }
  spec.spoken = store.name + ". " + spec.label;
  return spec;
}

Row measure(Stage& stage, const Model& model, const ProductPage& page, const NearbyStore& store, float width) {
  Row row{&store, nearby_words(stage, model, store)};
  row.keep = keep_button(stage, model, page, store);
  const float band = stage.canvas.width_of(Type::small_strong, row.words.band);
  const float age = stage.canvas.width_of(Type::caption, row.words.age);
  row.right = std::min(width, std::max(band, age) + 1);
  if (row.keep) {
    row.keep_width = std::min(width, button_width(stage, *row.keep));
    row.keep_height = button_height(stage, row.keep_width, *row.keep);
  }
  // The words of the left keep their room, and none of theirs is cut; else the button goes below them, then the right's words
  // too.
  const auto fits = [&](const std::string& text, Type type, float room) {
    return std::ranges::all_of(stage.canvas.wrap(type, text, room),
                               [&](std::string_view each) { return stage.canvas.width_of(type, each) <= room; });
  };
  const auto leaves_room = [&](float end, float share) {
    const float room = end - row.right - apart;
    return room >= width * share && fits(store.name, Type::small_strong, room) && fits(row.words.where, Type::caption, room);
  };
  row.stacked = !leaves_room(width, 0.4F);
  row.keep_below = row.keep && (row.stacked || !leaves_room(width - row.keep_width - apart, 0.3F));
  const float end = row.keep && !row.keep_below ? width - row.keep_width - apart : width;
  const auto height = [&](const std::string& text, Type type, float room) {
    return text.empty() ? 0 : stage.height_of(text, type, room);
  };
  row.left = row.stacked ? end : end - row.right - apart;
  const float beside = row.stacked ? end : row.right;
  const float lefts = height(store.name, Type::small_strong, row.left) + height(row.words.where, Type::caption, row.left);
  const float rights = height(row.words.band, Type::small_strong, beside) + height(row.words.age, Type::caption, beside);
  row.text_height = row.stacked ? lefts + 6 + rights : std::max(lefts, rights);
  row.height = row.text_height + 2 * row_pad;
  if (row.keep && row.keep_below) row.height += 12 + row.keep_height;
  if (row.keep && !row.keep_below) row.height = std::max(row.height, row.keep_height + 2 * row_pad);
  return row;
}

void draw(Stage& stage, const Row& row, const Box& box) {
  const Theme& theme = stage.theme;
  const std::string id = "product.nearby." + row.store->store;
  const float top = box.y + row_pad + (row.keep_below ? 0 : (box.h - 2 * row_pad - row.text_height) / 2);
  float y = top;
  y += stage.write({box.x, y, row.left, 0}, row.store->name,
                   {.type = Type::small_strong, .colour = theme.ink, .lines_max = 4, .id = id});
  if (!row.words.where.empty())
    y += stage.write({box.x, y, row.left, 0}, row.words.where,
                     {.type = Type::caption, .colour = theme.ink_2, .lines_max = 4, .id = id + ".where"});
  y = row.stacked ? y + 6 : top;
  const float x = row.stacked ? box.x : box.x + row.left + apart;
  const float room = row.stacked ? row.left : row.right;
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
  if (!row.keep) return;
  const float at = row.keep_below ? top + row.text_height + 12 : box.centre().y - row.keep_height / 2;
  if (button(stage, {box.right() - row.keep_width, at, row.keep_width, row.keep_height}, *row.keep))
    stage.want(KeepAtStore{row.store->store});
}

// A shopper is not told where else there is none; but what is kept for them, when it was the last.
std::vector<const NearbyStore*> shown_of(const Model& model, const ProductPage& page) {
  std::vector<const NearbyStore*> shown;
  for (const NearbyStore& store : page.nearby) {
    const bool told = store.band != sync::Band::none || kept_at(model.visit, page.card.sku, store.store) != nullptr;
    if (shown.size() < stores_max && told) shown.push_back(&store);
  }
  return shown;
}

std::vector<Row> rows_of(Stage& stage, const Model& model, const ProductPage& page, float width) {
  std::vector<Row> rows;
  for (const NearbyStore* store : shown_of(model, page)) rows.push_back(measure(stage, model, page, *store, width));
  return rows;
}

}  // namespace

std::string nearby_spoken(Stage& stage, const Model& model, const ProductPage& page) {
  std::string stores;
  for (const NearbyStore* store : shown_of(model, page)) {
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
