// SPDX-License-Identifier: Apache-2.0
// The rail with where one may go, the bar with what there is to say, and small pieces; see desk.hpp.
#include "kiosk/screens/counter/desk.hpp"

#include "kiosk/screens/counter/order_paper.hpp"
#include "kiosk/screens/counter/screens.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace vitrine::kiosk::counter {
namespace {

constexpr float place_height = 88;
constexpr float place_gap = 12;

void draw_rail(Stage& stage, const Model& model, const Box& rail) {
  const Theme& theme = stage.theme;
  stage.canvas.fill(rail, theme.night);
  const std::string& brand = model.store ? model.store->brand : std::string();
  const Type type = stage.fitting({Type::desk_name, Type::desk_badge, Type::desk_rail}, brand, rail.w - 16);
  stage.canvas.push_clip(rail);
  stage.canvas.text(type, {rail.centre().x, 40 - stage.line(type) / 2}, theme.on_dark, brand, Align::centre);
  stage.canvas.pop_clip();
  const Box lock{rail.x + 10, rail.bottom() - 252, rail.w - 20, place_height};
  // One below the other; a person who may everything has them closer together.
  const std::vector<DeskPlace> places = desk_places(model);
  const float each = std::min(place_height + place_gap, (lock.y - 84) / static_cast<float>(places.size()));
  Box place{rail.x + 10, 84, rail.w - 20, each - place_gap};
  for (const DeskPlace& one : places) {
    if (draw_place(stage, place, one)) stage.want(one.wish);
    place.y += each;
  }
  if (draw_place(stage, lock, {"rail.lock", Icon::lock, "desk.lock", Key::lock, CounterWish{LockCounter{}}}))
    stage.want(CounterWish{LockCounter{}});
  const Colleague& who = model.visit.desk.session->who;
  avatar(stage, {rail.centre().x, rail.bottom() - 100}, 36, Type::desk_head, who.name);
  const std::string name = short_name(who.name, who.initial);
  stage.write({rail.x + 4, rail.bottom() - 50, rail.w - 8, 0}, name,
              {.type = stage.fitting({Type::desk_rail}, name, rail.w - 8),
               .colour = theme.on_dark_2,
               .align = Align::centre,
               .lines_max = 2,
               .id = "rail.who"});
}

// A field that opens the one for everything; narrow, its icon alone.
void draw_search(Stage& stage, const Box& box) {
  const Theme& theme = stage.theme;
  const std::string words = stage.texts.say("find.hint");
  const bool narrow = box.w < 200;
  const TargetState state = stage.target({.id = "desk.search", .box = box, .label = words, .radius = 20 * theme.corner_scale});
  stage.canvas.fill(box, mix(theme.bg, theme.primary_tint, static_cast<double>(state.press)), 20 * theme.corner_scale);
  stage.canvas.outline(box, theme.line_strong, 2, 20 * theme.corner_scale);
  stage.canvas.icon(Icon::search, 30, {box.x + 38, box.centre().y}, theme.primary);
  const float cap = key_cap(stage, {box.right() - 16, box.centre().y}, key_words(stage, Key::search));
  if (!narrow) {
    const float room = box.w - 72 - cap - 32;
    const Type type = stage.fitting({Type::desk_body, Type::desk_caption, Type::desk_rail}, words, room);
    stage.canvas.text(type, {box.x + 72, box.centre().y - stage.line(type) / 2}, theme.ink_2, words);
  }
  if (state.acted) stage.want(CounterWish{OpenSearch{!stage.hands.by_key()}});
}

void draw_help(Stage& stage, const Box& box) {
  const TargetState state = stage.target(
      {.id = "desk.keys", .box = box, .label = stage.texts.say("keys.title"), .radius = 20 * stage.theme.corner_scale});
  if (state.press > 0) stage.canvas.fill(box, stage.theme.primary_tint, 20 * stage.theme.corner_scale);
  const std::string words = key_words(stage, Key::keys);
  key_cap(stage, {box.centre().x + (stage.canvas.width_of(Type::desk_badge, words) + 24) / 2, box.centre().y}, words);
  if (state.acted) stage.want(CounterWish{ShowKeys{}});
}

void draw_bar(Stage& stage, const Model& model, const Box& bar) {
  const Theme& theme = stage.theme;
  stage.canvas.fill(bar, theme.surface);
  stage.canvas.fill({bar.x, bar.bottom() - 2, bar.w, 2}, theme.line);
  float right = bar.right() - edge;
  const std::string clock = stage.texts.clock(model.now.utc);
  stage.write_centred({right - 140, bar.y, 140, bar.h}, clock,
                      {.type = Type::desk_figure, .colour = theme.ink, .align = Align::right, .id = "desk.clock"});
  right -= 160;
  if (model.store) {
    const std::string day = stage.texts.day(model.now.utc);
    const float room =
        std::max(stage.canvas.width_of(Type::desk_label, model.store->name), stage.canvas.width_of(Type::desk_caption, day)) + 1;
    stage.write({right - room, bar.y + 22, room, 0}, model.store->name,
                {.type = Type::desk_label, .colour = theme.ink, .align = Align::right});
    stage.write({right - room, bar.y + 48, room, 0}, day,
                {.type = Type::desk_caption, .colour = theme.ink_2, .align = Align::right, .id = "desk.day"});
    right -= room + 28;
  }
  const LinkWords link = link_words(stage, model);
  const float width = desk_chip_width(stage, link.words);
  desk_chip(stage, {right - width, bar.centre().y - desk_chip_height / 2}, link.icon, link.words,
            link.well ? theme.ok : theme.info, link.well ? theme.ok_tint : theme.info_tint);
  right -= width + 24;
  // What there is to say stands where the eye already is, and covers nothing; the field for everything makes room for it.
  const std::string& notice = model.visit.desk.notice;
  const bool escalates = model.visit.route != Route::queue && has_escalated(model);
  const float narrow = 132;
  const float field = notice.empty() && !escalates ? std::min(640.0F, right - bar.x - edge - 96) : narrow;
  const Box top{bar.x + edge, bar.y + 11, field, 72};
  draw_search(stage, top);
  const Box help{top.right() + 16, top.y, 80, top.h};
  draw_help(stage, help);
  const Box left{help.right() + 24, bar.y + 12, right - help.right() - 24, bar.h - 26};
  if (notice.empty()) {
    if (escalates) draw_escalated(stage, model, {left.x, left.y - 2, left.w, left.h + 4});
    return;
  }
  draw_notice(stage, model, left);
}

}  // namespace

