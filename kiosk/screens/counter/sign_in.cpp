// SPDX-License-Identifier: Apache-2.0
// 15: who works here, and their PIN; or a badge before the scanner. Nothing of anybody's work is on this screen.
#include <algorithm>
#include <array>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/screens.hpp"
#include "kiosk/widgets/keyboard.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float panel_width = 720;
constexpr float row_height = 104;
constexpr float row_gap = 16;

struct Arch {
  std::size_t tile;
  const char *low, *high;
};
constexpr std::array<Arch, 3> arches = {
    {{0, "window.candle", "window.gift"}, {2, "window.plant", "window.clock"}, {1, "window.jar", "window.basket"}}};

void draw_window(Stage& stage, const Box& panel) {
  const Theme& theme = stage.theme;
  const float base = panel.bottom() - 108;
  stage.canvas.fill({panel.x, base, panel.w, panel.bottom() - base}, theme.night_deep);
  for (std::size_t i = 0; i < arches.size(); ++i) {
    const Box box{panel.x + 64 + static_cast<float>(i) * 208, base - 272, 176, 272};
    stage.canvas.arch(box, theme.frames[arches[i].tile], 0);
    const Box inner{box.x + 14, box.y + 14, box.w - 28, box.h - 14};
    stage.canvas.arch(inner, theme.tiles[arches[i].tile], 0);
    stage.canvas.fill({inner.x, base - 128, inner.w, 8}, theme.frames[arches[i].tile]);
    stage.canvas.standing_pictogram(arches[i].high, {box.centre().x - 38, base - 128 - 76, 76, 76});
    stage.canvas.standing_pictogram(arches[i].low, {box.centre().x - 44, base - 94, 88, 88});
  }
  stage.canvas.fill({panel.x + 44, base - 6, panel.w - 88, 12}, theme.shelf, 6);
}

// What needs somebody, by kind and nobody's name; whoever signs in sees to it. In place of the window.
void draw_alert_kinds(Stage& stage, const Model& model, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  float y = place.y;
  y += stage.write({place.x, y, place.w, 0}, t.say("sign_in.alerts"),
                   {.role = Role::heading, .type = Type::desk_label, .colour = theme.on_dark_2, .lines_max = 2}) +
       12;
  for (const AlertKindSeen& one : model.counter->alert_kinds) {
    const std::string words = alert_kind_words(stage, one.kind, one.count) + ", " +
                              t.say(one.kind == "promise_at_risk" ? "alert.promised" : "alert.since",
                                    {{"time", t.same_day(one.since, model.now.utc) ? t.clock(one.since) : t.day(one.since)}});
    const float text = stage.height_of(words, Type::desk_label, place.w - 92);
    const Box row{place.x, y, place.w, text + 28};
    if (row.bottom() > place.bottom()) break;  // the most urgent stand first
    stage.canvas.fill(row, one.escalated ? theme.bad_tint : theme.surface, 20 * theme.corner_scale);
    const Colour ink = one.escalated ? theme.bad : theme.ink;
    stage.canvas.icon(Icon::error_outline, 30, {row.x + 36, row.centre().y}, ink);
    stage.write(
        {row.x + 68, row.y + 14, place.w - 92, 0}, words,
        {.role = Role::status, .type = Type::desk_label, .colour = ink, .lines_max = 3, .id = "sign_in.alert." + one.kind});
    y = row.bottom() + 12;
  }
}

void draw_panel(Stage& stage, const Model& model, const Box& panel) {
  const Theme& theme = stage.theme;
  stage.canvas.fill_gradient(panel, theme.night, theme.night_light);
  const float left = panel.x + 64;
  const float room = panel.w - 128;
  const std::string brand = model.store ? model.store->brand : std::string();
  const std::string& here = model.where.empty() ? model.device : model.where;
  const std::string place =
      model.store ? stage.texts.say("sign_in.place", {{"store", model.store->name}, {"counter", here}}) : here;
  if (!brand.empty())
    stage.write({left, 60, room, 0}, brand,
                {.type = stage.fitting({Type::brand, Type::desk_title, Type::desk_head}, brand, room), .colour = theme.on_dark});
  stage.write({left, 118, room, 0}, place,
              {.type = Type::desk_body, .colour = theme.on_dark_2, .lines_max = 2, .id = "sign_in.place"});
  stage.write({left - 8, 232, room, 0}, stage.texts.clock(model.now.utc),
              {.type = Type::desk_clock, .colour = theme.on_dark, .id = "desk.clock"});
  stage.write({left, 414, room, 0}, stage.texts.day(model.now.utc),
              {.type = Type::small, .colour = theme.on_dark_2, .id = "desk.day"});
  const LinkWords link = link_words(stage, model);
  const std::string words =
      link.well || !model.edge_present ? link.words : link.words + ". " + stage.texts.say("sign_in.works_offline");
  const float wide = std::min(room, stage.canvas.width_of(Type::desk_label, words) + 78);
  const float text = stage.height_of(words, Type::desk_label, wide - 76);
  const Box chip{left, 484, wide, text + 20};
  stage.canvas.fill(chip, theme.on_dark.faded(0.14F), std::min(chip.h / 2, 28.0F));
  stage.canvas.icon(link.icon, 22, {chip.x + 30, chip.centre().y}, theme.on_dark);
  stage.write({chip.x + 54, chip.y + 10, wide - 76, 0}, words,
              {.role = Role::status, .type = Type::desk_label, .colour = theme.on_dark, .lines_max = 3, .id = "sign_in.link"});
  if (model.counter->alert_kinds.empty()) {
    draw_window(stage, panel);
  } else {
    draw_alert_kinds(stage, model, {left, chip.bottom() + 40, room, panel.bottom() - 32 - chip.bottom() - 40});
  }
}

