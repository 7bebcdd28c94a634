// SPDX-License-Identifier: Apache-2.0
// 17 and 18: whoever stands at the counter, looked for by what they show, and seen part by part as they agree.
#include <algorithm>
#include <array>

#include "kiosk/screens/counter/customer_parts.hpp"
#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"
#include "kiosk/screens/counter/screens.hpp"
#include "kiosk/widgets/keyboard.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float gap = 24;
constexpr float pad = 28;
struct Reason {
  const char* code;
  const char* words;
};
constexpr auto reasons = std::to_array<Reason>({{"collecting", "customer.why_collecting"},
                                                {"returning", "customer.why_returning"},
                                                {"advice", "customer.why_advice"},
                                                {"complaint", "customer.why_complaint"},
                                                {"data_request", "customer.why_data_request"}});
constexpr std::array<const char*, 4> signs = {"@", ".", "+", "_"};  // that no row of the keyboard has

void draw_field(Stage& stage, const CustomerOnScreen& screen, bool keyboard, const Box& box) {
  const Theme& theme = stage.theme;
  stage.canvas.fill(box, theme.surface, 20 * theme.corner_scale);
  stage.canvas.outline(box, theme.primary, 3, 20 * theme.corner_scale);
  stage.canvas.icon(Icon::search, 42, {box.x + 44, box.centre().y}, theme.ink_2);
  const bool empty = screen.key.text.empty();
  const std::string hint = stage.texts.say("customer.key_hint");
  const std::string& words = empty ? hint : screen.key.text;
  const float room = box.w - 100;
  const Type type = stage.fitting({Type::desk_head, Type::desk_body, Type::desk_caption}, words, room);
  stage.canvas.text(type, {box.x + 80, box.centre().y - stage.line(type) / 2}, empty ? theme.ink_2 : theme.ink, words);
  // What was typed is said to nobody.
  const std::string typed = stage.texts.say("customer.typed", {{"n", static_cast<std::int64_t>(letters_in(screen.key.text))}});
  if (keyboard) return stage.describe(Role::field, box, "customer.key", hint, typed);
  const TargetSpec shows{.id = "customer.key", .box = box, .label = hint, .radius = 20, .value = typed};
  if (stage.target(shows).acted) stage.want(ShowKeyboard{true});
}

