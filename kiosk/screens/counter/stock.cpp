// SPDX-License-Identifier: Apache-2.0
// 21: what the store has. First which product, or which of those that do not add up; then what there is of it, and the count.
#include <algorithm>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/screens.hpp"
#include "kiosk/screens/counter/stock_parts.hpp"
#include "kiosk/widgets/field.hpp"
#include "kiosk/widgets/keyboard.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float gap = 24;

// On a screen that is held: a product is scanned, or its number typed on the keypad; what was found stands above it.
void draw_finder_in_hand(Stage& stage, const Model& model, const StockOnScreen& screen, const Box& free,
                         const std::string& line) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const bool failed = !screen.failed.empty();
  // With the keypad there is room for the field alone.
  const bool tight = screen.keyboard && !failed;
  Box row{free.x + 112, free.y + 12, free.w - 112, field_height};
  if (!tight) {
    float y = free.y + 112;
    y += stage.write({free.x, y, free.w, 0}, line,
                     {.role = failed ? Role::status : Role::text,
                      .type = Type::desk_caption,
                      .colour = failed ? theme.warn : theme.ink_2,
                      .lines_max = 4,
                      .id = failed ? "stock.failed" : "stock.line"}) +
         12;
    row = {free.x, y, free.w, field_height};
  }
  const FieldWish wish = field(stage, row,
                               {.id = "stock.words",
                                .label = t.say("stock.words"),
                                .typed = screen.words.text,
                                .hint = t.say("stock.hint_number"),
                                .clear = t.say("back.clear"),
                                .icon = Icon::qr_code_scanner,
                                .active = screen.keyboard});
  if (wish == FieldWish::activate) stage.want(ShowKeyboard{!screen.keyboard});
  if (wish == FieldWish::clear) stage.want(TypeKey{{KeyTouch::Kind::clear}});
  const float keys = screen.keyboard ? 4 * 72 + 3 * 18 + 24 : 0;
  const Box below{free.x, row.bottom() + 8, free.w, free.bottom() - keys - 12 - row.bottom() - 8};
  const bool searched = screen.found.has_value() || !screen.looked_up.empty() || screen.keyboard;
  // What does not add up is work that waits; it makes room for what is looked for.
  searched ? draw_products(stage, model, below) : draw_checks(stage, model, below);
  if (!screen.keyboard) return;
  const Box pad{free.x, free.bottom() - keys + 12, free.w, keys - 24};
  stage.canvas.fill({0, free.bottom() - keys, stage.area().w, keys}, theme.sunken);
  for (const KeyboardWish& key : keypad(stage, pad, {.id = "digit", .enter = {}})) stage.want(TypeKey{key.touch});
}

void draw_finder(Stage& stage, const Model& model, const StockOnScreen& screen, const Box& free) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const bool failed = !screen.failed.empty();
  const std::string line = failed ? notice_words(stage, screen.failed) : t.say("stock.line");
  if (stage.in_hand()) return draw_finder_in_hand(stage, model, screen, free, line);
  // With the keyboard there is room for the field alone.
  const Box row = screen.keyboard && !failed ? Box{free.x + 112, free.y + 12, free.w - 112, field_height}
                                             : Box{free.x, free.y + 126, free.w, field_height};
  if (row.x == free.x)
    stage.write({free.x + 112, free.y + 68, free.w - 112, 0}, line,
                {.role = failed ? Role::status : Role::text,
                 .type = failed ? Type::desk_label : Type::desk_body,
                 .colour = failed ? theme.warn : theme.ink_2,
                 .id = failed ? "stock.failed" : "stock.line"});
  const FieldWish wish = field(stage, row,
                               {.id = "stock.words",
                                .label = t.say("stock.words"),
                                .typed = screen.words.text,
                                .hint = t.say("stock.hint"),
                                .clear = t.say("back.clear"),
                                .icon = Icon::qr_code_scanner,
                                .active = screen.keyboard});
  if (wish == FieldWish::activate) stage.want(ShowKeyboard{true});
  if (wish == FieldWish::clear) stage.want(TypeKey{{KeyTouch::Kind::clear}});
  const float keys = screen.keyboard ? keyboard_height(stage) : 0;
  const float top = row.bottom() + 12;
  const Box below{free.x, top, free.w, free.bottom() - keys - 20 - top};
  const float checks = (below.w - gap) * 0.42F;
  draw_products(stage, model, {below.x, below.y, below.w - gap - checks, below.h});
  draw_checks(stage, model, {below.right() - checks, below.y, checks, below.h});
  if (!screen.keyboard) return;
  const KeyboardSpec spec{.id = "key", .enter = t.say("customer.find"), .enter_icon = Icon::search};
  for (const KeyboardWish& key :
       keyboard(stage, {free.x - edge, free.bottom() - keys, free.w + 2 * edge, keys}, screen.words, spec)) {
    if (key.kind == KeyboardWish::Kind::touch) stage.want(TypeKey{key.touch});
    if (key.kind == KeyboardWish::Kind::enter) stage.want(Submit{});
    if (key.kind == KeyboardWish::Kind::hide) stage.want(ShowKeyboard{false});
  }
}