std::vector<DeskPlace> desk_places(const Model& model) {
  const Desk& desk = model.visit.desk;
  const Route route = model.visit.route;
  const bool at_desk = !model.counter->handheld;
  std::vector<DeskPlace> places;
  const auto add = [&](bool may_go, DeskPlace place, Route to) {
    place.here = route == to;
    if (may_go) places.push_back(std::move(place));
  };
  DeskPlace queue_place{"rail.queue", Icon::inbox, "desk.queue", Key::queue, Navigate{Route::queue}};
  // Who stands here, or asks and nobody goes: what must not be forgotten over other work.
  if (route != Route::queue) {
    const QueueView queue = queue_of(model);
    const auto asks = std::ranges::count_if(queue.calls, [](const HelpCall* one) { return one->state == HelpState::waiting; });
    queue_place.waiting = queue.here.size() + static_cast<std::size_t>(asks);
  }
  add(true, std::move(queue_place), Route::queue);
  add(may(desk, "orders"), {"rail.picking", Icon::shopping_bag, "desk.picking", Key::picking, CounterWish{OpenPickList{}}},
      Route::picking);
  add(at_desk && may(desk, "customers"),
      {"rail.customer", Icon::person_search, "desk.customer", Key::customer, CounterWish{OpenFinder{}}}, Route::customer);
  add(at_desk && may(desk, "returns"),
      {"rail.take_back", Icon::assignment_return, "desk.take_back", Key::take_back, CounterWish{OpenTakeBack{}}},
      Route::take_back);
  add(may(desk, "stock"), {"rail.stock", Icon::inventory_2, "desk.stock", Key::stock, CounterWish{OpenStock{}}}, Route::stock);
  add(at_desk, {"rail.status", Icon::cloud_done, "desk.status", Key::status, CounterWish{OpenStatus{}}}, Route::status);
  add(at_desk, {"rail.board", Icon::bar_chart, "desk.board", Key::board, CounterWish{OpenBoard{}}}, Route::board);
  add(at_desk && may(desk, "audit"), {"rail.audit", Icon::policy, "desk.audit", alt('j'), CounterWish{OpenAudit{}}},
      Route::audit);
  return places;
}

