// SPDX-License-Identifier: Apache-2.0
// The rail with where one may go, the bar with what there is to say, and small pieces; see desk.hpp.
#include "kiosk/screens/counter/desk.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace vitrine::kiosk::counter {
namespace {

struct RailItem {
  const char* id;
  Icon icon;
  std::string label;
  Key shortcut;
  bool here = false;
};

bool rail_item(Stage& stage, const Box& box, const RailItem& item) {
  const Theme& theme = stage.theme;
  const float radius = 20 * theme.corner_scale;
  TargetSpec target{.id = item.id, .box = box, .label = item.label, .radius = radius};
  target.selected = item.here;
  target.shortcut = item.shortcut;
  target.fits = stage.canvas.width_of(Type::desk_rail, item.label) <= box.w;
  const TargetState state = stage.target(target);
  const auto press = static_cast<double>(state.press);
  stage.canvas.fill(box, item.here ? theme.surface : mix(theme.night, theme.night_light, press), radius);
  const Colour ink = item.here ? theme.primary : theme.on_dark_2;
  stage.canvas.icon(item.icon, 30, {box.centre().x, box.y + 31}, ink);
  stage.canvas.text(Type::desk_rail, {box.centre().x, box.y + 55}, ink, item.label, Align::centre);
  return state.acted;
}

void draw_rail(Stage& stage, const Model& model, const Box& rail) {
  const Theme& theme = stage.theme;
  stage.canvas.fill(rail, theme.night);
  const std::string& brand = model.store ? model.store->brand : std::string();
  const Type type = stage.fitting({Type::desk_name, Type::desk_badge, Type::desk_rail}, brand, rail.w - 16);
  stage.canvas.push_clip(rail);
  stage.canvas.text(type, {rail.centre().x, 40 - stage.line(type) / 2}, theme.on_dark, brand, Align::centre);
  stage.canvas.pop_clip();
  // One below the other, as far as this person may.
  Box place{rail.x + 10, 84, rail.w - 20, 88};
  const auto item = [&](const RailItem& one) {
    const bool acted = rail_item(stage, place, one);
    place.y = place.bottom() + 12;
    return acted;
  };
  const Route route = model.visit.route;
  if (item({"rail.queue", Icon::inbox, stage.texts.say("desk.queue"), Key::queue, route == Route::queue}))
    stage.want(Navigate{Route::queue});
  if (may(model.visit.desk, "customers") &&
      item({"rail.customer", Icon::person_search, stage.texts.say("desk.customer"), Key::customer, route == Route::customer}))
    stage.want(CounterWish{OpenFinder{}});
  if (may(model.visit.desk, "returns") && item({"rail.take_back", Icon::assignment_return, stage.texts.say("desk.take_back"),
                                                Key::take_back, route == Route::take_back}))
    stage.want(CounterWish{OpenTakeBack{}});
  if (may(model.visit.desk, "stock") &&
      item({"rail.stock", Icon::inventory_2, stage.texts.say("desk.stock"), Key::stock, route == Route::stock}))
    stage.want(CounterWish{OpenStock{}});
  if (item({"rail.status", Icon::cloud_done, stage.texts.say("desk.status"), Key::status, route == Route::status}))
    stage.want(CounterWish{OpenStatus{}});
  const Box lock{place.x, rail.bottom() - 252, place.w, 88};
  if (rail_item(stage, lock, {"rail.lock", Icon::lock, stage.texts.say("desk.lock"), Key::lock}))
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
  // What there is to say stands where the eye already is, and covers nothing.
  const Box left{bar.x + edge, bar.y + 12, right - bar.x - edge, bar.h - 26};
  const std::string& notice = model.visit.desk.notice;
  const bool elsewhere = model.visit.route != Route::queue;
  if (notice.empty() && elsewhere && draw_escalated(stage, model, {left.x, left.y - 2, left.w, left.h + 4})) return;
  const std::string words = notice.empty() ? stage.texts.say("desk.scan_hint") : notice_words(stage, notice);
  const bool good = is_good_news(notice);
  if (!notice.empty()) {
    const float wide = std::min(left.w, stage.canvas.width_of(Type::desk_label, words) + 92);
    stage.canvas.fill({left.x, left.y, wide, left.h}, good ? theme.ok_tint : theme.warn_tint, 20 * theme.corner_scale);
  }
  const Colour ink = notice.empty() ? theme.ink_2 : good ? theme.ok : theme.warn;
  const Icon icon = notice.empty() ? Icon::qr_code_scanner : good ? Icon::check_circle : Icon::error_outline;
  const float x = left.x + (notice.empty() ? 0.0F : 20.0F);
  stage.canvas.icon(icon, 30, {x + 15, left.centre().y}, ink);
  const Type type = notice.empty() ? Type::desk_body : Type::desk_label;
  const float room = left.right() - x - 46 - 20;
  const float height = stage.height_of(words, type, room);
  stage.write({x + 46, left.centre().y - height / 2, room, 0}, words,
              {.role = notice.empty() ? Role::text : Role::status,
               .type = type,
               .colour = ink,
               .lines_max = 2,
               .id = notice.empty() ? "desk.hint" : "desk.notice"});
}

}  // namespace

Box draw_desk(Stage& stage, const Model& model) {
  const Box whole = stage.area();
  draw_rail(stage, model, {0, 0, rail_width, whole.h});
  draw_bar(stage, model, {rail_width, 0, whole.w - rail_width, bar_height});
  return {rail_width + edge, bar_height, whole.w - rail_width - 2 * edge, whole.h - bar_height};
}

LinkWords link_words(Stage& stage, const Model& model) {
  Texts& t = stage.texts;
  if (!model.edge_present) return {t.say("desk.edge_away"), Icon::cloud_off};
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
  const bool marked = chosen && box.w >= 220;  // a narrow one has room for its words alone
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
      {"handed_over", "handed_over_part", "staged", "stock_counted", "stock_received", "stock_written_off", "stock_settled",
       "note_kept", "line_found", "line_chosen", "line_refused", "line_restocked", "line_written_off", "line_last", "printed"});
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
