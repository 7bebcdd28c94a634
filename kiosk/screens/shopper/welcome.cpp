// SPDX-License-Identifier: Apache-2.0
// 01: the shop window, and the one thing that can be done here.
#include <algorithm>
#include <cmath>

#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

// Goods in a window: where they stand on their shelf, in units of a niche 300 wide.
struct Good {
  const char* pictogram;
  float left, side;
};
struct Goods {
  std::size_t tile;
  std::array<Good, 2> low;  // the shelf below
  Good middle;              // only in a tall window
  Good high;
};
constexpr std::array<Goods, 3> windows = {{
    {0, {{{"window.candle", 26, 150}, {"window.heart", 144, 100}}}, {"window.cake", 90, 118}, {"window.gift", 88, 122}},
    {2, {{{"window.plant", 24, 150}, {"window.teapot", 146, 118}}}, {"window.candle", 88, 118}, {"window.clock", 89, 120}},
    {1, {{{"window.jar", 32, 146}, {"window.cake", 144, 122}}}, {"window.teapot", 90, 118}, {"window.basket", 86, 124}},
}};

constexpr float shelf_height = 210;

void draw_good(Stage& stage, const Box& niche, float unit, const Good& good, float above) {
  const float side = good.side * unit;
  stage.canvas.standing_pictogram(good.pictogram, {niche.x + good.left * unit, niche.bottom() - above * unit - side, side, side});
}

void draw_niche(Stage& stage, const Box& niche, const Goods& goods, bool tall) {
  const Theme& theme = stage.theme;
  const float unit = niche.w / 300;
  const Colour frame = theme.frames[goods.tile];
  stage.canvas.arch(niche, frame, 0);
  const Box inner{niche.x + 22 * unit, niche.y + 22 * unit, niche.w - 44 * unit, niche.h - 22 * unit};
  stage.canvas.arch(inner, theme.tiles[goods.tile], 0);
  for (int shelf = 1; shelf <= (tall ? 2 : 1); ++shelf) {
    const float up = shelf_height * static_cast<float>(shelf);
    stage.canvas.fill({inner.x, niche.bottom() - (up + 14) * unit, inner.w, 14 * unit}, frame);
  }
  for (const Good& good : goods.low) draw_good(stage, niche, unit, good, 5);
  if (tall) draw_good(stage, niche, unit, goods.middle, shelf_height + 14);
  draw_good(stage, niche, unit, goods.high, (tall ? 2 : 1) * shelf_height + 14);
}

void draw_window(Stage& stage, const Model& model, const Box& box) {
  const Theme& theme = stage.theme;
  const StoreInfo& store = *model.store;
  stage.canvas.fill_gradient(box, theme.night, theme.night_light);
  const float left = box.x + margin;
  const float right = box.right() - margin;

  const std::string hours = opening_words(stage, store);
  const float hours_width = 26 + 32 + 10 + stage.canvas.width_of(Type::small_strong, hours) + 26;
  const Box chip{right - hours_width, box.y + 78, hours_width, 60};
  stage.canvas.fill(chip, theme.on_dark.faded(0.14F), 30);
  stage.canvas.icon(Icon::schedule, 32, {chip.x + 26 + 16, chip.y + 30}, theme.on_dark);
  stage.write_centred({chip.x + 68, chip.y, hours_width - 68 - 20, 60}, hours,
                      {.role = Role::status, .type = Type::small_strong, .colour = theme.on_dark});

  const float room = chip.x - 24 - left;
  const Type brand = stage.fitting({Type::brand_large, Type::brand, Type::h3, Type::name}, store.brand, room);
  stage.write_centred({left, box.y + 56, room, 64}, store.brand, {.role = Role::heading, .type = brand, .colour = theme.on_dark});
  const std::string& tagline = stage.texts.pick(store.tagline);
  const std::string place =
      tagline.empty() ? store.name : stage.texts.say("welcome.place", {{"tagline", tagline}, {"store", store.name}});
  stage.write({left, box.y + 124, room, 72}, place, {.type = Type::small, .colour = theme.on_dark_2, .lines_max = 2});

  const float gap = 34;
  const float width = (right - left - 2 * gap) / 3;
  const float unit = width / 300;
  const float base = box.bottom() - 104;
  const bool tall = (452 + shelf_height) * unit <= base - box.y - 230;
  const float height = (tall ? 452 + shelf_height : 452) * unit;
  for (std::size_t i = 0; i < windows.size(); ++i) {
    draw_niche(stage, {left + (width + gap) * static_cast<float>(i), base - height, width, height}, windows[i], tall);
  }
  stage.canvas.fill({box.x, base, box.w, 104}, theme.night_deep);
  stage.canvas.fill({box.x + 32, base - 4, box.w - 64, 14}, theme.shelf, 7);
  stage.canvas.icon(Icon::qr_code_scanner, 32, {left + 16, box.bottom() - 46}, theme.on_dark);
  const std::string day = stage.texts.day(model.now.utc);
  const float day_width = stage.canvas.width_of(Type::small, day);
  stage.write({left + 46, box.bottom() - 64, right - left - 46 - day_width - 24, 36}, stage.texts.say("welcome.strip"),
              {.type = Type::small, .colour = theme.on_dark});
  stage.write({right - day_width - 1, box.bottom() - 64, day_width + 1, 36}, day,
              {.type = Type::small, .colour = theme.on_dark_2});
}

