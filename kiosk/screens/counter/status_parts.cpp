// SPDX-License-Identifier: Apache-2.0
// What works, what waits, what needs a person, and devices; see status_parts.hpp.
#include "kiosk/screens/counter/status_parts.hpp"

#include <algorithm>
#include <array>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = 28;
constexpr float head_height = 60;
constexpr float kind_height = 36;
constexpr std::size_t working_lines = 4;
constexpr float line_height = 72;                           // of one whose words take one line each
constexpr std::int64_t little_room = 1024LL * 1024 * 1024;  // free on the disk; below it somebody should know

struct Line {
  const char* id;
  Icon icon;
  std::string title;
  std::string line;
  std::string state;
  bool well = true;
};

// A disc, what it is, and how it is; returns the height used.
float draw_line(Stage& stage, const Line& one, const Box& at) {
  const Theme& theme = stage.theme;
  const Colour ink = one.well ? theme.ok : theme.warn;
  const float side = stage.canvas.width_of(Type::desk_label, one.state) + 1;
  const float room = at.w - 72 - side - 16;
  const float title = stage.height_of(one.title, Type::desk_label, room);
  const float line = one.line.empty() ? 0 : stage.height_of(one.line, Type::desk_caption, room);
  const float height = std::max(56.0F, title + line) + line_height - 56;
  const float middle = at.y + height / 2;
  stage.canvas.disc({at.x + 28, middle}, 28, one.well ? theme.ok_tint : theme.warn_tint);
  stage.canvas.icon(one.icon, 30, {at.x + 28, middle}, ink);
  float y = middle - (title + line) / 2;
  y += stage.write({at.x + 72, y, room, 0}, one.title, {.type = Type::desk_label, .colour = theme.ink, .lines_max = 2});
  if (!one.line.empty())
    stage.write({at.x + 72, y, room, 0}, one.line, {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 2});
  stage.write_centred({at.right() - side, at.y, side, height}, one.state,
                      {.role = Role::status, .type = Type::desk_label, .colour = ink, .align = Align::right, .id = one.id});
  return height;
}

float draw_head(Stage& stage, const Box& card, const std::string& title, const std::string& side, const char* id) {
  const float wide = side.empty() ? 0 : stage.canvas.width_of(Type::desk_head, side) + 1;
  const float room = card.w - 2 * pad - wide - 16;
  stage.write_centred({card.x + pad, card.y + 12, room, head_height - 12}, title,
                      {.role = Role::heading,
                       .type = stage.fitting({Type::desk_head, Type::desk_label, Type::desk_rail}, title, room),
                       .colour = stage.theme.ink,
                       .id = std::string(id) + ".title"});
  if (wide > 0)
    stage.write_centred({card.right() - pad - wide, card.y + 12, wide, head_height - 12}, side,
                        {.role = Role::status,
                         .type = Type::desk_head,
                         .colour = stage.theme.ink,
                         .align = Align::right,
                         .id = std::string(id) + ".count"});
  return head_height;
}

std::string kind_words(Stage& stage, const std::string& collection) {
  if (auto words = stage.texts.say_if_known("status_kind." + collection)) return std::move(*words);
  return stage.texts.say("status_kind.other");
}

Icon kind_icon(const std::string& collection) {
  if (collection == "cart") return Icon::shopping_bag;
  if (collection == "order") return Icon::handshake;
  if (collection == "stock") return Icon::inventory_2;
  if (collection == "request") return Icon::waving_hand;
  if (collection == "activity") return Icon::visibility;
  if (collection == "case") return Icon::chat;
  return Icon::sync;
}

std::string when_words(Stage& stage, const Model& model, UtcMs at) {
  Texts& t = stage.texts;
  return t.same_day(at, model.now.utc) ? t.clock(at) : t.day(at);
}

// What needs a person: what it is, what happened, and what becomes of it.
struct Decision {
  std::string id;
  std::string title;
  std::string line;
  std::string when{};
  std::string order{};  // that can be opened
  std::string staff{};  // whom a colleague may let try again
};

