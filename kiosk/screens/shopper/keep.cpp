// SPDX-License-Identifier: Apache-2.0
// The cart's code for a phone's camera: as large as there is room for, until when it works, and what happens next.
#include <algorithm>
#include <cmath>

#include "kiosk/screens/shopper/banners.hpp"
#include "kiosk/screens/shopper/calm_screen.hpp"
#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

constexpr float gap = 28;
constexpr float edge = 48;
constexpr float code_most = 640;
constexpr float code_least = 330;  // of a long cart, below that a phone's camera has to come close
constexpr float buttons_gap = 20;

std::string until_words(Stage& stage, const Model& model, const KeptCode& code) {
  Texts& texts = stage.texts;
  const std::string time = texts.clock(code.valid_until);
  if (texts.same_day(code.valid_until, model.now.utc)) return texts.say("keep.until_today", {{"time", time}});
  return texts.say("keep.until", {{"day", texts.day(code.valid_until)}, {"time", time}});
}

StepSpec next_step(Stage& stage) {
  return {.icon = Icon::smartphone, .title = stage.texts.say("keep.next"), .line = stage.texts.say("keep.next_line")};
}

// Height of the card without its code.
float foot_height(Stage& stage, const std::string& until, float room) {
  return 2 * edge - 8 + stage.height_of(until, Type::small, room - 44);
}

void draw_card(Stage& stage, const Model& model, const KeptCode* code, const Box& box) {
  const Theme& theme = stage.theme;
  card(stage, box, 44, Shadow::e2_action);
  const float room = box.w - 2 * edge;
  const std::string until = code != nullptr ? until_words(stage, model, *code) : stage.texts.say("search.waiting");
  const float side = std::round(std::min({code_most, room, box.h - foot_height(stage, until, room)}));
  const Box tile{box.centre().x - side / 2, box.y + edge - 16, side, side};
  const float words = stage.height_of(until, Type::small, room - 44);
  const float y = std::min(tile.bottom() + 24, box.bottom() - 32 - words);
  if (code == nullptr) {
    stage.canvas.fill(tile, theme.sunken, 28 * theme.corner_scale);
    stage.write({box.x + edge, y, room, 0}, until,
                {.role = Role::status,
                 .type = Type::small,
                 .colour = theme.ink_2,
                 .align = Align::centre,
                 .lines_max = 3,
                 .id = "keep.waiting"});
    return;
  }
  if (const QrModules modules = make_qr(code->qr); modules.size > 0)
    qr_tile(stage, tile, modules, "keep.qr", stage.texts.say("keep.image"), code->qr);
  const float wide = std::min(room, stage.canvas.width_of(Type::small, until) + 44);
  const float left = box.centre().x - wide / 2;
  stage.canvas.icon(Icon::schedule, 32, {left + 16, y + stage.line(Type::small) / 2}, theme.ink_2);
  stage.write({left + 44, y, box.right() - edge - left - 44, 0}, until,
              {.type = Type::small, .colour = theme.ink_2, .lines_max = 4, .id = "keep.until"});
}

struct Buttons {
  ButtonSpec done, cart;
  bool to_till = false;
  bool stacked = false;
  float each = 0, height = 0;
};

// From the till's ticket it leads back there.
Buttons measure_buttons(Stage& stage, const Model& model, float width) {
  const bool till = has_ticket(model.visit);
  Buttons made{{.id = "keep.done", .label = stage.texts.say("cart.finished"), .kind = ButtonKind::secondary, .icon = Icon::check},
               {.id = till ? "keep.till" : "keep.cart",
                .label = stage.texts.say(till ? "keep.to_till" : "till.to_cart"),
                .icon = till ? Icon::point_of_sale : Icon::shopping_cart,
                .main = true}};
  made.to_till = till;
  const float half = (width - buttons_gap) / 2;
  made.stacked = std::max(button_width(stage, made.done), button_width(stage, made.cart)) > half + 24;
  made.each = made.stacked ? width : half;
  const float done = button_height(stage, made.each, made.done);
  const float cart = button_height(stage, made.each, made.cart);
  made.height = made.stacked ? done + buttons_gap + cart : std::max(done, cart);
  return made;
}

void draw_buttons(Stage& stage, const Buttons& buttons, const Box& box) {
  const float done_h = buttons.stacked ? button_height(stage, box.w, buttons.done) : box.h;
  const Box done{box.x, box.y, buttons.each, done_h};
  const Box cart = buttons.stacked ? Box{box.x, done.bottom() + buttons_gap, box.w, box.h - done_h - buttons_gap}
                                   : Box{done.right() + buttons_gap, box.y, buttons.each, box.h};
  if (button(stage, done, buttons.done)) stage.want(Finish{});
  if (button(stage, cart, buttons.cart)) stage.want(buttons.to_till ? Intent{GoBack{}} : Intent{Navigate{Route::cart}});
}

