// SPDX-License-Identifier: Apache-2.0
// See shop_window.hpp. One niche changes its goods at a time; slides change whole.
#include "kiosk/screens/shopper/shop_window.hpp"

#include <algorithm>
#include <array>

namespace vitrine::kiosk::shopper {
namespace {

constexpr std::int64_t fade_ms = 400;

// Goods in a niche: where they stand on their shelf, in units of a niche 300 wide.
struct Good {
  const char* pictogram;
  float left, side;
};
struct Goods {
  std::array<Good, 2> low;  // the shelf below
  Good middle;              // only in a tall window
  Good high;
};
struct Niche {
  std::size_t tile;
  std::array<Goods, 2> goods;  // one after the other
};
constexpr std::array<Niche, 3> niches = {
    {{0,
      {{{{{{"window.candle", 26, 150}, {"window.heart", 144, 100}}}, {"window.cake", 90, 118}, {"window.gift", 88, 122}},
        {{{{"window.bear", 28, 146}, {"window.mug", 158, 102}}}, {"window.candle", 88, 118}, {"window.balloon", 86, 124}}}}},
     {2,
      {{{{{{"window.plant", 24, 150}, {"window.teapot", 146, 118}}}, {"window.candle", 88, 118}, {"window.clock", 89, 120}},
        {{{{"window.books", 28, 142}, {"window.bell", 160, 100}}}, {"window.teapot", 90, 118}, {"window.flower", 86, 124}}}}},
     {1,
      {{{{{{"window.jar", 32, 146}, {"window.cake", 144, 122}}}, {"window.teapot", 90, 118}, {"window.basket", 86, 124}},
        {{{{"window.yarn", 30, 144}, {"window.sweets", 152, 112}}}, {"window.jar", 90, 118}, {"window.picture", 86, 124}}}}}}};

constexpr float shelf_height = 210;
constexpr float niche_gap = 34;
constexpr float niche_high = 452;

void draw_good(Stage& stage, const Box& niche, const Good& good, float above) {
  const float unit = niche.w / 300;
  const float side = good.side * unit;
  stage.canvas.standing_pictogram(good.pictogram, {niche.x + good.left * unit, niche.bottom() - above * unit - side, side, side});
}

void draw_goods(Stage& stage, const Box& niche, const Goods& goods, bool tall, float opacity) {
  const int mark = stage.canvas.mark();
  for (const Good& good : goods.low) draw_good(stage, niche, good, 5);
  if (tall) draw_good(stage, niche, goods.middle, shelf_height + 14);
  draw_good(stage, niche, goods.high, (tall ? 2 : 1) * shelf_height + 14);
  if (opacity < 1) stage.canvas.fade_since(mark, opacity);
}

void draw_frame(Stage& stage, const Box& niche, std::size_t tile, bool tall) {
  const Theme& theme = stage.theme;
  const float unit = niche.w / 300;
  const Colour frame = theme.frames[tile];
  stage.canvas.arch(niche, frame, 0);
  const Box inner{niche.x + 22 * unit, niche.y + 22 * unit, niche.w - 44 * unit, niche.h - 22 * unit};
  stage.canvas.arch(inner, theme.tiles[tile], 0);
  for (int shelf = 1; shelf <= (tall ? 2 : 1); ++shelf) {
    const float up = shelf_height * static_cast<float>(shelf);
    stage.canvas.fill({inner.x, niche.bottom() - (up + 14) * unit, inner.w, 14 * unit}, frame);
  }
}

// Of the last change: 1 when it is over.
float share_of(Stage& stage, const Attract& at) {
  if (at.since_ms >= fade_ms) return 1;
  stage.motions.keep_moving();
  return static_cast<float>(at.since_ms) / static_cast<float>(fade_ms);
}

// Niches take turns; each changes with every third change.
void draw_niche(Stage& stage, const Box& box, std::size_t number, bool tall, const Attract& at) {
  const Niche& niche = niches.at(number);
  draw_frame(stage, box, niche.tile, tall);
  const auto turn = static_cast<std::int64_t>(number);
  const std::int64_t changes = (at.changes + 2 - turn) / 3;
  const bool is_changing = changes > 0 && (at.changes - 1) % 3 == turn;
  const float share = is_changing ? share_of(stage, at) : 1;
  const auto goods = [&](std::int64_t set) -> const Goods& { return niche.goods[static_cast<std::size_t>(set % 2)]; };
  if (share < 1) draw_goods(stage, box, goods(changes + 1), tall, 1 - share);
  draw_goods(stage, box, goods(changes), tall, share);
}

void draw_slides(Stage& stage, const Box& box, const Attract& at) {
  const float high = std::min(box.h, box.w * slide_high / slide_wide);
  const float wide = std::min(box.w, high * slide_wide / slide_high * 1.4F);  // a narrower one is cut above and below
  const Box place{box.x + (box.w - wide) / 2, box.bottom() - high, wide, high};
  const float radius = 44 * stage.theme.corner_scale;
  const auto count = static_cast<std::int64_t>(stage.canvas.slides());
  const auto slide = [&](std::int64_t number) { return static_cast<std::size_t>(number % count); };
  const float share = at.changes > 0 && count > 1 ? share_of(stage, at) : 1;
  if (share < 1) stage.canvas.slide(slide(at.changes - 1), place, radius, 1);
  stage.canvas.slide(slide(at.changes), place, radius, share);
}

}  // namespace

void draw_shop_window(Stage& stage, const Model& model, const Box& box, float tall_from) {
  const Attract at = attract(model).value_or(Attract{0, fade_ms});
  if (stage.canvas.slides() > 0) {
    if (box.h >= 200) draw_slides(stage, box, at);
    return;
  }
  const float width = (box.w - 2 * niche_gap) / 3;
  const float unit = width / 300;
  if (box.h < niche_high * unit) return;
  const bool tall = (niche_high + shelf_height) * unit <= std::min(tall_from, box.h);
  const float height = (tall ? niche_high + shelf_height : niche_high) * unit;
  for (std::size_t i = 0; i < niches.size(); ++i) {
    draw_niche(stage, {box.x + (width + niche_gap) * static_cast<float>(i), box.bottom() - height, width, height}, i, tall, at);
  }
}

}  // namespace vitrine::kiosk::shopper