bool draw_place(Stage& stage, const Box& box, const DeskPlace& place) {
  const Theme& theme = stage.theme;
  const float radius = 20 * theme.corner_scale;
  const std::string label = stage.texts.say(place.words);
  const float room = box.w - 4;
  TargetSpec target{.id = place.id, .box = box, .label = label, .radius = radius};
  const std::string waiting = place.waiting > 0 ? stage.texts.number(static_cast<std::int64_t>(place.waiting)) : std::string();
  target.value = waiting;
  target.selected = place.here;
  target.shortcut = place.shortcut;
  target.fits = stage.canvas.width_of(Type::desk_rail, label) <= room;
  const TargetState state = stage.target(target);
  const auto press = static_cast<double>(state.press);
  stage.canvas.fill(box, place.here ? theme.surface : mix(theme.night, theme.night_light, press), radius);
  const Colour ink = place.here ? theme.primary : theme.on_dark_2;
  const float top = box.centre().y - 44;
  stage.canvas.icon(place.icon, 30, {box.centre().x, top + 31}, ink);
  stage.canvas.text(Type::desk_rail, {box.centre().x, top + 55}, ink, label, Align::centre);
  if (waiting.empty()) return state.acted;
  const float wide = std::max(30.0F, stage.canvas.width_of(Type::desk_badge, waiting) + 16);
  const Box badge{box.centre().x + 12, top + 6, wide, 30};
  stage.canvas.fill(badge, theme.warn_tint, badge.h / 2);
  stage.canvas.text(Type::desk_badge, {badge.centre().x, badge.centre().y - stage.line(Type::desk_badge) / 2}, theme.warn,
                    waiting, Align::centre);
  return state.acted;
}

float draw_notice(Stage& stage, const Model& model, const Box& left) {
  const Theme& theme = stage.theme;
  const Desk& desk = model.visit.desk;
  const std::string words = notice_words(stage, desk.notice);
  const bool good = is_good_news(desk.notice);
  // What was handed over has a receipt, for whoever wants one.
  const ButtonSpec print{
      .id = "desk.receipt", .label = stage.texts.say("order.receipt"), .kind = ButtonKind::secondary, .desk = true};
  const bool sensible = desk.notice.starts_with("handed_over") || desk.notice.starts_with("printer_");
  const bool offers = sensible && desk.handed && can_print(model) && !model.visit.printing;
  const float beside = offers ? button_width(stage, print) + 16 : 0;
  const float wide = std::min(left.w - beside, stage.canvas.width_of(Type::desk_label, words) + 92);
  stage.canvas.fill({left.x, left.y, wide, left.h}, good ? theme.ok_tint : theme.warn_tint, 20 * theme.corner_scale);
  const Colour ink = good ? theme.ok : theme.warn;
  stage.canvas.icon(good ? Icon::check_circle : Icon::error_outline, 30, {left.x + 35, left.centre().y}, ink);
  const float room = left.w - beside - 86;
  const Type type =
      stage.height_of(words, Type::desk_label, room) <= 2 * stage.line(Type::desk_label) ? Type::desk_label : Type::desk_badge;
  const float height = stage.height_of(words, type, room);
  stage.write({left.x + 66, left.centre().y - height / 2, room, 0}, words,
              {.role = Role::status, .type = type, .colour = ink, .lines_max = 3, .id = "desk.notice"});
  if (offers && button(stage, {left.x + wide + 16, left.centre().y - 36, beside - 16, 72}, print))
    stage.want(PrintPaper{receipt_paper(stage, model, *desk.handed)});
  return wide + beside;
}