float draw_title(Stage& stage, const Box& text) {
  float y = text.y;
  y += stage.write({text.x, y, text.w, 0}, stage.texts.say("keep.title"),
                   {.role = Role::heading, .type = Type::h1, .colour = stage.theme.ink, .lines_max = 4, .id = "keep.title"}) +
       12;
  y += stage.write({text.x, y, text.w, 0}, stage.texts.say("keep.line"),
                   {.type = Type::body_l, .colour = stage.theme.ink_2, .lines_max = 5}) +
       36;
  return y - text.y;
}

// What is to be said above all, where there is room for it beside `keep` pixels of what matters more. Returns the height used.
float draw_said(Stage& stage, const Model& model, const Box& column, float keep) {
  const std::optional<BannerSpec> said = banner_for(stage, model);
  if (!said || banner_height(stage, column.w, *said) + 22 > column.h - keep) return 0;
  return draw_banner(stage, model, column, 22);
}

void draw_next(Stage& stage, const Box& place) {
  const Box box{place.x, place.y, place.w, step_height(stage, place.w, next_step(stage))};
  card(stage, box);
  step(stage, box, next_step(stage));
}

void draw_code_screen(Stage& stage, const Model& model, const KeptCode* code) {
  const bool wide = stage.wide();
  Surroundings frame(stage, model, {.back = true, .brand = !wide});
  const Box above = frame.above;
  const float card_w = wide ? 840 : above.w - 2 * margin;
  Box text{margin, top_height, wide ? above.w - 2 * margin - 48 - card_w : above.w - 2 * margin, 0};
  const Buttons buttons = measure_buttons(stage, model, text.w);
  const Box foot{margin, above.h - (wide ? 32 : 40) - buttons.height, text.w, buttons.height};
  if (!wide && stage.large()) text.y -= 12;
  const float title = draw_title(stage, text);
  Box column{text.x, text.y + title, text.w, foot.y - gap - text.y - title};
  const float next = step_height(stage, text.w, next_step(stage));
  const auto down = [&](float by) { column = {column.x, column.y + by, column.w, column.h - by}; };
  if (wide) {
    down(draw_said(stage, model, column, 0));
    if (next <= column.h) draw_next(stage, column);
    draw_card(stage, model, code, {text.right() + 48, 32, card_w, above.h - 64});
  } else {
    const std::string until = code != nullptr ? until_words(stage, model, *code) : stage.texts.say("search.waiting");
    const float foot_h = foot_height(stage, until, card_w - 2 * edge);
    down(draw_said(stage, model, column, foot_h + code_least));
    const bool has_next = column.h - next - gap >= foot_h + code_least;
    const float height = std::min(column.h - (has_next ? next + gap : 0), foot_h + code_most);
    draw_card(stage, model, code, {column.x, column.y, column.w, height});
    down(height + gap);
    if (has_next) draw_next(stage, column);
  }
  draw_buttons(stage, buttons, foot);
  frame.end();
  stage.tree.announcement = code == nullptr ? stage.texts.say("search.waiting")
                                            : stage.texts.say(has_ticket(model.visit) ? "keep.spoken_till" : "keep.spoken",
                                                              {{"until", until_words(stage, model, *code)}});
}

void draw_refused(Stage& stage, const Model& model, const std::string& failed) {
  const bool long_cart = failed == "keep_too_long";
  const bool no_answer = failed == "no_answer";
  CalmSpec spec{.tint = long_cart ? CalmTint::info : CalmTint::warn, .tile = long_cart ? 3UL : 1UL, .icon = Icon::smartphone};
  spec.title = stage.texts.say(long_cart ? "keep.too_long" : no_answer ? "no_answer.title" : "keep.failed");
  spec.line = stage.texts.say(long_cart ? "keep.too_long_line" : no_answer ? "no_answer.line" : "keep.failed_line");
  spec.title_id = "keep.refused";
  if (!long_cart) spec.other = WayOn{"keep.again", stage.texts.say("till.again"), Icon::replay, KeepOnPhone{}};
  spec.main = has_ticket(model.visit)
                  ? WayOn{"keep.till", stage.texts.say("keep.to_till"), Icon::point_of_sale, GoBack{}}
                  : WayOn{"keep.cart", stage.texts.say("till.to_cart"), Icon::shopping_cart, Navigate{Route::cart}};
  draw_calm_screen(stage, model, spec);
}

}  // namespace

void draw_keep(Stage& stage, const Model& model) {
  const std::optional<Keeping>& keeping = model.visit.keeping;
  // Each step is a screen of its own for the ear and the keys.
  if (keeping && !keeping->failed.empty()) {
    stage.tree.screen += "_refused";
    draw_refused(stage, model, keeping->failed);
    return;
  }
  const bool there = keeping && keeping->code;
  if (!there) stage.tree.screen += "_waiting";
  draw_code_screen(stage, model, there ? &*keeping->code : nullptr);
}

}  // namespace vitrine::kiosk::shopper
