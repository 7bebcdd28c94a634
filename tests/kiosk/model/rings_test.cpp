// SPDX-License-Identifier: Apache-2.0
// What a locked counter knows, when a counter sounds, and a colleague who lets somebody try again; without any I/O.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/kiosk/model/asked.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::answer;
using samples::asked;
using samples::Scene;

namespace {

Desk& desk(Scene& scene) { return scene.model.visit.desk; }

void know(Scene& scene, std::vector<AlertKindSeen> kinds) { scene.event(CounterAnswer{{}, std::move(kinds)}); }

Scene locked() {
  Scene scene = samples::with_queue();
  scene.wish(CounterWish{LockCounter{}});
  (void)take_ring(scene.model);
  return scene;
}

}  // namespace

TEST_CASE("a locked counter asks by kind, without a session, again when news come and every half minute; an open one does not") {
  Scene scene = locked();
  scene.wait(10);
  scene.event(Tick{});
  const auto sessionless = [](const Scene& of) {
    return std::ranges::any_of(of.asked, [](const Request& request) {
      const auto* counter = std::get_if<CounterRequest>(&request);
      return counter != nullptr && std::holds_alternative<FetchAlertKinds>(counter->what) && counter->session.empty();
    });
  };
  scene.event(AlertNews{});
  CHECK(sessionless(scene));
  scene.event(Tick{});
  CHECK_FALSE(sessionless(scene));
  scene.now.mono = scene.now.mono.plus(kinds_again_ms);
  scene.event(Tick{});
  CHECK(sessionless(scene));
  know(scene, {{"help_not_taken", 1, false, samples::noon.utc}});
  CHECK(scene.model.counter->alert_kinds.size() == 1);
  Scene open = samples::with_queue();
  open.event(AlertNews{});
  CHECK(asked<FetchAlertKinds>(open) == nullptr);
}

TEST_CASE("of an earlier lock nothing is left on the screen") {
  Scene scene = locked();
  know(scene, {{"help_not_taken", 1, false, samples::noon.utc}});
  scene.model.visit.desk.locked = false;
  scene.wish(CounterWish{LockCounter{}});
  CHECK(scene.model.counter->alert_kinds.empty());
}

TEST_CASE("a locked counter sounds for what is new, urgently for what has escalated, and for nothing twice") {
  Scene scene = locked();
  know(scene, {{"help_not_taken", 1, false, samples::noon.utc}});  // what was there when it was locked is no news
  CHECK(take_ring(scene.model) == Ring::none);
  know(scene, {{"help_not_taken", 2, false, samples::noon.utc}});
  CHECK(take_ring(scene.model) == Ring::news);
  CHECK(take_ring(scene.model) == Ring::none);
  know(scene, {{"help_not_taken", 2, false, samples::noon.utc}});
  CHECK(take_ring(scene.model) == Ring::none);
  know(scene, {{"help_not_taken", 2, true, samples::noon.utc}});
  CHECK(take_ring(scene.model) == Ring::urgent);
  know(scene, {});
  CHECK(take_ring(scene.model) == Ring::none);
}

TEST_CASE("an open counter sounds for who asks and who comes; signing in again is no news") {
  Scene scene = samples::with_queue();
  (void)take_ring(scene.model);
  std::vector<HelpCall> calls = samples::some_calls();
  const auto hear = [&] {
    scene.event(HelpNews{calls.back().id});
    answer(scene, desk(scene).calls_refresh.asked, calls);
  };
  hear();
  CHECK(take_ring(scene.model) == Ring::none);
  calls.push_back(calls.front());
  calls.back().id = std::string(32, '9');
  calls.back().state = HelpState::waiting;
  hear();
  CHECK(take_ring(scene.model) == Ring::news);
  hear();
  CHECK(take_ring(scene.model) == Ring::none);
  scene.event(AlertNews{});
  answer(scene, desk(scene).alerts_refresh.asked,
         std::vector<StoreAlert>{{"help_not_taken", calls.back().id, samples::noon.utc, AlertState::escalated, {}}});
  CHECK(take_ring(scene.model) == Ring::urgent);
  scene.wish(CounterWish{LockCounter{}});
  know(scene, {{"help_not_taken", 1, true, samples::noon.utc}});
  CHECK(take_ring(scene.model) == Ring::none);
}

TEST_CASE("who has the permission lets a colleague try again, and hears what came of it") {
  Scene scene = samples::with_status(samples::some_status(true));
  scene.wish(CounterWish{UnlockColleague{"1004"}});
  CHECK(asked<LetTryAgain>(scene) == nullptr);
  CHECK(desk(scene).notice == "not_permitted");
  desk(scene).session->permissions.emplace_back("unlock");
  scene.wish(CounterWish{UnlockColleague{"1004"}});
  const auto* let = asked<LetTryAgain>(scene);
  REQUIRE(let != nullptr);
  CHECK(let->staff == "1004");
  scene.wish(CounterWish{UnlockColleague{"1003"}});
  CHECK(asked<LetTryAgain>(scene) == nullptr);  // one at a time
  answer(scene, desk(scene).unlocking, LetTryAgain{"1004"});
  CHECK(desk(scene).notice == "unlocked");
  CHECK(desk(scene).unlocking == 0);
  scene.wish(CounterWish{UnlockColleague{"1003"}});
  scene.event(RequestFailed{{scene.model.visit.number, desk(scene).unlocking}, "own_lock"});
  CHECK(desk(scene).notice == "own_lock");
}