Box draw_desk(Stage& stage, const Model& model) {
  if (stage.in_hand()) return draw_desk_in_hand(stage, model);
  const Box whole = stage.area();
  draw_rail(stage, model, {0, 0, rail_width, whole.h});
  draw_bar(stage, model, {rail_width, 0, whole.w - rail_width, bar_height});
  return {rail_width + edge, bar_height, whole.w - rail_width - 2 * edge, whole.h - bar_height};
}

LinkWords link_words(Stage& stage, const Model& model) {
  Texts& t = stage.texts;
  if (!model.edge_present) return {t.say("desk.edge_away"), Icon::cloud_off};
  if (model.link_known && !model.link.online && model.link.reason == "drill")
    return {t.say("desk.drill_since", {{"time", t.clock(model.link.since)}}), Icon::cloud_off};
  if (model.link_known && !model.link.online)
    return {t.say("desk.offline_since", {{"time", t.clock(model.link.since)}}), Icon::cloud_off};
  return {t.say("desk.up_to_date"), Icon::cloud_done, true};
}

float desk_chip_width(const Stage& stage, std::string_view text) {
  return 14 + 22 + 8 + stage.canvas.width_of(Type::desk_badge, text) + 16;
}

float desk_chip(Stage& stage, Point at, Icon icon, std::string_view text, Colour colour, Colour tint) {
  const Box box{at.x, at.y, desk_chip_width(stage, text), desk_chip_height};
  stage.canvas.fill(box, tint, box.h / 2);
  if (stage.outlined()) stage.canvas.outline(box, colour, 2, box.h / 2);
  stage.canvas.icon(icon, 22, {box.x + 14 + 11, box.centre().y}, colour);
  stage.write_centred({box.x + 44, box.y, box.w - 44 - 15, box.h}, text,
                      {.role = Role::status, .type = Type::desk_badge, .colour = colour});
  return box.w;
}

void avatar(Stage& stage, Point centre, float radius, Type type, const std::string& name) {
  std::size_t end = 1;
  while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) ++end;
  std::size_t tile = 0;
  for (const char c : name) tile += static_cast<unsigned char>(c);
  stage.canvas.disc(centre, radius, stage.theme.tiles[tile % stage.theme.tiles.size()]);
  stage.canvas.text(type, {centre.x, centre.y - stage.line(type) / 2}, Colour::hex(0x10262A),
                    std::string_view(name).substr(0, end), Align::centre);
}

void wait_ring(Stage& stage, Point centre, float radius, std::int64_t waited_ms, std::int64_t goal_ms, const std::string& id) {
  const Theme& theme = stage.theme;
  const std::int64_t seconds = std::max<std::int64_t>(waited_ms, 0) / 1000;
  const float share = std::clamp(static_cast<float>(waited_ms) / static_cast<float>(goal_ms), 0.02F, 1.0F);
  stage.canvas.disc(centre, radius, theme.sunken);
  stage.canvas.disc(centre, radius - 7, theme.surface);
  stage.canvas.arc(centre, radius - 3.5F, 7, 0, share, share < 0.8F ? theme.primary : theme.amber);
  char words[32];
  if (seconds < 6000) {
    std::snprintf(words, sizeof words, "%d:%02d", static_cast<int>(seconds / 60), static_cast<int>(seconds % 60));
  } else {
    std::snprintf(words, sizeof words, "%d h", static_cast<int>(std::min<std::int64_t>(seconds / 3600, 999)));
  }
  const Type type = stage.fitting({Type::desk_label, Type::desk_badge, Type::desk_rail}, words, 2 * radius - 20);
  stage.canvas.text(type, {centre.x, centre.y - stage.line(type) / 2}, theme.ink, words, Align::centre);
  stage.describe(Role::timer, {centre.x - radius, centre.y - radius, 2 * radius, 2 * radius}, id,
                 stage.texts.say("desk.waits", {{"n", seconds / 60}}), words);
}