void draw_colleague(Stage& stage, const Colleague& who, const Box& row, bool chosen) {
  const Theme& theme = stage.theme;
  const float radius = 24 * theme.corner_scale;
  const std::string name = short_name(who.name, who.initial);
  const std::string role = role_words(stage, who.role);
  TargetSpec target{.id = "who." + who.number, .box = row, .label = name, .radius = radius, .value = role};
  target.selected = chosen;
  target.fits = stage.canvas.width_of(Type::desk_name, name) <= row.w - 190;
  const TargetState state = stage.target(target);
  stage.canvas.fill(row, chosen ? theme.primary_tint : mix(theme.surface, theme.primary_tint, static_cast<double>(state.press)),
                    radius);
  stage.canvas.outline(row, chosen ? theme.primary : theme.line, chosen ? 4 : 2, radius);
  avatar(stage, {row.x + 24 + 32, row.centre().y}, 32, Type::desk_head, who.name);
  stage.canvas.text(Type::desk_name, {row.x + 112, row.y + 24}, theme.ink, name);
  stage.canvas.text(Type::desk_caption, {row.x + 112, row.y + 56}, theme.ink_2, role);
  if (chosen) stage.canvas.icon(Icon::check_circle, 30, {row.right() - 40, row.centre().y}, theme.primary);
  if (state.acted) stage.want(CounterWish{ChooseColleague{who.number}});
}

void draw_colleagues(Stage& stage, const Model& model, const Box& place) {
  const Theme& theme = stage.theme;
  stage.write({place.x, place.y, place.w, 0}, stage.texts.say("sign_in.who"),
              {.role = Role::heading, .type = Type::desk_title, .colour = theme.ink, .lines_max = 2});
  stage.write({place.x, place.y + 52, place.w, 0}, stage.texts.say("sign_in.who_line"),
              {.type = Type::desk_body, .colour = theme.ink_2, .lines_max = 2});
  const Counter& counter = *model.counter;
  const Box list{place.x - 8, place.y + 108, place.w + 16, place.h - 108};
  if (counter.colleagues.empty()) {
    const std::string words = stage.texts.say(counter.colleagues_known ? "sign_in.nobody" : "sign_in.loading");
    stage.write({place.x, list.y + 8, place.w, 0}, words,
                {.role = Role::status, .type = Type::desk_body, .colour = theme.ink_2, .lines_max = 4, .id = "sign_in.nobody"});
    return;
  }
  const float scrolled = stage.begin_list("who", list);
  float y = list.y + 8 - scrolled;
  for (const Colleague& who : counter.colleagues) {
    draw_colleague(stage, who, {place.x, y, place.w, row_height}, who.number == model.visit.desk.trying.chosen);
    y += row_height + row_gap;
  }
  stage.end_list(static_cast<float>(counter.colleagues.size()) * (row_height + row_gap));
}

// What is wrong, or what is awaited, in a sentence; empty: nothing.
std::string trouble(Stage& stage, const Model& model) {
  const SignInTry& trying = model.visit.desk.trying;
  Texts& t = stage.texts;
  const bool away = !model.edge_present && model.now.mono >= model.edge_changed_at.plus(edge_grace_ms);
  if (away) return t.say("sign_in.edge_away");
  if (const std::int64_t left = locked_seconds(model); left > 0) {
    const std::string wait =
        left < 120 ? t.say("sign_in.seconds", {{"n", left}}) : t.say("sign_in.minutes", {{"n", (left + 59) / 60}});
    return t.say(trying.hints.supervisor ? "sign_in.locked_supervisor" : "sign_in.locked", {{"wait", wait}});
  }
  if (trying.failed == "sign_in_locked") return trying.hints.supervisor ? t.say("sign_in.locked_day") : std::string();
  if (trying.failed == "wrong_pin") {
    if (trying.hints.tries_left < 0) return t.say("sign_in.wrong_pin");
    return t.say("sign_in.wrong_pin_left", {{"n", trying.hints.tries_left}});
  }
  if (trying.failed == "badge_refused") return t.say("sign_in.badge_refused");
  if (trying.failed == "busy" || trying.failed == "no_answer") return t.say("sign_in.no_answer");
  return trying.failed.empty() ? std::string() : t.say("sign_in.failed");
}

