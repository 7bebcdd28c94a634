// SPDX-License-Identifier: Apache-2.0
// 14a, 14b and their kin: a code did not open a cart. Says what it was, that nothing is lost, and what helps.
#include "kiosk/screens/shopper/calm_screen.hpp"
#include "kiosk/screens/shopper/screens.hpp"

namespace vitrine::kiosk::shopper {
namespace {

CalmSpec words_for(Stage& stage, Problem problem, const std::string& brand) {
  Texts& t = stage.texts;
  switch (problem) {
    case Problem::code_timed_out:
      return {CalmTint::warn,
              1,
              Icon::timer_off,
              t.say("timed_out.title"),
              t.say("timed_out.line"),
              {{.icon = Icon::smartphone, .title = t.say("timed_out.step_1"), .line = t.say("timed_out.step_1_line")},
               {.icon = Icon::qr_code_scanner, .title = t.say("timed_out.step_2"), .line = t.say("timed_out.step_2_line")}}};
    case Problem::code_unknown:
      return {CalmTint::info,
              3,
              Icon::qr_code_scanner,
              t.say("unknown.title"),
              t.say("unknown.line"),
              {{.icon = Icon::light_mode, .title = t.say("unknown.step_1"), .line = t.say("unknown.step_1_line")},
               {.icon = Icon::shopping_bag, .title = t.say("unknown.step_2"), .line = t.say("unknown.step_2_line")}}};
    case Problem::code_foreign:
      return {CalmTint::info,
              3,
              Icon::storefront,
              t.say("foreign.title"),
              t.say("foreign.line", {{"brand", brand}}),
              {{.icon = Icon::smartphone,
                .title = t.say("foreign.step_1", {{"brand", brand}}),
                .line = t.say("foreign.step_1_line")}}};
    case Problem::needs_internet:
      return {CalmTint::info,
              3,
              Icon::cloud_off,
              t.say("needs_internet.title"),
              t.say("needs_internet.line"),
              {{.icon = Icon::smartphone, .title = t.say("needs_internet.step_1"), .line = t.say("needs_internet.step_1_line")},
               {.icon = Icon::cloud_done, .title = t.say("needs_internet.step_2"), .line = t.say("needs_internet.step_2_line")}}};
    case Problem::not_ready:
      return {CalmTint::warn, 5, Icon::hourglass_top, t.say("not_ready.title"), t.say("not_ready.line"), {}};
    case Problem::no_answer:
      return {CalmTint::warn,
              1,
              Icon::sync,
              t.say("no_answer.title"),
              t.say("no_answer.line"),
              {{.icon = Icon::qr_code_scanner, .title = t.say("no_answer.step_1"), .line = t.say("no_answer.step_1_line")}}};
  }
  return {};
}

}  // namespace

void draw_problem(Stage& stage, const Model& model) {
  CalmSpec spec = words_for(stage, model.visit.problem.value_or(Problem::code_unknown), model.store->brand);
  spec.other = WayOn{"problem.finish", stage.texts.say("problem.finish"), Icon::none, Finish{}};
  if (model.visit.problem == Problem::code_unknown)
    spec.other = WayOn{"problem.collect", stage.texts.say("welcome.collect"), Icon::none, Navigate{Route::collect}};
  spec.main = {"problem.again", stage.texts.say("problem.again"), Icon::replay, Navigate{Route::scan}};
  draw_calm_screen(stage, model, spec);
}

}  // namespace vitrine::kiosk::shopper