UndoWish undo_or_now(Stage& stage, const Box& place, const std::string& id, std::int64_t left_ms) {
  Texts& t = stage.texts;
  const std::int64_t seconds = (std::max<std::int64_t>(left_ms, 0) + 999) / 1000;
  const ButtonSpec undo{
      .id = id + ".undo", .label = t.say("back.undo", {{"n", seconds}}), .kind = ButtonKind::secondary, .desk = true};
  const ButtonSpec now{
      .id = id + ".now", .label = t.say("back.now"), .icon = Icon::check, .desk = true, .main = true, .shortcut = Key::enter};
  const bool undone = button(stage, {place.x, place.y, place.w, 80}, undo);
  const bool said_again = button(stage, {place.x, place.bottom() - 80, place.w, 80}, now);
  return undone ? UndoWish::undo : said_again ? UndoWish::now : UndoWish::none;
}

bool plate(Stage& stage, const Box& box, const std::string& id, const std::string& label, bool chosen, bool enabled) {
  const Theme& theme = stage.theme;
  const float radius = 20 * theme.corner_scale;
  // One that is too narrow for both has its words alone.
  const bool marked = chosen && stage.canvas.width_of(Type::desk_button, label) <= box.w - 2 * 20 - 46;
  const float mark = marked ? 46.0F : 0.0F;
  const float room = box.w - 2 * 20 - mark;
  const Type type = stage.fitting({Type::desk_button, Type::desk_badge, Type::desk_rail}, label, room);
  const auto lines = stage.canvas.wrap(type, label, room);
  const float height = static_cast<float>(lines.size()) * stage.line(type);
  TargetSpec target{.id = id, .box = box, .label = label, .radius = radius};
  target.selected = chosen;
  target.enabled = enabled;
  target.fits = height <= box.h - 8;
  const TargetState state = stage.target(target);
  stage.canvas.fill(box, chosen ? theme.primary_tint : mix(theme.surface, theme.primary_tint, static_cast<double>(state.press)),
                    radius);
  stage.canvas.outline(box, chosen ? theme.primary : theme.line_strong, chosen ? 4 : 2, radius);
  float y = box.centre().y - height / 2;
  for (const std::string_view each : lines) {
    stage.canvas.text(type, {box.x + 20, y}, enabled || chosen ? theme.ink : theme.ink_2, each);
    y += stage.line(type);
  }
  if (marked) stage.canvas.icon(Icon::check_circle, 30, {box.right() - 20 - 15, box.centre().y}, theme.primary);
  return state.acted;
}

std::string order_words(const std::string& order) {
  const bool digits = order.size() == 6 && std::ranges::all_of(order, [](char c) { return c >= '0' && c <= '9'; });
  return digits ? order.substr(0, 3) + "\u00a0" + order.substr(3) : order;
}

std::string buyer_words(Stage& stage, const OrderCard& card) {
  return card.name.empty() ? stage.texts.say("desk.nameless") : short_name(card.name, card.initial);
}

std::string payment_words(Stage& stage, const OrderCard& card) {
  if (card.balance_due <= 0) return stage.texts.say("desk.paid");
  return stage.texts.say("desk.to_pay", {{"amount", stage.texts.money({card.balance_due, card.currency})}});
}

bool is_good_news(const std::string& code) {
  constexpr auto good = std::to_array<std::string_view>(
      {"unlocked",         "drill_began",      "drill_ended",    "handed_over",       "handed_over_part",
       "staged",           "stock_counted",    "stock_received", "stock_written_off", "stock_settled",
       "stock_given_back", "note_kept",        "line_found",     "line_chosen",       "line_refused",
       "line_restocked",   "line_written_off", "line_last",      "printed",           "right_product"});
  return std::ranges::find(good, code) != good.end();
}

std::string notice_words(Stage& stage, const std::string& code) {
  if (auto words = stage.texts.say_if_known("notice." + code)) return std::move(*words);
  if (code.starts_with("pass_")) return stage.texts.say("notice.pass_unknown");
  if (auto words = stage.texts.say_if_known("refusal." + code)) return std::move(*words);
  return stage.texts.say("notice.other");
}

std::string role_words(Stage& stage, const std::string& role) {
  if (auto words = stage.texts.say_if_known("role." + role)) return std::move(*words);
  return role;
}

}  // namespace vitrine::kiosk::counter