void draw_finder(Stage& stage, const CustomerOnScreen& screen, bool keyboard_shown, const Box& free) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const std::string title = t.say("customer.who");
  stage.tree.announcement = title;
  if (round_button(stage, {free.x, free.y + 14}, "back", t.say("top.back"), Icon::arrow_back, true)) stage.want(GoBack{});
  const float left = free.x + 112;
  stage.write({left, free.y + 14, free.w - 112, 0}, title,
              {.role = Role::heading, .type = Type::desk_title, .colour = theme.ink, .id = "customer.title"});
  const bool failed = !screen.failed.empty();
  const std::string line = screen.looking != 0 ? t.say("customer.looking")
                           : failed            ? notice_words(stage, screen.failed)
                                               : t.say("customer.who_line");
  stage.write({left, free.y + 64, free.w - 112, 0}, line,
              {.role = failed ? Role::status : Role::text,
               .type = failed ? Type::desk_label : Type::desk_body,
               .colour = failed ? theme.warn : theme.ink_2,
               .lines_max = 2,
               .id = "customer.line"});
  std::vector<ChoiceSpec> why;
  for (const Reason& reason : reasons)
    why.push_back({.id = std::string("why.") + reason.code,
                   .label = t.say(reason.words),
                   .chosen = screen.reason == reason.code,
                   .enabled = screen.looking == 0});
  const Box chips{free.x, free.y + 128, free.w, 0};
  if (const auto chosen = choices(stage, chips, why, 1)) stage.want(CounterWish{ChooseWhy{reasons[*chosen].code}});
  const float y = chips.y + choice_height(stage) + 20;
  const float sign = 84;
  const ButtonSpec go{.id = "customer.find",
                      .label = t.say("customer.find"),
                      .desk = true,
                      .enabled = screen.looking == 0 && !screen.key.text.empty(),
                      .shortcut = Key::enter};
  const float find = std::max(160.0F, button_width(stage, go));
  const float signs_width = static_cast<float>(signs.size()) * (sign + 12);
  draw_field(stage, screen, keyboard_shown, {free.x, y, free.w - find - signs_width - 24, 80});
  float x = free.right() - find - signs_width - 12;
  for (std::size_t i = 0; i < signs.size(); ++i) {
    const ButtonSpec key{.id = "sign." + std::to_string(i), .label = signs[i], .kind = ButtonKind::tertiary, .desk = true};
    if (button(stage, {x, y + 4, sign, 72}, key)) stage.want(TypeKey{{KeyTouch::Kind::text, signs[i]}});
    x += sign + 12;
  }
  if (button(stage, {free.right() - find, y + 4, find, 72}, go)) stage.want(Submit{});
  if (!keyboard_shown) return;
  const float keys = keyboard_height(stage);
  const KeyboardSpec spec{.id = "key", .enter = t.say("customer.find"), .enter_icon = Icon::search};
  for (const KeyboardWish& key :
       keyboard(stage, {free.x - edge, free.bottom() - keys, free.w + 2 * edge, keys}, screen.key, spec)) {
    if (key.kind == KeyboardWish::Kind::touch) stage.want(TypeKey{key.touch});
    if (key.kind == KeyboardWish::Kind::enter) stage.want(Submit{});
    if (key.kind == KeyboardWish::Kind::hide) stage.want(ShowKeyboard{false});
  }
}

void draw_head(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  card_of(stage, box);
  // Escape closes what is open in the middle first.
  const bool last = open_case_of(screen) == nullptr && !screen.cart_work;
  if (round_button(stage, {box.x + 24, box.centre().y - 44}, "back", t.say("customer.close"), Icon::close, last))
    stage.want(GoBack{});
  const float left = box.x + 24 + 88 + 24;
  const CustomerSeen& seen = *screen.seen;
  const std::string name =
      screen.profile ? short_name(screen.profile->first_name, screen.profile->initial) : short_name(seen.name, seen.initial);
  // What may be seen, on the right; how long, in the corner.
  float right = box.right() - pad;
  const std::int64_t left_ms = std::max<std::int64_t>(0, screen.closes_at.value - model.now.mono.value);
  const std::string closes = t.say("customer.closes", {{"n", (left_ms + 59'999) / 60'000}});
  const std::string closes_line = t.say("customer.closes_line");
  const float closes_width =
      std::max(stage.canvas.width_of(Type::desk_label, closes), stage.canvas.width_of(Type::desk_caption, closes_line)) + 1;
  const Point ring{right - closes_width - 20 - 32, box.centre().y};
  stage.canvas.disc(ring, 32, theme.sunken);
  stage.canvas.disc(ring, 25, theme.surface);
  stage.canvas.arc(ring, 28.5F, 7, 0, std::clamp(static_cast<float>(left_ms) / static_cast<float>(customer_open_ms), 0.02F, 1.0F),
                   left_ms > customer_open_ms / 5 ? theme.primary : theme.amber);
  stage.write({right - closes_width, box.y + 36, closes_width, 0}, closes,
              {.role = Role::timer, .type = Type::desk_label, .colour = theme.ink, .id = "customer.closes"});
  stage.write({right - closes_width, box.y + 64, closes_width, 0}, closes_line,
              {.type = Type::desk_caption, .colour = theme.ink_2});
  right = ring.x - 32 - 28;
  const bool shares = seen.shares_history;
  const std::string words = t.say(shares ? "customer.shared" : "customer.not_shared");
  const float width = desk_chip_width(stage, words);
  desk_chip(stage, {right - width, box.centre().y - desk_chip_height / 2}, shares ? Icon::check_circle : Icon::lock, words,
            shares ? theme.ok : theme.ink_2, shares ? theme.ok_tint : theme.sunken);
  right -= width + 24;
  if (shares) {
    const ButtonSpec stop{.id = "customer.stop",
                          .label = t.say("customer.stop"),
                          .kind = ButtonKind::tertiary,
                          .desk = true,
                          .enabled = screen.changing == 0};
    const float wide_stop = button_width(stage, stop);
    if (button(stage, {right - wide_stop, box.centre().y - 36, wide_stop, 72}, stop)) stage.want(CounterWish{LetSee{false}});
    right -= wide_stop + 24;
  }
  if (!screen.profile) {
    const ButtonSpec show{
        .id = "customer.name", .label = t.say("customer.show_name"), .kind = ButtonKind::tertiary, .desk = true};
    const float wide = button_width(stage, show);
    if (button(stage, {right - wide, box.centre().y - 36, wide, 72}, show)) stage.want(CounterWish{ShowName{}});
    right -= wide + 24;
  }
  const float room = right - left;
  stage.write({left, box.y + 22, room, 0}, name,
              {.role = Role::heading,
               .type = stage.fitting({Type::desk_title, Type::desk_head}, name, room),
               .colour = theme.ink,
               .id = "customer.who",
               .personal = true});
  std::string line = t.say("customer.speaks", {{"language", t.own_name(seen.language)}});
  if (!seen.phone_last2.empty()) line += " · " + t.say("customer.phone_ends", {{"digits", seen.phone_last2}});
  stage.write({left, box.y + 72, room, 0}, line,
              {.type = stage.fitting({Type::desk_body, Type::desk_caption}, line, room),
               .colour = theme.ink_2,
               .id = "customer.line",
               .personal = true});
}

}  // namespace