std::string spoken_of(Stage& stage, const StockOnScreen& screen) {
  Texts& t = stage.texts;
  std::string words = title_of(stage, *screen.product);
  if (screen.record) words += ". " + t.say("stock.spoken", {{"n", screen.record->on_hand}});
  if (const auto units = units_of(screen); units && screen.work == StockWork::count)
    words += ". " + t.say("stock.you_counted") + " " + t.number(*units);
  return words;
}

}  // namespace

void draw_stock(Stage& stage, const Model& model) {
  const Box free = draw_desk(stage, model);
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const auto& screen = model.visit.desk.stock;
  const bool undoes = screen && screen->pending;
  if (round_button(stage, {free.x, free.y + 18}, "back", t.say("top.back"), Icon::arrow_back, true))
    stage.want(undoes ? Intent{CounterWish{UndoStock{}}} : Intent{GoBack{}});
  const std::string title = t.say("stock.title");
  const bool finder = screen && !screen->product;
  if (!finder || !screen->keyboard || !screen->failed.empty())
    stage.write({free.x + 112, free.y + (finder ? 20 : 40), free.w - 112, 0}, title,
                {.role = Role::heading, .type = Type::desk_title, .colour = theme.ink, .id = "stock.title"});
  stage.tree.announcement = title;
  if (!screen) return;
  if (finder) return draw_finder(stage, model, *screen, free);
  stage.tree.announcement = spoken_of(stage, *screen);
  const float top = free.y + 118;
  if (stage.in_hand()) {
    // What there is of it, what is done about it, and who else has it; the record's own list has no room.
    const Box place{free.x - 8, top, free.w + 16, free.bottom() - top};
    const float scrolled = stage.begin_list("stock.hand", place);
    float y = place.y + 8 - scrolled;
    y += draw_record_head(stage, model, {free.x, y, free.w, 0}) + 16;
    if (screen->no_record)
      y += stage.write({free.x, y, free.w, 0}, t.say("stock.no_record"),
                       {.role = Role::status,
                        .type = Type::desk_body,
                        .colour = theme.ink_2,
                        .lines_max = 5,
                        .id = "stock.record.empty"}) +
           16;
    const float work = stock_work_height(*screen);
    draw_stock_work(stage, model, {free.x, y, free.w, work});
    y += work + 16;
    y += draw_nearby(stage, model, {free.x, y, free.w, 0});
    return stage.end_list(y + scrolled - place.y + 16);
  }
  const Box below{free.x, top, free.w, free.bottom() - 20 - top};
  const float left = 408, right = 560;
  draw_products(stage, model, {below.x, below.y, left, below.h});
  draw_record(stage, model, {below.x + left + gap, below.y, below.w - left - right - 2 * gap, below.h});
  draw_stock_work(stage, model, {below.right() - right, free.y + 20, right, free.bottom() - 20 - free.y - 20});
}

}  // namespace vitrine::kiosk::counter