void draw_cells(Stage& stage, const SignInTry& trying, const Box& at, bool wrong) {
  const Theme& theme = stage.theme;
  const float each = std::min(80.0F, (at.w + 16) / pin_digits);
  const std::size_t typed = trying.waiting ? pin_digits : trying.pin.text.size();
  for (std::size_t i = 0; i < pin_digits; ++i) {
    const Box box{at.x + static_cast<float>(i) * each, at.y, each - 16, 76};
    const bool caret = !trying.chosen.empty() && !trying.waiting && i == typed;
    stage.canvas.fill(box, theme.surface, 20 * theme.corner_scale);
    stage.canvas.outline(box,
                         wrong   ? theme.bad
                         : caret ? theme.primary
                                 : theme.line_strong,
                         wrong || caret ? 4 : 2, 20 * theme.corner_scale);
    if (i < typed) {
      stage.canvas.disc(box.centre(), 11, theme.ink);
    } else if (caret) {
      stage.canvas.fill({box.centre().x - 1.5F, box.centre().y - 18, 3, 36}, theme.primary, 1.5F);
    }
  }
  // How many, never which.
  stage.describe(Role::field, {at.x, at.y, each * pin_digits - 16, 76}, "sign_in.pin", stage.texts.say("sign_in.pin"),
                 stage.texts.say("collect.entered", {{"n", static_cast<std::int64_t>(typed)}}));
}

