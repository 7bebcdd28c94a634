// SPDX-License-Identifier: Apache-2.0
// 14a, 14b and their kin: a code did not open a cart. Says what it was, that nothing is lost, and what helps.
#include <algorithm>
#include <cmath>

#include "kiosk/screens/shopper/screens.hpp"
#include "kiosk/screens/shopper/surroundings.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {
namespace {

enum class Tint { warn, info, quiet };

struct Words {
  Tint tint = Tint::info;
  std::size_t tile = 3;
  Icon icon = Icon::qr_code_scanner;
  std::string title, line;
  std::vector<StepSpec> steps;
};

Words words_for(Stage& stage, Problem problem, const std::string& brand) {
  Texts& t = stage.texts;
  switch (problem) {
    case Problem::code_timed_out:
      return {Tint::warn,
              1,
              Icon::timer_off,
              t.say("timed_out.title"),
              t.say("timed_out.line"),
              {{.icon = Icon::smartphone, .title = t.say("timed_out.step_1"), .line = t.say("timed_out.step_1_line")},
               {.icon = Icon::qr_code_scanner, .title = t.say("timed_out.step_2"), .line = t.say("timed_out.step_2_line")}}};
    case Problem::code_unknown:
      return {Tint::info,
              3,
              Icon::qr_code_scanner,
              t.say("unknown.title"),
              t.say("unknown.line"),
              {{.icon = Icon::light_mode, .title = t.say("unknown.step_1"), .line = t.say("unknown.step_1_line")},
               {.icon = Icon::smartphone, .title = t.say("unknown.step_2"), .line = t.say("unknown.step_2_line")}}};
    case Problem::code_foreign:
      return {Tint::info,
              3,
              Icon::storefront,
              t.say("foreign.title"),
              t.say("foreign.line", {{"brand", brand}}),
              {{.icon = Icon::smartphone,
                .title = t.say("foreign.step_1", {{"brand", brand}}),
                .line = t.say("foreign.step_1_line")}}};
    case Problem::needs_internet:
      return {Tint::info,
              3,
              Icon::cloud_off,
              t.say("needs_internet.title"),
              t.say("needs_internet.line"),
              {{.icon = Icon::smartphone, .title = t.say("needs_internet.step_1"), .line = t.say("needs_internet.step_1_line")},
               {.icon = Icon::cloud_done, .title = t.say("needs_internet.step_2"), .line = t.say("needs_internet.step_2_line")}}};
    case Problem::not_ready:
      return {Tint::warn, 5, Icon::hourglass_top, t.say("not_ready.title"), t.say("not_ready.line"), {}};
    case Problem::no_answer:
      return {Tint::warn,
              1,
              Icon::sync,
              t.say("no_answer.title"),
              t.say("no_answer.line"),
              {{.icon = Icon::qr_code_scanner, .title = t.say("no_answer.step_1"), .line = t.say("no_answer.step_1_line")}}};
  }
  return {};
}

struct Buttons {
  ButtonSpec finish, again;
  float height = 108;
};

Buttons buttons_for(Stage& stage, float width) {
  Buttons made{{.id = "problem.finish", .label = stage.texts.say("problem.finish"), .kind = ButtonKind::secondary},
               {.id = "problem.again", .label = stage.texts.say("problem.again"), .icon = Icon::replay, .main = true}};
  const float left = std::round((width - 24) / 2.2F);
  made.height = std::max(button_height(stage, left, made.finish), button_height(stage, width - left - 24, made.again));
  return made;
}

void draw_buttons(Stage& stage, const Box& row, const Buttons& buttons) {
  const float left = std::round((row.w - 24) / 2.2F);
  if (button(stage, {row.x, row.y, left, row.h}, buttons.finish)) stage.want(Finish{});
  if (button(stage, {row.x + left + 24, row.y, row.w - left - 24, row.h}, buttons.again)) stage.want(Navigate{Route::scan});
}

}  // namespace

void draw_problem(Stage& stage, const Model& model) {
  Surroundings frame(stage, model, {.back = true});
  const Box above = frame.above;
  const Theme& theme = stage.theme;
  const Words words = words_for(stage, model.visit.problem.value_or(Problem::code_unknown), model.store->brand);
  const Colour colour = words.tint == Tint::warn ? theme.warn : words.tint == Tint::info ? theme.info : theme.ink_2;

  const bool wide = stage.wide();
  const float column = std::round(above.w * (stage.large() ? 0.3F : 0.38F));
  Box text{margin, 0, above.w - 2 * margin, 0};
  if (wide) text = {column, 0, above.w - margin - column, 0};
  const float inset = wide ? 0 : 40;
  const Buttons buttons = buttons_for(stage, text.w);
  float needed =
      stage.height_of(words.title, Type::h1, text.w) + 18 + stage.height_of(words.line, Type::body_l, text.w - 2 * inset) + 56;
  for (const StepSpec& each : words.steps) needed += step_height(stage, text.w, each) + 24;

  // Large text on a low screen begins beside the wordmark and stands closer.
  const bool beside = wide && stage.large();
  const float title_room = beside ? frame.top.right() - text.x : text.w;
  float y = beside ? 24 : top_height + 16;
  if (wide) {
    niche(stage, {column / 2 + margin / 2, (above.h + top_height) / 2 - 240}, stage.large() ? 0.9F : 1.1F, words.tile, words.icon,
          colour);
  } else {
    // The niche gives way to the words.
    const float free = above.h - top_height - 70 - needed - buttons.height - 80;
    const float scale = std::min(1.0F, (free - 56) / 400);
    if (scale > 0.5F) {
      y = top_height + 70 * scale;
      niche(stage, {above.w / 2, y}, scale, words.tile, words.icon, colour);
      y += 400 * scale + 56;
    }
  }
  const Align align = wide ? Align::left : Align::centre;
  y += stage.write({text.x, y, title_room, 0}, words.title,
                   {.role = Role::heading, .type = Type::h1, .colour = theme.ink, .align = align, .lines_max = 3}) +
       18;
  y += stage.write({text.x + inset, y, text.w - 2 * inset, 0}, words.line,
                   {.type = Type::body_l, .colour = theme.ink_2, .align = align, .lines_max = 6}) +
       (beside ? 18
        : wide ? 30
               : 56);
  for (const StepSpec& each : words.steps) {
    const Box box{text.x, y, text.w, step_height(stage, text.w, each)};
    card(stage, box);
    step(stage, box, each);
    y += box.h + (beside ? 12 : wide ? 18 : 24);
  }
  draw_buttons(stage, {text.x, above.h - (wide ? 24 : 40) - buttons.height, text.w, buttons.height}, buttons);
  frame.end();
  stage.tree.announcement = words.title + ". " + words.line;
}

}  // namespace vitrine::kiosk::shopper