std::vector<Decision> list_decisions(Stage& stage, const Model& model, const StoreStatus& status) {
  Texts& t = stage.texts;
  std::vector<Decision> all;
  if (status.in_doubt) all.push_back({"doubt", t.say("status.doubt"), t.say("status.doubt_line")});
  if (status.set_aside > 0)
    all.push_back({"aside", t.say("status.aside", {{"n", status.set_aside}}), t.say("status.aside_line")});
  for (const LockedOutSeen& one : status.locked_out) {
    const bool own = one.staff == model.visit.desk.session->who.number;
    all.push_back({"locked." + one.staff,
                   t.say("status.locked_out", {{"name", one.name.empty() ? one.staff : one.name}}),
                   one.day ? t.say("status.locked_day") : t.say("status.locked_line", {{"n", (one.wait_ms + 59'999) / 60'000}}),
                   {},
                   {},
                   !own && may(model.visit.desk, "unlock") ? one.staff : std::string()});
  }
  for (const auto& [order, exception] : status.exceptions) {
    auto words = t.say_if_known("status_exception." + exception);
    all.push_back({"order." + order + "." + exception,
                   t.say("queue.order", {{"order", order_words(order)}}),
                   words ? std::move(*words) : t.say("status_exception.other"),
                   {},
                   order});
  }
  for (const auto& [ends, at] : status.questioned)
    all.push_back({"receipt." + std::to_string(all.size()), t.say("status.receipt", {{"ends", ends}}),
                   t.say("status.receipt_line"), when_words(stage, model, at)});
  for (std::size_t i = 0; i < status.refused.size(); ++i) {
    const RefusedSeen& one = status.refused[i];
    std::string title = kind_words(stage, one.collection);
    if (one.collection == "order" && !one.id.empty()) title = t.say("queue.order", {{"order", order_words(one.id)}});
    if (one.collection == "stock" && !one.id.empty()) title += ", " + t.say("order.item", {{"sku", one.id}});
    auto words = t.say_if_known("status_refused." + one.reason);
    all.push_back({"refused." + std::to_string(i), std::move(title), words ? std::move(*words) : t.say("status_refused.other"),
                   when_words(stage, model, one.at), one.collection == "order" ? one.id : std::string()});
  }
  return all;
}

}  // namespace

void draw_working(Stage& stage, const Model& model, const StoreStatus& status, const Box& place) {
  Texts& t = stage.texts;
  const std::int64_t kiosks = std::ranges::count_if(status.devices, [](const DeviceSeen& one) { return one.seen_at.value > 0; });
  const std::int64_t gib = status.free_bytes / (1024LL * 1024 * 1024);
  const std::array<Line, working_lines> lines = {{
      {"working.internet", status.online ? Icon::cloud_done : Icon::cloud_off, t.say("status.internet"),
       status.last_contact.value > 0 ? t.say("status.last_seen", {{"time", when_words(stage, model, status.last_contact)}})
                                     : std::string(),
       t.say(status.online ? "status.good" : "status.off"), status.online},
      {"working.data", Icon::local_offer, t.say("status.data"), t.say(status.filled ? "status.data_line" : "status.data_filling"),
       t.say(status.in_doubt                   ? "status.check"
             : !status.filled || status.behind ? "status.arriving"
                                               : "status.good"),
       status.filled && !status.in_doubt},
      {"working.devices", Icon::devices, t.say("status.network"), t.say("status.devices_seen", {{"n", kiosks}}),
       t.say("status.good"), true},
      {"working.disk", Icon::save, t.say("status.disk"), t.say("status.free_room", {{"n", gib}}),
       t.say(status.free_bytes >= little_room ? "status.good" : "status.check"), status.free_bytes >= little_room},
  }};
  card_of(stage, place);
  const float head = draw_head(stage, place, t.say("status.working"), {}, "working");
  const Box list{place.x + 8, place.y + head, place.w - 16, place.h - head - 12};
  const float scrolled = stage.begin_list("working", list);
  float y = list.y - scrolled;
  for (const Line& line : lines) y += draw_line(stage, line, {place.x + pad, y, place.w - 2 * pad, 0});
  stage.end_list(y + scrolled - list.y);
}

