// SPDX-License-Identifier: Apache-2.0
// 22: how the store stands: what works, what waits to be sent and since when, what needs a person, devices and who is there.
#include <algorithm>
#include <utility>
#include <vector>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/screens.hpp"
#include "kiosk/screens/counter/status_parts.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float gap = 24;

// It is us, what works, what waits: in that order. Returns the height used.
float draw_offline(Stage& stage, const StoreStatus& status, const Box& at) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const bool drill = status.drill && status.drill->runs;
  const std::string title = t.say(drill ? "status.drill" : "status.offline", {{"time", t.clock(status.since)}});
  const std::string line = t.say("status.offline_line", {{"n", status.waiting}});
  const float room = at.w - 112 - 32;
  const float height = 40 + stage.height_of(title, Type::desk_head, room) + 4 + stage.height_of(line, Type::desk_body, room);
  const Box box{at.x, at.y, at.w, height};
  stage.canvas.fill(box, theme.info_tint, 28 * theme.corner_scale);
  stage.canvas.disc({box.x + 56, box.centre().y}, 32, theme.surface);
  stage.canvas.icon(Icon::cloud_off, 42, {box.x + 56, box.centre().y}, theme.info);
  float y = box.y + 20;
  y +=
      stage.write({box.x + 112, y, room, 0}, title,
                  {.role = Role::status, .type = Type::desk_head, .colour = theme.info, .lines_max = 2, .id = "status.offline"}) +
      4;
  stage.write({box.x + 112, y, room, 0}, line,
              {.type = Type::desk_body, .colour = theme.ink, .lines_max = 3, .id = "status.offline_line"});
  return height;
}

// Beside the title: practising without the line; how long is asked first. What came of the last one is said.
void draw_drill(Stage& stage, const Model& model, const StoreStatus& status, const Box& row) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const Desk& desk = model.visit.desk;
  const bool runs = status.drill && status.drill->runs;
  std::vector<std::pair<ButtonSpec, CounterWish>> buttons;
  if (may(desk, "unlock") && runs) {
    buttons.emplace_back(ButtonSpec{.id = "drill.end", .label = t.say("drill.end"), .icon = Icon::check}, StartDrill{0});
  } else if (may(desk, "unlock") && desk.offers_drill) {
    for (const std::int64_t minutes : {5, 10, 30}) {
      buttons.emplace_back(ButtonSpec{.id = "drill.start." + std::to_string(minutes),
                                      .label = t.say("call.minutes", {{"n", minutes}}),
                                      .kind = ButtonKind::secondary,
                                      .spoken = t.say("drill.start", {{"n", minutes}})},
                           StartDrill{minutes});
    }
    buttons.emplace_back(
        ButtonSpec{.id = "drill.leave", .label = t.say("queue.leave"), .kind = ButtonKind::tertiary, .takes_escape = true},
        OfferDrill{false});
  } else if (may(desk, "unlock") && status.online) {
    buttons.emplace_back(ButtonSpec{.id = "drill.offer", .label = t.say("drill.offer"), .kind = ButtonKind::tertiary},
                         OfferDrill{true});
  }
  float right = row.right();
  for (auto& [spec, wish] : buttons) {
    spec.desk = true;
    spec.enabled = desk.drilling == 0;
    right -= button_width(stage, spec) + 16;
  }
  float x = right + 16;
  for (const auto& [spec, wish] : buttons) {
    const float wide = button_width(stage, spec);
    if (button(stage, {x, row.y, wide, row.h}, spec)) stage.want(wish);
    x += wide + 16;
  }
  std::string words;
  if (desk.offers_drill) {
    words = t.say("drill.line");
  } else if (runs) {
    words = t.say("drill.runs", {{"time", t.clock(status.drill->until)}});
  } else if (status.drill && status.drill->left > 0) {
    words = t.say("drill.left", {{"n", status.drill->left}, {"waited", status.drill->waited}});
  } else if (status.drill) {
    words = t.say("drill.sent", {{"time", t.clock(status.drill->until)}, {"n", status.drill->waited}});
  }
  if (words.empty()) return;
  const float room = right - row.x;
  const float height = stage.height_of(words, Type::desk_label, room);
  stage.write({row.x, row.centre().y - height / 2, room, 0}, words,
              {.role = Role::status,
               .type = Type::desk_label,
               .colour = runs ? theme.info : theme.ink_2,
               .align = Align::right,
               .lines_max = 2,
               .id = "drill.words"});
}

}  // namespace

void draw_status(Stage& stage, const Model& model) {
  const Box free = draw_desk(stage, model);
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const auto& status = model.visit.desk.status;
  if (round_button(stage, {free.x, free.y + 18}, "back", t.say("top.back"), Icon::arrow_back, true)) stage.want(GoBack{});
  const std::string title = t.say("status.title");
  stage.write({free.x + 112, free.y + 40, free.w - 112, 0}, title,
              {.role = Role::heading, .type = Type::desk_title, .colour = theme.ink, .id = "status.title"});
  stage.tree.announcement = title;
  if (!status) {
    stage.write({free.x, free.y + 130, free.w, 0}, t.say("sign_in.loading"),
                {.role = Role::status, .type = Type::desk_body, .colour = theme.ink_2});
    return;
  }
  const auto decisions = static_cast<std::int64_t>(decisions_of(*status));
  stage.tree.announcement = t.say(status->online ? "status.spoken_online" : "status.spoken_offline",
                                  {{"decisions", decisions}, {"waiting", status->waiting}});
  const float after = free.x + 112 + stage.canvas.width_of(Type::desk_title, title) + 48;
  draw_drill(stage, model, *status, {after, free.y + 26, free.right() - after, 72});
  float top = free.y + 126;
  if (!status->online) top += draw_offline(stage, *status, {free.x, top, free.w, 0}) + gap;
  const Box below{free.x, top, free.w, free.bottom() - 20 - top};
  const float left = 520, right = 420;
  // What works is seen at once; what waits takes what it needs of the rest.
  const float working = std::min(working_height(), below.h * 0.6F);
  draw_working(stage, model, *status, {below.x, below.y, left, working});
  const float rest = below.h - working - gap;
  draw_waiting(stage, model, *status, {below.x, below.y + working + gap, left, std::min(waiting_height(*status), rest)});
  draw_decisions(stage, model, *status, {below.x + left + gap, below.y, below.w - left - right - 2 * gap, below.h});
  draw_devices(stage, model, *status, {below.right() - right, below.y, right, below.h});
}

}  // namespace vitrine::kiosk::counter