void draw_pin(Stage& stage, const Model& model, const Box& place) {
  const Theme& theme = stage.theme;
  const SignInTry& trying = model.visit.desk.trying;
  const auto& colleagues = model.counter->colleagues;
  const auto chosen = std::ranges::find(colleagues, trying.chosen, &Colleague::number);
  const bool somebody = chosen != colleagues.end();
  const std::string title =
      somebody ? stage.texts.say("sign_in.enter", {{"name", chosen->name}}) : stage.texts.say("sign_in.choose");
  // In a hand there is no room for more than what is needed.
  const bool in_hand = stage.in_hand();
  const float cut = in_hand ? 48 : 0;
  stage.write({place.x, place.y, place.w, 0}, in_hand && trying.waiting ? stage.texts.say("sign_in.checking") : title,
              {.role = Role::heading,
               .type = stage.fitting({Type::desk_title, Type::desk_head}, title, place.w),
               .colour = theme.ink,
               .lines_max = 2});
  if (!in_hand)
    stage.write({place.x, place.y + 52, place.w, 0}, stage.texts.say(trying.waiting ? "sign_in.checking" : "sign_in.enter_line"),
                {.type = Type::desk_body, .colour = theme.ink_2, .lines_max = 2, .id = "sign_in.line"});
  const std::string wrong = trouble(stage, model);
  draw_cells(stage, trying, {place.x, place.y + 116 - cut, place.w, 76}, !wrong.empty() && model.edge_present);
  const Box keys{place.x, place.y + 224 - cut, place.w, (in_hand ? 4 * 76.0F : 4 * 96.0F) + 3 * 18};
  const KeypadSpec spec{.id = "digit", .enter = {}, .enter_enabled = false};
  for (const KeyboardWish& key : keypad(stage, keys, spec)) stage.want(TypeKey{key.touch});
  const float y = keys.bottom() + 28;
  const bool well = wrong.empty();
  stage.canvas.icon(well ? Icon::lock_clock : Icon::error_outline, 30, {place.x + 15, y + 14}, well ? theme.primary : theme.bad);
  stage.write({place.x + 44, y, place.w - 44, 0},
              well ? stage.texts.say("sign_in.locks", {{"n", counter_lock_ms / 60'000}}) : wrong,
              {.role = well ? Role::text : Role::status,
               .type = well      ? Type::desk_body
                       : in_hand ? Type::desk_rail
                                 : Type::desk_label,
               .colour = well ? theme.ink_2 : theme.bad,
               .lines_max = 4,
               .id = well ? "sign_in.locks" : "sign_in.wrong"});
}

std::string announcement_of(Stage& stage, const Model& model) {
  const auto& colleagues = model.counter->colleagues;
  const auto chosen = std::ranges::find(colleagues, model.visit.desk.trying.chosen, &Colleague::number);
  std::string said = stage.texts.say("sign_in.title");
  if (chosen != colleagues.end()) said += ". " + stage.texts.say("sign_in.enter", {{"name", chosen->name}});
  return said;
}

bool language_button(Stage& stage, const Box& box) {
  return button(stage, box,
                {.id = "language",
                 .label = stage.texts.own_name(stage.texts.language()),
                 .kind = ButtonKind::tertiary,
                 .icon = Icon::language,
                 .desk = true});
}

// On a screen that is held: the names, then the PIN of the one that was touched. What needs somebody stands on top.
void draw_in_hand(Stage& stage, const Model& model) {
  const Theme& theme = stage.theme;
  const Box whole = stage.area();
  const SignInTry& trying = model.visit.desk.trying;
  const float side = 20;
  const Box top{0, 0, whole.w, 104};
  stage.canvas.fill_gradient(top, theme.night, theme.night_light);
  const std::string clock = stage.texts.clock(model.now.utc);
  stage.write({side, 14, whole.w - 2 * side - 220, 0}, clock,
              {.type = Type::desk_title, .colour = theme.on_dark, .id = "desk.clock"});
  const LinkWords link = link_words(stage, model);
  stage.canvas.icon(link.icon, 22, {side + 11, 76}, theme.on_dark);
  const float link_room = whole.w - 2 * side - 220 - 30;
  stage.write({side + 30, 62, link_room, 0}, link.words,
              {.role = Role::status,
               .type = stage.fitting({Type::desk_badge, Type::desk_rail}, link.words, link_room),
               .colour = theme.on_dark,
               .lines_max = 2,
               .id = "sign_in.link"});
  if (language_button(stage, {whole.w - side - 200, 16, 200, 72})) stage.want(OpenLanguages{});
  stage.tree.announcement = announcement_of(stage, model);
  const Box place{side, top.bottom() + 20, whole.w - 2 * side, whole.h - top.bottom() - 36};
  const auto& colleagues = model.counter->colleagues;
  if (std::ranges::find(colleagues, trying.chosen, &Colleague::number) != colleagues.end()) {
    const ButtonSpec other{.id = "sign_in.other",
                           .label = stage.texts.say("sign_in.other"),
                           .kind = ButtonKind::tertiary,
                           .icon = Icon::arrow_back,
                           .desk = true,
                           .enabled = !trying.waiting,
                           .takes_escape = true};
    if (button(stage, {place.x, place.y, place.w, 72}, other)) stage.want(CounterWish{ChooseColleague{}});
    return draw_pin(stage, model, {place.x, place.y + 88, place.w, place.h - 88});
  }
  const std::string wrong = trouble(stage, model);
  float y = place.y;
  if (!wrong.empty())
    y += stage.write(
             {place.x, y, place.w, 0}, wrong,
             {.role = Role::status, .type = Type::desk_label, .colour = theme.bad, .lines_max = 4, .id = "sign_in.wrong"}) +
         16;
  for (const AlertKindSeen& one : model.counter->alert_kinds) {
    if (y > place.y + 180) break;  // the most urgent stand first
    y += stage.write({place.x, y, place.w, 0}, alert_kind_words(stage, one.kind, one.count),
                     {.role = Role::status,
                      .type = Type::desk_label,
                      .colour = one.escalated ? theme.bad : theme.warn,
                      .lines_max = 3,
                      .id = "sign_in.alert." + one.kind}) +
         8;
  }
  draw_colleagues(stage, model, {place.x, y, place.w, place.bottom() - y});
}

}  // namespace

void draw_sign_in(Stage& stage, const Model& model) {
  if (stage.in_hand()) return draw_in_hand(stage, model);
  const Box whole = stage.area();
  const float panel = std::min(panel_width, whole.w * 0.375F);
  draw_panel(stage, model, {0, 0, panel, whole.h});
  const float top = 184;
  const float left = panel + 80;
  draw_colleagues(stage, model, {left, top, 420, whole.h - top - 40});
  draw_pin(stage, model, {left + 420 + 72, top, whole.w - 80 - (left + 420 + 72), 0});
  const Box help{whole.w - 80 - 300 - 24 - 96, 48, 96, 72};
  const ButtonSpec keys{.id = "desk.keys",
                        .label = key_words(stage, Key::keys),
                        .kind = ButtonKind::tertiary,
                        .desk = true,
                        .spoken = stage.texts.say("keys.title")};
  if (button(stage, help, keys)) stage.want(CounterWish{ShowKeys{}});
  const Box language{whole.w - 80 - 300, 48, 300, 72};
  if (language_button(stage, language)) stage.want(OpenLanguages{});
  stage.tree.announcement = announcement_of(stage, model);
}

}  // namespace vitrine::kiosk::counter
