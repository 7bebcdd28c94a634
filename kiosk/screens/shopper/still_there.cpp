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
  const float height = 894;
  const Box box{(area.w - 968) / 2, std::clamp(area.h * 0.318F, 40.0F, std::max(40.0F, area.h - height - 40)), 968, height};
  const int before = stage.canvas.mark();
  // Not under the dialog itself: it would only cost time.
  stage.canvas.fill_around(area, box.inset(36), theme.scrim);
  stage.canvas.fade_since(before, stage.motions.since_first("still.scrim", stage.motions.reduced() ? 120 : 200));

  const int start = stage.canvas.mark();
  stage.canvas.shadow(box, Shadow::e3_dialog, theme.ink);
  stage.canvas.fill(box, theme.bg, 52 * theme.corner_scale);
  stage.describe(Role::dialog, box, "still", texts.say("still.title"));

  // The ring steps with the seconds, each step a short sweep, or none when there is to be less movement.
  const float share = stage.motions.follow("still.ring", static_cast<float>(*seconds - 1) / 19.0F, 250);
  countdown_ring(stage, {box.centre().x, box.y + 64 + 132}, share, *seconds, *seconds <= 5);

  float y = box.y + 64 + 264 + 36;
  const Box text = box.inset(64, 0);
  stage.write({text.x, y, text.w, 72}, texts.say("still.title"),
              {.role = Role::heading, .type = Type::h1, .colour = theme.ink, .align = Align::centre});
  y += 72 + 14;
  stage.write({text.x, y, text.w, 46}, texts.say("still.line", {{"n", std::int64_t{*seconds}}}),
              {.type = Type::body_l, .colour = theme.ink_2, .align = Align::centre});
  y += 46 + 44;
  const float left = std::round((text.w - 24) / 2.3F);
  if (button(stage, {text.x, y, left, 124},
             {.id = "still.finished", .label = texts.say("still.finished"), .kind = ButtonKind::secondary})) {
    stage.want(Finish{});
  }
  if (button(stage, {text.x + left + 24, y, text.w - left - 24, 124},
             {.id = "still.here", .label = texts.say("still.here"), .takes_escape = true, .main = true})) {
    stage.want(StillHere{});
  }
  if (stage.hands.touched_nothing()) stage.want(StillHere{});
  y += 124 + 40;
  const Box note{text.x, y, text.w, 134};
  stage.canvas.fill(note, theme.surface, 28 * theme.corner_scale);
  stage.canvas.icon(Icon::lock, 42, {note.x + 32 + 21, note.y + 28 + 23}, theme.primary);
  const float x = note.x + 32 + 42 + 20;
  stage.write({x, note.y + 28, note.right() - 32 - x, 37}, texts.say("still.private"), {.type = Type::name, .colour = theme.ink});
  const std::string name = model.visit.cart ? model.visit.cart->first_name : std::string();
  const std::string named = name.empty() ? std::string() : texts.say("still.safe_named", {{"name", name}});
  const float room = note.right() - 32 - x;
  const bool fits = !named.empty() && stage.canvas.width_of(Type::body, named) <= room;
  stage.write({x, note.y + 67, room, 40}, fits ? named : texts.say("still.safe"), {.type = Type::body, .colour = theme.ink_2});

  const float share_in = stage.motions.since_first("still.in", 200);
  if (!stage.motions.reduced() && share_in < 1) stage.canvas.scale_since(start, box.centre(), 0.98F + 0.02F * eased(share_in));
  stage.canvas.fade_since(start, share_in);
  stage.tree.screen = "still_there";
  stage.tree.announcement = texts.say("still.spoken", {{"n", std::int64_t{*seconds}}});
}

}  // namespace vitrine::kiosk::shopper