constexpr float step_row = 148;

void draw_steps(Stage& stage, const Box& box) {
  const Theme& theme = stage.theme;
  card(stage, box);
  const std::array<StepSpec, 3> steps = {{
      {.number = "1", .title = stage.texts.say("welcome.step_1"), .line = stage.texts.say("welcome.step_1_line")},
      {.number = "2", .title = stage.texts.say("welcome.step_2"), .line = stage.texts.say("welcome.step_2_line")},
      {.number = "3", .title = stage.texts.say("welcome.step_3"), .line = stage.texts.say("welcome.step_3_line")},
  }};
  const float row = box.h / 3;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const float y = box.y + row * static_cast<float>(i);
    step(stage, {box.x, y, box.w, row}, steps[i]);
    if (i > 0) stage.canvas.fill({box.x + 160, y - 1, box.w - 160 - 38, 2}, theme.line);
  }
}

}  // namespace

void draw_welcome(Stage& stage, const Model& model) {
  const Box above = draw_utility(stage, model, false);
  Box window{0, 0, above.w, 812};
  Box rest{margin, 812, above.w - 2 * margin, above.h - 812};
  if (stage.wide()) {
    window = {0, 0, std::round(above.w * 0.5F), above.h};
    rest = {window.right() + 64, 0, above.w - window.right() - 64 - margin, above.h};
  }
  draw_window(stage, model, window);

  const float action = 220;
  const std::string title = stage.texts.say("welcome.title");
  const float title_height = stage.height_of(title, Type::h1, rest.w);
  const float whole = title_height + 36 + action + 26 + 3 * step_row;
  float y = rest.y + std::max(24.0F, (rest.h - whole) / 2);
  stage.write({rest.x, y, rest.w, title_height}, title,
              {.role = Role::heading, .type = Type::h1, .colour = stage.theme.ink, .lines_max = 2});
  y += title_height + 36;
  if (main_action(stage, {rest.x, y, rest.w, action}, "scan.start", Icon::qr_code_scanner, stage.texts.say("welcome.scan"),
                  stage.texts.say("welcome.scan_line"))) {
    stage.want(Navigate{Route::scan});
  }
  y += action + 26;
  draw_steps(stage, {rest.x, y, rest.w, std::min(3 * step_row, rest.bottom() - 24 - y)});

  stage.tree.announcement = stage.texts.say(
      "welcome.spoken",
      {{"brand", model.store->brand}, {"store", model.store->name}, {"hours", opening_words(stage, *model.store)}});
}

}  // namespace vitrine::kiosk::shopper
