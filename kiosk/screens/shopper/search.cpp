// SPDX-License-Identifier: Apache-2.0
// 08: a product is looked for, letter by letter. In reach mode, while the keyboard is there, what was found is above it to be
// read; without the keyboard it is below to be touched.
#include <algorithm>

#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/search_parts.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/field.hpp"
#include "kiosk/widgets/keyboard.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float keyboard_column = 984;  // on a wide screen

struct Places {
  Box field, chips, found, keyboard;
  bool field_first = true;  // in the order of reading: above what was found
  bool preview = false;     // what was found can only be read
  int chip_rows = 1;
};

Places portrait(const Stage& stage, const Box& above, const Box& top, float keys) {
  Places made;
  made.keyboard = {0, above.h - keys, above.w, keys};
  const float width = above.w - 2 * margin;
  if (!stage.ease.reach) {
    made.field = {top.x, (top_height - field_height) / 2, above.w - margin - top.x, field_height};
    made.chips = {margin, top_height + 14, width, 0};
    made.chip_rows = keys > 0 ? 1 : 2;
    made.found = {margin, made.chips.y, width, made.keyboard.y - made.chips.y};
    return made;
  }
  made.preview = keys > 0;
  made.field_first = false;
  made.field = {margin, made.keyboard.y - 20 - field_height, width, field_height};
  const float line = stage.reach_line() + 14;
  const float chips = choice_height(stage);
  if (!made.preview) {
    made.chips = {margin, made.field.y - 20 - chips, width, 0};
    made.found = {margin, line, width, made.chips.y - 16 - line};
    return made;
  }
  made.chips = {margin, line, width, 0};
  if (line + chips + 16 > made.field.y) made.chip_rows = 0;
  made.found = {margin, 48, width, std::min(line, made.field.y) - 24 - 48};
  return made;
}

Places landscape(const Stage& stage, const Box& above, const Box& top, float keys) {
  Places made;
  made.keyboard = {0, above.h - keys, keyboard_column, keys};
  const float left = keyboard_column - 24 - margin;
  const float line = stage.reach_line() + 14;
  const float right = keyboard_column + 32;
  made.found = {right, 36, above.w - margin - right, above.h - 36};
  made.field = {top.x, (top_height - field_height) / 2, margin + left - top.x, field_height};
  made.chips = {margin, top_height + 10, left, 0};
  if (stage.ease.reach) {
    made.field = {margin, keys > 0 ? made.keyboard.y - 20 - field_height : line, left, field_height};
    made.chips.y = made.field.bottom() + 24;
  }
  const float room = (keys > 0 ? made.keyboard.y : above.h) - 16 - made.chips.y;
  made.chip_rows = std::max(0, static_cast<int>((room + choice_gap) / (choice_height(stage) + choice_gap)));
  return made;
}

void draw_field(Stage& stage, const Model& model, const Box& box) {
  const Search& search = model.visit.search;
  const bool reads_only = stage.ease.reach && search.keyboard;
  const FieldWish wish = field(stage, box,
                               {.id = "search.field",
                                .label = stage.texts.say("search.title"),
                                .typed = search.typed.text,
                                .hint = stage.texts.say("search.hint"),
                                .clear = stage.texts.say("search.clear"),
                                .icon = Icon::search,
                                .active = search.keyboard,
                                .touchable = !reads_only});
  if (wish == FieldWish::activate) stage.want(ShowKeyboard{true});
  if (wish == FieldWish::clear) {
    stage.want(TypeKey{{KeyTouch::Kind::clear}});
    stage.want(ShowKeyboard{true});
  }
}

void draw_found(Stage& stage, const Model& model, const Places& places) {
  Box place = places.found;
  const Search& search = model.visit.search;
  if (search.failed || !search.found || search.found->products.empty()) {
    draw_nothing(stage, model, place);
    return;
  }
  // On a wide screen in reach mode, and below the reach line: the count is above, the rows are below.
  const bool splits = stage.ease.reach && !places.preview;
  const float count_y = splits ? (stage.wide() ? 48.0F : top_height) : place.y;
  const float used = draw_count(stage, model, {place.x + 6, count_y, place.w - 12, 0}) + 14;
  if (splits) {
    const float line = stage.reach_line() + 14;
    place = {place.x, line, place.w, places.found.bottom() - line};
  } else {
    place.y += used;
    place.h -= used;
  }
  if (places.preview) {
    draw_preview(stage, model, place);
  } else {
    draw_rows(stage, model, place);
  }
}

void draw_keyboard(Stage& stage, const Model& model, const Box& box) {
  const Search& search = model.visit.search;
  const KeyboardSpec spec{.id = "key", .enter = stage.texts.say("search.enter"), .enter_icon = Icon::search};
  for (const KeyboardWish& key : keyboard(stage, box, search.typed, spec)) {
    if (key.kind == KeyboardWish::Kind::touch) {
      stage.want(TypeKey{key.touch});
    } else {
      stage.want(ShowKeyboard{false});
    }
  }
}

}  // namespace

void draw_search(Stage& stage, const Model& model) {
  const Search& search = model.visit.search;
  Surroundings frame(stage, model, {.back = true, .brand = false});
  const float keys = search.keyboard ? keyboard_height(stage) : 0;
  Places places = stage.wide() ? landscape(stage, frame.above, frame.top, keys) : portrait(stage, frame.above, frame.top, keys);
  const std::string title = stage.texts.say("search.title");
  stage.describe(Role::heading, {frame.top.x, 4, 1, 1}, "search.title", title);
  const auto chips = [&] { return places.chip_rows > 0 ? draw_filters(stage, model, places.chips, places.chip_rows) : 0.0F; };
  if (places.field_first) {
    draw_field(stage, model, places.field);
    const float used = chips();
    if (!stage.wide() && used > 0) {
      places.found.y += used + 18;
      places.found.h -= used + 18;
    }
    draw_found(stage, model, places);
  } else {
    draw_found(stage, model, places);
    chips();
    draw_field(stage, model, places.field);
  }
  if (search.keyboard) draw_keyboard(stage, model, places.keyboard);
  frame.end();
  stage.tree.announcement = stage.texts.say("search.spoken");
}

}  // namespace vitrine::kiosk::shopper
