// SPDX-License-Identifier: Apache-2.0
// 13: nobody has touched the screen for a while. Touching anywhere but "I'm finished" keeps the visit.
#include <algorithm>
#include <cmath>

#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {

void draw_still_there(Stage& stage, const Model& model) {
  const std::optional<int> seconds = countdown_seconds(model);
  if (!seconds) return;
  const Theme& theme = stage.theme;
  Texts& texts = stage.texts;
  const Box area = stage.area();
  const std::string title = texts.say("still.title");
  const std::string line = texts.say("still.line", {{"n", std::int64_t{*seconds}}});
  const std::string name = model.visit.cart ? model.visit.cart->first_name : std::string();
  const std::string safe = !model.visit.cart ? texts.say("still.nothing")
                           : name.empty()    ? texts.say("still.safe")
                                             : texts.say("still.safe_named", {{"name", name}});
  const ButtonSpec finished{.id = "still.finished", .label = texts.say("still.finished"), .kind = ButtonKind::secondary};
  const ButtonSpec here{.id = "still.here", .label = texts.say("still.here"), .takes_escape = true, .main = true};
  const float width = stage.wide() && stage.large() ? 1240 : 968;
  const float inner = width - 2 * 64;
  const float left = std::round((inner - 24) / 2.3F);
  const float button_row =
      std::max({124.0F, button_height(stage, left, finished), button_height(stage, inner - left - 24, here)});
  const float note_room = inner - 32 - 42 - 20 - 32;
  const float note_height =
      56 + stage.height_of(texts.say("still.private"), Type::name, note_room) + stage.height_of(safe, Type::body, note_room);
  const float words_height = stage.height_of(title, Type::h1, inner) + 14 + stage.height_of(line, Type::body_l, inner);
  const float needed = 264 + words_height + button_row + note_height;
  // Large text on a low screen takes the room from the gaps.
  const float gap = std::clamp((area.h - 48 - needed) / 6, 12.0F, 44.0F);
  const float edge = std::min(64.0F, gap * 1.45F);
  const float height = needed + 2 * edge + 4 * gap;
  // In reach mode its buttons are in the lower part.
  const float buttons_at = edge + 264 + gap + words_height + gap;
  const float top = std::max(area.h * 0.318F, stage.reach_line() - buttons_at);
  const Box box{(area.w - width) / 2, std::clamp(top, 24.0F, std::max(24.0F, area.h - height - 24)), width, height};
  const int before = stage.canvas.mark();
  // Not under the dialog itself: it would only cost time.
  stage.canvas.fill_around(area, box.inset(36), theme.scrim);
  stage.canvas.fade_since(before, stage.motions.since_first("still.scrim", stage.motions.reduced() ? 120 : 200));

  const int start = stage.canvas.mark();
  if (!stage.outlined()) stage.canvas.shadow(box, Shadow::e3_dialog, theme.ink);
  stage.canvas.fill(box, theme.bg, 52 * theme.corner_scale);
  if (stage.outlined()) stage.canvas.outline(box, theme.line_strong, theme.card_line, 52 * theme.corner_scale);
  stage.describe(Role::dialog, box, "still", texts.say("still.title"));

  // The ring steps with the seconds, each step a short sweep, or none when there is to be less movement.
  const float share = stage.motions.follow(
      "still.ring", static_cast<float>(*seconds - 1) / (static_cast<float>(countdown_length_ms(model)) / 1000 - 1), 250);
  countdown_ring(stage, {box.centre().x, box.y + edge + 132}, share, *seconds, *seconds <= 5);

  float y = box.y + edge + 264 + gap;
  const Box text = box.inset(64, 0);
  y += stage.write({text.x, y, text.w, 0}, title,
                   {.role = Role::heading, .type = Type::h1, .colour = theme.ink, .align = Align::centre, .lines_max = 2}) +
       14;
  y += stage.write({text.x, y, text.w, 0}, line,
                   {.type = Type::body_l, .colour = theme.ink_2, .align = Align::centre, .lines_max = 3}) +
       gap;
  if (button(stage, {text.x, y, left, button_row}, finished)) stage.want(Finish{});
  if (button(stage, {text.x + left + 24, y, text.w - left - 24, button_row}, here)) stage.want(StillHere{});
  if (stage.hands.touched_nothing()) stage.want(StillHere{});
  y += button_row + gap;
  const Box note{text.x, y, text.w, note_height};
  stage.canvas.fill(note, theme.surface, 28 * theme.corner_scale);
  stage.canvas.icon(Icon::lock, 42, {note.x + 32 + 21, note.y + 28 + 23}, theme.primary);
  const float x = note.x + 32 + 42 + 20;
  y = note.y + 28;
  y += stage.write({x, y, note_room, 0}, texts.say("still.private"), {.type = Type::name, .colour = theme.ink, .lines_max = 2});
  stage.write({x, y, note_room, 0}, safe, {.type = Type::body, .colour = theme.ink_2, .lines_max = 4, .personal = true});

  const float share_in = stage.motions.since_first("still.in", 200);
  if (!stage.motions.reduced() && share_in < 1) stage.canvas.scale_since(start, box.centre(), 0.98F + 0.02F * eased(share_in));
  stage.canvas.fade_since(start, share_in);
  stage.tree.screen = "still_there";
  stage.tree.announcement = texts.say("still.spoken", {{"n", std::int64_t{*seconds}}});
}

}  // namespace vitrine::kiosk::shopper
