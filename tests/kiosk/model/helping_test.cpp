// SPDX-License-Identifier: Apache-2.0
// Asking for a person: what is asked when, what is shown while somebody comes, and that nobody is left waiting for who has gone.
#include <doctest/doctest.h>

#include "tests/kiosk/model/asked.hpp"
#include "tools/kiosk_shots/samples.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::asked;
using samples::Scene;

namespace {

Asked newest(const Scene& scene) { return {scene.model.visit.number, scene.model.visit.help.asked}; }

Scene asking(Scene scene) {
  scene.model.where = "by the stairs";
  scene.wish(AskForHelp{});
  return scene;
}

// Nadia comes.
Scene coming(Scene scene) {
  scene = asking(std::move(scene));
  scene.event(HelpArrived{newest(scene), samples::some_help()});
  return scene;
}

}  // namespace

TEST_CASE("who asks at the cart says where, in which language and with which cart, once") {
  Scene scene = asking(samples::with_cart(samples::cart()));
  CHECK(shown_route(scene.model) == Route::help);
  const auto* raise = asked<RaiseHelp>(scene);
  REQUIRE(raise != nullptr);
  CHECK(raise->where == "by the stairs");
  CHECK(raise->language == "en");
  CHECK(raise->context == "cart/" + samples::cart().cart.text);
  // Back and again while it is on its way: no second one.
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::cart);
  scene.wish(AskForHelp{});
  CHECK(asked<RaiseHelp>(scene) == nullptr);
  scene.event(HelpArrived{newest(scene), samples::some_help()});
  CHECK(scene.model.visit.help.request->name == "Nadia");
  // On its own screen the same button leads back; then it looks how it stands.
  scene.wish(AskForHelp{});
  CHECK(shown_route(scene.model) == Route::cart);
  scene.wish(AskForHelp{});
  CHECK(asked<RaiseHelp>(scene) == nullptr);
  REQUIRE(asked<FetchHelp>(scene) != nullptr);
  CHECK(asked<FetchHelp>(scene)->request == samples::some_help().id);
}

TEST_CASE("news are looked at; what has ended leads back to where they were") {
  Scene scene = coming(samples::with_cart(samples::cart()));
  scene.event(HelpNews{std::string(32, 'f')});
  CHECK(asked<FetchHelp>(scene) == nullptr);
  scene.event(HelpNews{samples::some_help().id});
  REQUIRE(asked<FetchHelp>(scene) != nullptr);
  HelpView over = samples::some_help();
  over.state = HelpState::ended;
  scene.event(HelpArrived{newest(scene), over});
  CHECK(shown_route(scene.model) == Route::cart);
  CHECK_FALSE(scene.model.visit.help.request);
}

TEST_CASE("what it is about is shown at once, and not when it was not written down") {
  Scene scene = coming(samples::welcome());
  scene.wish(SayTopic{"reach"});
  CHECK(scene.model.visit.help.about == "reach");
  REQUIRE(asked<ActOnHelp>(scene) != nullptr);
  CHECK(asked<ActOnHelp>(scene)->word == "reach");
  scene.event(RequestFailed{newest(scene), "disk_full"});
  CHECK(scene.model.visit.help.about == "finding");
  CHECK_FALSE(scene.model.visit.help.failed);
}

TEST_CASE("a request that did not get through says so, and is asked again") {
  Scene scene = asking(samples::welcome());
  scene.event(RequestFailed{newest(scene), "no_answer"});
  CHECK(scene.model.visit.help.failed);
  CHECK(shown_route(scene.model) == Route::help);
  scene.wish(AskForHelp{});
  CHECK_FALSE(scene.model.visit.help.failed);
  CHECK(asked<RaiseHelp>(scene) != nullptr);
  CHECK(scene.model.visit.help.from == Route::welcome);
}

TEST_CASE("nobody comes for who called it off or has finished") {
  Scene scene = coming(samples::with_cart(samples::cart()));
  scene.wish(CancelHelp{});
  REQUIRE(asked<ActOnHelp>(scene) != nullptr);
  CHECK(asked<ActOnHelp>(scene)->action == HelpAction::end);
  CHECK(asked<ActOnHelp>(scene)->word == "cancelled");
  CHECK(shown_route(scene.model) == Route::cart);

  Scene finished = coming(samples::with_cart(samples::cart()));
  finished.wish(Finish{});
  REQUIRE(asked<ActOnHelp>(finished) != nullptr);
  CHECK(asked<ActOnHelp>(finished)->word == "gone");
  CHECK_FALSE(finished.model.visit.help.request);

  // Finished before the answer came.
  Scene hasty = asking(samples::welcome());
  const Asked then = newest(hasty);
  hasty.wish(StartOver{});
  hasty.event(HelpArrived{then, samples::some_help()});
  REQUIRE(asked<ActOnHelp>(hasty) != nullptr);
  CHECK(asked<ActOnHelp>(hasty)->word == "gone");
  CHECK(shown_route(hasty.model) == Route::welcome);
}

TEST_CASE("who waits is not asked whether they are there for five minutes, and then as ever") {
  Scene scene = coming(samples::with_cart(samples::cart()));
  scene.wait(help_ms_max - 1'000);
  CHECK(shown_route(scene.model) == Route::help);
  CHECK_FALSE(countdown_seconds(scene.model));
  scene.wait(2'000);
  CHECK(shown_route(scene.model) == Route::cart);
  scene.wait(idle_cart_ms);
  CHECK(countdown_seconds(scene.model));
  scene.wait(countdown_ms);
  CHECK(shown_route(scene.model) == Route::welcome);
  CHECK_FALSE(scene.model.visit.help.request);
  // Somebody still comes for them.
  CHECK(asked<ActOnHelp>(scene) == nullptr);
}

TEST_CASE("at welcome, who waits is not forgotten by silence before the five minutes are over") {
  Scene scene = coming(samples::welcome());
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::welcome);
  scene.wait(120'000);
  CHECK(scene.model.visit.help.request);
  scene.wait(help_ms_max);
  CHECK_FALSE(scene.model.visit.help.request);
}
