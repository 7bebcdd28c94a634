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
  draw_window(stage, panel);
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

void draw_cells(Stage& stage, const SignInTry& trying, Point at, bool wrong) {
  const Theme& theme = stage.theme;
  const std::size_t typed = trying.waiting ? pin_digits : trying.pin.text.size();
  for (std::size_t i = 0; i < pin_digits; ++i) {
    const Box box{at.x + static_cast<float>(i) * 80, at.y, 64, 76};
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
  stage.describe(Role::field, {at.x, at.y, 80 * pin_digits - 16, 76}, "sign_in.pin", stage.texts.say("sign_in.pin"),
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
  stage.write({place.x, place.y, place.w, 0}, title,
              {.role = Role::heading,
               .type = stage.fitting({Type::desk_title, Type::desk_head}, title, place.w),
               .colour = theme.ink,
               .lines_max = 2});
  stage.write({place.x, place.y + 52, place.w, 0}, stage.texts.say(trying.waiting ? "sign_in.checking" : "sign_in.enter_line"),
              {.type = Type::desk_body, .colour = theme.ink_2, .lines_max = 2, .id = "sign_in.line"});
  const std::string wrong = trouble(stage, model);
  draw_cells(stage, trying, {place.x, place.y + 116}, !wrong.empty() && model.edge_present);
  const Box keys{place.x, place.y + 224, place.w, 4 * 96 + 3 * 18};
  const KeypadSpec spec{.id = "digit", .enter = {}, .enter_enabled = false};
  for (const KeyboardWish& key : keypad(stage, keys, spec)) stage.want(TypeKey{key.touch});
  const float y = keys.bottom() + 28;
  const bool well = wrong.empty();
  stage.canvas.icon(well ? Icon::lock_clock : Icon::error_outline, 30, {place.x + 15, y + 14}, well ? theme.primary : theme.bad);
  stage.write({place.x + 44, y, place.w - 44, 0},
              well ? stage.texts.say("sign_in.locks", {{"n", counter_lock_ms / 60'000}}) : wrong,
              {.role = well ? Role::text : Role::status,
               .type = well ? Type::desk_body : Type::desk_label,
               .colour = well ? theme.ink_2 : theme.bad,
               .lines_max = 4,
               .id = well ? "sign_in.locks" : "sign_in.wrong"});
}

}  // namespace

void draw_sign_in(Stage& stage, const Model& model) {
  const Box whole = stage.area();
  const float panel = std::min(panel_width, whole.w * 0.375F);
  draw_panel(stage, model, {0, 0, panel, whole.h});
  const float top = 184;
  const float left = panel + 80;
  draw_colleagues(stage, model, {left, top, 420, whole.h - top - 40});
  draw_pin(stage, model, {left + 420 + 72, top, whole.w - 80 - (left + 420 + 72), 0});
  const Desk& desk = model.visit.desk;
  const Box language{whole.w - 80 - 300, 48, 300, 72};
  const ButtonSpec spec{.id = "language",
                        .label = stage.texts.own_name(stage.texts.language()),
                        .kind = ButtonKind::tertiary,
                        .icon = Icon::language,
                        .desk = true};
  if (button(stage, language, spec)) stage.want(OpenLanguages{});
  std::string said = stage.texts.say("sign_in.title");
  const auto chosen = std::ranges::find(model.counter->colleagues, desk.trying.chosen, &Colleague::number);
  if (chosen != model.counter->colleagues.end()) said += ". " + stage.texts.say("sign_in.enter", {{"name", chosen->name}});
  stage.tree.announcement = said;
}

}  // namespace vitrine::kiosk::counter
