// SPDX-License-Identifier: Apache-2.0
// The frame of a counter's screen that is held in a hand: what there is to say on top, where one may go below, for a thumb.
#include <algorithm>

#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/screens.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float bar = 88;
constexpr float places_height = 104;
constexpr float side = 16;
constexpr float gap = 12;

void draw_top(Stage& stage, const Model& model, const Box& top) {
  const Theme& theme = stage.theme;
  stage.canvas.fill(top, theme.surface);
  stage.canvas.fill({top.x, top.bottom() - 2, top.w, 2}, theme.line);
  const Box inside{top.x + side, top.y + 8, top.w - 2 * side, top.h - 16};
  // One thing is said at a time; it covers nothing that can be touched.
  if (!model.visit.desk.notice.empty()) return void(draw_notice(stage, model, inside));
  if (model.visit.route != Route::queue && has_escalated(model)) return draw_escalated(stage, model, inside);
  const std::string words = stage.texts.say("find.title");
  const Box find{inside.right() - 132, inside.y, 132, inside.h};
  const TargetState state = stage.target({.id = "desk.search", .box = find, .label = words, .radius = 20 * theme.corner_scale});
  stage.canvas.fill(find, mix(theme.bg, theme.primary_tint, static_cast<double>(state.press)), 20 * theme.corner_scale);
  stage.canvas.outline(find, theme.line_strong, 2, 20 * theme.corner_scale);
  stage.canvas.icon(Icon::search, 30, {find.x + 26, find.centre().y}, theme.primary);
  const Type type = stage.fitting({Type::desk_label, Type::desk_rail}, words, find.w - 54);
  stage.canvas.text(type, {find.x + 46, find.centre().y - stage.line(type) / 2}, theme.ink, words);
  if (state.acted) stage.want(CounterWish{OpenSearch{true}});
  const Colleague& who = model.visit.desk.session->who;
  const std::string clock = stage.texts.clock(model.now.utc);
  const float room = find.x - gap - inside.x;
  stage.write({inside.x, inside.y + 6, room, 0}, clock, {.type = Type::desk_label, .colour = theme.ink, .id = "desk.clock"});
  const float clock_width = stage.canvas.width_of(Type::desk_label, clock) + 16;
  const std::string name = short_name(who.name, who.initial);
  stage.write({inside.x + clock_width, inside.y + 6, room - clock_width, 0}, name,
              {.type = stage.fitting({Type::desk_label, Type::desk_badge, Type::desk_rail}, name, room - clock_width),
               .colour = theme.ink_2,
               .id = "rail.who"});
  const LinkWords link = link_words(stage, model);
  const Colour ink = link.well ? theme.ok : theme.info;
  stage.canvas.icon(link.icon, 22, {inside.x + 11, inside.y + 50}, ink);
  stage.write({inside.x + 30, inside.y + 38, room - 30, 0}, link.words,
              {.role = Role::status,
               .type = stage.fitting({Type::desk_badge, Type::desk_rail}, link.words, room - 30),
               .colour = ink,
               .lines_max = 2,
               .id = "desk.link"});
}

}  // namespace

Box draw_desk_in_hand(Stage& stage, const Model& model) {
  const Theme& theme = stage.theme;
  const Box whole = stage.area();
  draw_top(stage, model, {0, 0, whole.w, bar});
  const Box below{0, whole.h - places_height, whole.w, places_height};
  stage.canvas.fill(below, theme.night);
  std::vector<DeskPlace> places = desk_places(model);
  places.push_back({"rail.lock", Icon::lock, "desk.lock", Key::lock, CounterWish{LockCounter{}}});
  const auto count = static_cast<float>(places.size());
  const float wide = (below.w - 2 * side - (count - 1) * gap) / count;
  Box place{below.x + side, below.y + 8, wide, 88};
  for (const DeskPlace& one : places) {
    if (draw_place(stage, place, one)) stage.want(one.wish);
    place.x += wide + gap;
  }
  return {side, bar, whole.w - 2 * side, whole.h - bar - places_height};
}

}  // namespace vitrine::kiosk::counter
