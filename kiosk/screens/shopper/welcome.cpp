// SPDX-License-Identifier: Apache-2.0
// 01: the shop window, and what can be done here.
#include <algorithm>
#include <cmath>

#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/shop_window.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

// Brand, place and hours. The hours stand beside the name, or below it when the two do not fit.
struct Sign {
  std::string hours, place;
  bool below = false;
  float room = 0;
  Type brand = Type::brand_large;
  Box chip;
  float logo = 0;  // its height; 0: the name in letters
  float top = 56;
  float height = 0;  // of the window's upper end
};

Sign plan_sign(Stage& stage, const Model& model, float width) {
  const StoreInfo& store = *model.store;
  Sign sign;
  sign.hours = opening_words(stage, store);
  const std::string& tagline = stage.texts.pick(store.tagline);
  sign.place = tagline.empty() ? store.name : stage.texts.say("welcome.place", {{"tagline", tagline}, {"store", store.name}});
  const float chip_width =
      std::min(width - 2 * margin, 26 + 32 + 10 + stage.canvas.width_of(Type::small_strong, sign.hours) + 26);
  const float beside = width - 2 * margin - chip_width - 24;
  sign.below = stage.canvas.width_of(Type::h3, store.brand) > beside ||
               stage.height_of(sign.place, Type::small, beside) > 2 * stage.line(Type::small);
  sign.room = sign.below ? width - 2 * margin : beside;
  sign.brand = stage.fitting({Type::brand_large, Type::brand, Type::h3, Type::name}, store.brand, sign.room);
  if (stage.canvas.logo_width(true, {0, 0, sign.room, logo_high}) > 0) sign.logo = logo_high;
  if (sign.logo == 0 && stage.line(sign.brand) < 64) sign.top = 68;
  const float brand = sign.logo > 0 ? sign.logo + 8 : stage.height_of(store.brand, sign.brand, sign.room);
  sign.height = sign.top + brand + 4 + stage.height_of(sign.place, Type::small, sign.room);
  sign.chip = {0, sign.top + brand / 2 + 20, chip_width,
               stage.height_of(sign.hours, Type::small_strong, chip_width - 26 - 32 - 10 - 24) + 26};
  sign.chip.y -= sign.chip.h / 2;
  if (sign.below) {
    sign.chip.y = sign.height + 16;
    sign.height = sign.chip.bottom();
  }
  return sign;
}

void draw_sign(Stage& stage, const Model& model, const Box& box, const Sign& sign) {
  const Theme& theme = stage.theme;
  const float left = box.x + margin;
  float y = box.y + sign.top;
  if (sign.logo > 0) {
    const Box place{left, y, sign.room, sign.logo};
    const float width = stage.canvas.logo(true, place);
    stage.describe(Role::heading, {place.x, place.y, width, place.h}, "brand", model.store->brand);
    y += sign.logo + 12;
  } else {
    y += stage.write({left, y, sign.room, 0}, model.store->brand,
                     {.role = Role::heading, .type = sign.brand, .colour = theme.on_dark, .lines_max = 2}) +
         4;
  }
  stage.write({left, y, sign.room, 0}, sign.place, {.type = Type::small, .colour = theme.on_dark_2, .lines_max = 5});
  Box chip = sign.chip;
  chip.x = sign.below ? left : box.right() - margin - chip.w;
  chip.y += box.y;
  stage.canvas.fill(chip, theme.on_dark.faded(0.14F), chip.h / 2);
  stage.canvas.icon(Icon::schedule, 32, {chip.x + 26 + 16, chip.centre().y}, theme.on_dark);
  stage.write({chip.x + 68, chip.y + 13, chip.w - 68 - 20, 0}, sign.hours,
              {.role = Role::status, .type = Type::small_strong, .colour = theme.on_dark, .lines_max = 3});
}

// The strip below the goods is as high as its words.
float strip_height(Stage& stage, float width) {
  return std::max(104.0F, 2 * 34 + stage.height_of(stage.texts.say("welcome.strip"), Type::small, width - 2 * margin - 46));
}

float strip_room(Stage& stage, float width, const std::string& day) {
  return width - 2 * margin - 46 - stage.canvas.width_of(Type::small, day) - 24;
}