float working_height() { return head_height + working_lines * line_height + 14; }

float waiting_height(const StoreStatus& status) {
  return head_height + static_cast<float>(std::max<std::size_t>(status.kinds.size(), 1)) * kind_height + 84;
}

void draw_waiting(Stage& stage, const Model& model, const StoreStatus& status, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  card_of(stage, place);
  const float head = draw_head(stage, place, t.say("status.waiting"), t.number(status.waiting), "waiting");
  const float foot = 64;
  const float inner = place.w - 2 * pad;
  const Box list{place.x + 8, place.y + head, place.w - 16, place.h - head - foot - 8};
  const float scrolled = stage.begin_list("waiting", list);
  float y = list.y - scrolled;
  if (status.kinds.empty())
    stage.write_centred({place.x + pad, y, inner, kind_height}, t.say("status.waiting_none"),
                        {.type = Type::desk_body, .colour = theme.ink_2});
  for (const auto& [collection, count] : status.kinds) {
    const std::string number = t.number(count);
    stage.canvas.icon(kind_icon(collection), 30, {place.x + pad + 15, y + kind_height / 2}, theme.primary);
    stage.write_centred({place.x + pad + 44, y, inner - 144, kind_height}, kind_words(stage, collection),
                        {.type = Type::desk_body, .colour = theme.ink});
    stage.write_centred({place.right() - pad - 100, y, 100, kind_height}, number,
                        {.role = Role::status,
                         .type = Type::desk_label,
                         .colour = theme.ink,
                         .align = Align::right,
                         .id = "waiting." + collection});
    y += kind_height;
  }
  stage.end_list(y + scrolled - list.y);
  stage.canvas.fill({place.x + pad, place.bottom() - foot - 4, inner, 2}, theme.line);
  const std::int64_t minutes =
      status.oldest_at.value > 0 ? std::max<std::int64_t>(0, model.now.utc.value - status.oldest_at.value) / 60'000 : 0;
  const std::string words = status.waiting > 0 ? t.say("status.oldest", {{"n", minutes}}) : t.say("status.safe");
  const float height = stage.height_of(words, Type::desk_caption, inner);
  stage.write({place.x + pad, place.bottom() - foot / 2 - 4 - height / 2, inner, 0}, words,
              {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 2, .id = "waiting.oldest"});
}

std::size_t decisions_of(const StoreStatus& status) {
  return (status.in_doubt ? 1U : 0U) + (status.set_aside > 0 ? 1U : 0U) + status.locked_out.size() + status.exceptions.size() +
         status.questioned.size() + status.refused.size();
}