void draw_customer(Stage& stage, const Model& model) {
  const Box free = draw_desk(stage, model);
  const auto& screen = model.visit.desk.customer;
  if (!screen) return;
  if (!screen->seen) return draw_finder(stage, *screen, model.visit.search.keyboard, free);
  if (screen->note) return draw_note_writer(stage, *screen, free);
  if (screen->cart_work && screen->cart && screen->cart_work->keyboard) return draw_goods_finder(stage, *screen, free);
  const CustomerSeen& seen = *screen->seen;
  const Box head{free.x, free.y + 20, free.w, 124};
  draw_head(stage, model, *screen, head);
  const Box below{free.x, head.bottom() + gap, free.w, free.bottom() - 20 - head.bottom() - gap};
  const float side = 560;
  const float orders = 420;
  const float upper = (below.h - gap) * 0.4F;
  draw_orders(stage, model, *screen, {below.right() - orders, below.y, orders, upper});
  draw_notes(stage, model, *screen, {below.right() - orders, below.y + upper + gap, orders, below.h - upper - gap});
  stage.tree.announcement = stage.texts.say(seen.shares_history ? "customer.spoken_shared" : "customer.spoken_limited");
  if (screen->cart_work && screen->cart)
    return draw_cart_work(stage, model, *screen, {below.x, below.y, below.w - orders - gap, below.h});
  const float offer = offer_height(stage, model, *screen, side);
  if (offer > 0) draw_offer(stage, model, *screen, {below.x, below.y, side, offer});
  const float cart = below.y + (offer > 0 ? offer + gap : 0);
  draw_cart(stage, model, *screen, {below.x, cart, side, below.bottom() - cart});
  const Box middle{below.x + side + gap, below.y, below.w - side - orders - 2 * gap, below.h};
  if (const CaseSeen* one = open_case_of(*screen)) {
    draw_conversation(stage, model, *screen, *one, middle);
  } else {
    seen.shares_history ? draw_timeline(stage, model, *screen, middle) : draw_limited(stage, *screen, middle);
  }
}

}  // namespace vitrine::kiosk::counter