void draw_window(Stage& stage, const Model& model, const Box& box, const Sign& sign) {
  const Theme& theme = stage.theme;
  stage.canvas.fill_gradient(box, theme.night, theme.night_light);
  draw_sign(stage, model, box, sign);
  // The window is decoration: it gives way first.
  const Box goods{box.x + margin, box.y + sign.height + 32, box.w - 2 * margin,
                  box.h - strip_height(stage, box.w) - sign.height - 32};
  if (!stage.outlined()) draw_shop_window(stage, model, goods, box.h - strip_height(stage, box.w) - 230);
  const float left = box.x + margin;
  const float right = box.right() - margin;
  const float strip = strip_height(stage, box.w);
  const float base = box.bottom() - strip;
  stage.canvas.fill({box.x, base, box.w, strip}, theme.night_deep);
  stage.canvas.fill({box.x + 32, base - 4, box.w - 64, stage.outlined() ? 3.0F : 14.0F}, theme.shelf, 7);
  const Point middle{left + 16, base + strip / 2 + 6};
  const std::string day = stage.texts.day(model.now.utc);
  const std::string words = stage.texts.say("welcome.strip");
  stage.canvas.icon(Icon::qr_code_scanner, 32, middle, theme.on_dark);
  const bool both = stage.canvas.width_of(Type::small, words) <= strip_room(stage, box.w, day);
  const float line = stage.line(Type::small);
  const float room = right - left - 46;
  const float height = stage.height_of(words, Type::small, room);
  stage.write({left + 46, middle.y - (both ? line : height) / 2, both ? strip_room(stage, box.w, day) : room, height}, words,
              {.type = Type::small, .colour = theme.on_dark, .lines_max = 4});
  if (!both) return;
  const float day_width = stage.canvas.width_of(Type::small, day);
  stage.write({right - day_width - 1, middle.y - line / 2, day_width + 1, line}, day,
              {.type = Type::small, .colour = theme.on_dark_2});
}

std::vector<ActionSpec> actions_of(Stage& stage) {
  Texts& t = stage.texts;
  return {
      {.id = "scan.start",
       .icon = Icon::qr_code_scanner,
       .title = t.say("welcome.scan"),
       .line = t.say("welcome.scan_line"),
       .primary = true},
      {.id = "collect.start",
       .icon = Icon::shopping_bag,
       .title = t.say("welcome.collect"),
       .line = t.say("welcome.collect_line")},
      {.id = "search.start", .icon = Icon::search, .title = t.say("welcome.find"), .line = t.say("welcome.find_line")},
  };
}

constexpr float action_gap = 26;

float actions_height(const Stage& stage, float width, const std::vector<ActionSpec>& actions) {
  float height = -action_gap;
  for (const ActionSpec& each : actions) height += main_action_height(stage, width, each) + action_gap;
  return height;
}

}  // namespace

void draw_welcome(Stage& stage, const Model& model) {
  Surroundings frame(stage, model, {.start_over = false, .bar = false});
  const Box above = frame.above;
  // Where the hours are known. Nothing is taken away: who stands before it may have been let in.
  const bool closed = !model.store->open_now && !model.store->opens_at.empty();
  const std::string title = stage.texts.say(closed ? "welcome.closed_title" : "welcome.title");
  const float width =
      stage.wide() ? above.w - std::round(above.w * (stage.large() ? 0.36F : 0.5F)) - 64 - margin : above.w - 2 * margin;
  const float title_height = stage.height_of(title, Type::h1, width);
  const Sign sign = plan_sign(stage, model, stage.wide() ? above.w - width - 64 - margin : above.w);
  const float least = std::max(320.0F, sign.height + 24 + strip_height(stage, above.w));  // of a window in portrait
  // In reach mode what is touched has the lower part to itself.
  const float room =
      stage.ease.reach ? above.h - stage.reach_line() - 24 : above.h - (stage.wide() ? 0 : least) - 48 - title_height - 36;
  std::vector<ActionSpec> actions = actions_of(stage);
  if (actions_height(stage, width, actions) > room) {
    for (ActionSpec& each : actions) each.compact = true;
  }
  const float height = actions_height(stage, width, actions);
  const float whole = title_height + 36 + height;

  Box window{0, 0, above.w, std::clamp(above.h - whole - 48, least, stage.outlined() ? least : 812.0F)};
  Box rest{margin, window.h, width, above.h - window.h};
  // In reach mode the words are above what is touched, and the window above the words.
  if (stage.ease.reach) window.h = std::min(window.h, stage.reach_line() - 48 - title_height);
  if (stage.wide()) {
    window = {0, 0, above.w - width - 64 - margin, above.h};
    rest = {window.right() + 64, 0, width, above.h};
  }
  draw_window(stage, model, window, sign);
  float y = rest.y + std::max(24.0F, (rest.h - whole) / 2);
  if (stage.ease.reach) y = std::min(y, stage.reach_line() - 24 - title_height);
  stage.write({rest.x, y, rest.w, title_height}, title,
              {.role = Role::heading, .type = Type::h1, .colour = stage.theme.ink, .lines_max = 4});
  y += title_height + 36;
  if (stage.ease.reach) y = std::max(y, stage.reach_line());
  const std::array<Intent, 3> leads = {Navigate{Route::scan}, Navigate{Route::collect}, Navigate{Route::search}};
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const Box box{rest.x, y, rest.w, main_action_height(stage, width, actions[i])};
    if (main_action(stage, box, actions[i])) stage.want(leads[i]);
    y += box.h + action_gap;
  }
  frame.end();

  stage.tree.announcement = stage.texts.say(
      "welcome.spoken",
      {{"brand", model.store->brand}, {"store", model.store->name}, {"hours", opening_words(stage, *model.store)}});
}

}  // namespace vitrine::kiosk::shopper