void draw_decisions(Stage& stage, const Model& model, const StoreStatus& status, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const std::vector<Decision> all = list_decisions(stage, model, status);
  const std::string title = t.say("status.decisions", {{"n", static_cast<std::int64_t>(all.size())}});
  stage.write_centred({place.x, place.y, place.w, head_height - 8}, title,
                      {.role = Role::heading,
                       .type = stage.fitting({Type::desk_head, Type::desk_label, Type::desk_rail}, title, place.w),
                       .colour = theme.ink,
                       .id = "decisions.title"});
  const Box list{place.x - 6, place.y + head_height - 8, place.w + 12, place.h - head_height + 8};
  if (all.empty()) {
    const Box box{place.x, list.y + 4, place.w, 112};
    card_of(stage, box);
    const std::string words = t.say("status.decisions_none");
    const float height = stage.height_of(words, Type::desk_body, box.w - 2 * pad);
    stage.write({box.x + pad, box.centre().y - height / 2, box.w - 2 * pad, 0}, words,
                {.role = Role::status,
                 .type = Type::desk_body,
                 .colour = theme.ink_2,
                 .align = Align::centre,
                 .lines_max = 3,
                 .id = "decisions.none"});
    return;
  }
  const float scrolled = stage.begin_list("decisions", list);
  float y = list.y + 4 - scrolled;
  const float start = y;
  for (const Decision& one : all) {
    const bool lets = !one.staff.empty();
    const ButtonSpec open{.id = "decision." + one.id + (lets ? ".let" : ".open"),
                          .label = t.say(lets ? "status.let" : "queue.open"),
                          .kind = ButtonKind::secondary,
                          .desk = true,
                          .enabled = !lets || model.visit.desk.unlocking == 0};
    const bool opens = lets || (!one.order.empty() && may(model.visit.desk, "orders"));
    const float wide = opens ? button_width(stage, open) + 16 : 0;
    const float room = place.w - 2 * pad - wide;
    const std::string heading = one.when.empty() ? one.title : one.title + " · " + one.when;
    const float height = std::max(opens ? 72.0F : 0.0F, stage.height_of(heading, Type::desk_label, room) + 4 +
                                                            stage.height_of(one.line, Type::desk_body, room)) +
                         40;
    const Box box{place.x, y, place.w, height};
    y += height + 16;
    if (box.bottom() < list.y - 400 || box.y > list.bottom() + 400) continue;  // far out of sight it is neither drawn nor told
    card_of(stage, box);
    float at = box.y + 20;
    at += stage.write({box.x + pad, at, room, 0}, heading, {.type = Type::desk_label, .colour = theme.ink, .lines_max = 2}) + 4;
    stage.write(
        {box.x + pad, at, room, 0}, one.line,
        {.role = Role::status, .type = Type::desk_body, .colour = theme.ink_2, .lines_max = 6, .id = "decision." + one.id});
    if (opens && button(stage, {box.right() - pad - wide + 16, box.centre().y - 36, wide - 16, 72}, open))
      stage.want(lets ? CounterWish{UnlockColleague{one.staff}} : CounterWish{OpenOrder{one.order}});
  }
  stage.end_list(y - start + 8);
}

void draw_devices(Stage& stage, const Model& model, const StoreStatus& status, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  card_of(stage, place);
  const float head =
      draw_head(stage, place, t.say("status.devices"), t.number(static_cast<std::int64_t>(status.devices.size())), "devices");
  const Box list{place.x + 8, place.y + head, place.w - 16, place.h - head - 12};
  const float scrolled = stage.begin_list("devices", list);
  const float room = place.w - 2 * pad;
  float y = list.y + 4 - scrolled;
  for (const DeviceSeen& device : status.devices) {
    const std::string who = device.staff.empty() ? std::string()
                            : device.locked      ? t.say("status.locked_by", {{"name", device.staff_name}})
                                                 : t.say("status.used_by", {{"name", device.staff_name}});
    const std::string seen = device.seen_at.value > 0
                                 ? t.say("status.last_seen", {{"time", when_words(stage, model, device.seen_at)}})
                                 : t.say("status.never_seen");
    y += stage.write({place.x + pad, y, room, 0}, device.name, {.type = Type::desk_label, .colour = theme.ink, .lines_max = 2});
    y += stage.write({place.x + pad, y, room, 0}, seen,
                     {.type = Type::desk_caption, .colour = device.seen_at.value > 0 ? theme.ink_2 : theme.warn, .lines_max = 2});
    if (!who.empty())
      y += stage.write({place.x + pad, y, room, 0}, who,
                       {.role = Role::status,
                        .type = Type::desk_caption,
                        .colour = theme.ok,
                        .lines_max = 2,
                        .id = "device." + device.name + ".staff"});
    stage.canvas.fill({place.x + pad, y + 9, room, 2}, theme.line);
    y += 20;
  }
  stage.end_list(y + scrolled - list.y);
}

}  // namespace vitrine::kiosk::counter
