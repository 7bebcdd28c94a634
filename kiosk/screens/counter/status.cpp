// SPDX-License-Identifier: Apache-2.0
// 22: how the store stands: what works, what waits to be sent and since when, what needs a person, devices and who is there.
#include <algorithm>

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
  const std::string title = t.say("status.offline", {{"time", t.clock(status.since)}});
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
  float top = free.y + 126;
  if (!status->online) top += draw_offline(stage, *status, {free.x, top, free.w, 0}) + gap;
  const Box below{free.x, top, free.w, free.bottom() - 20 - top};
  const float left = 520, right = 420;
  const float waiting = std::min(waiting_height(*status), below.h * 0.5F);
  draw_working(stage, model, *status, {below.x, below.y, left, below.h - waiting - gap});
  draw_waiting(stage, model, *status, {below.x, below.bottom() - waiting, left, waiting});
  draw_decisions(stage, model, *status, {below.x + left + gap, below.y, below.w - left - right - 2 * gap, below.h});
  draw_devices(stage, model, *status, {below.right() - right, below.y, right, below.h});
}

}  // namespace vitrine::kiosk::counter
