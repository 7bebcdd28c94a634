// SPDX-License-Identifier: Apache-2.0
// Collecting an order: what is asked when, what a refusal leaves, and that the digits do not stay.
#include <doctest/doctest.h>

#include "tests/kiosk/model/asked.hpp"
#include "tools/kiosk_shots/samples.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::asked;
using samples::Scene;

namespace {

void key(Scene& scene, KeyTouch::Kind kind, const std::string& text = {}) { scene.wish(TypeKey{{kind, text}}); }

void type(Scene& scene, const std::string& digits) {
  for (const char digit : digits) key(scene, KeyTouch::Kind::text, std::string(1, digit));
}

Scene collecting() {
  Scene scene = samples::welcome();
  scene.wish(Navigate{Route::collect});
  return scene;
}

Asked newest(const Scene& scene) { return {scene.model.visit.number, scene.model.visit.collection.asked}; }

Scene accepted() {
  Scene scene = collecting();
  type(scene, "481206");
  scene.event(PickupOpened{newest(scene), {.needs_phone = true, .order = {}, .currency = {}}});
  return scene;
}

Scene opened() {
  Scene scene = accepted();
  type(scene, "74");
  scene.event(PickupOpened{newest(scene), {.needs_phone = false, .order = "o-1", .ahead = 2, .currency = "GBP"}});
  return scene;
}

}  // namespace

TEST_CASE("the sixth digit asks, and nothing but digits is taken") {
  Scene scene = collecting();
  type(scene, "48a1 20");
  CHECK(scene.model.visit.collection.code.text == "48120");
  CHECK(asked<OpenPickup>(scene) == nullptr);
  type(scene, "6");
  REQUIRE(asked<OpenPickup>(scene) != nullptr);
  CHECK(asked<OpenPickup>(scene)->code == "481206");
  CHECK(asked<OpenPickup>(scene)->phone_last2.empty());
  // While it is asked for, no key does anything.
  type(scene, "9");
  key(scene, KeyTouch::Kind::backspace);
  CHECK(scene.model.visit.collection.code.text == "481206");
}

TEST_CASE("a right code asks for the phone's digits; both open the order, and the digits are gone") {
  Scene scene = accepted();
  CHECK(scene.model.visit.collection.code_right);
  type(scene, "74");
  REQUIRE(asked<OpenPickup>(scene) != nullptr);
  CHECK(asked<OpenPickup>(scene)->phone_last2 == "74");
  scene.event(PickupOpened{newest(scene), {.needs_phone = false, .order = "o-1", .ahead = 2, .currency = "GBP"}});
  CHECK(shown_route(scene.model) == Route::pickup);
  REQUIRE(asked<FetchOrder>(scene) != nullptr);
  CHECK(asked<FetchOrder>(scene)->order == "o-1");
  CHECK(scene.model.visit.collection.phone.text.empty());
  CHECK(scene.model.visit.collection.code.text.empty());
  CHECK(scene.model.visit.collection.shown_code == "481206");
}

TEST_CASE("what was wrong stays to be mended, and is asked again with its last digit") {
  Scene scene = collecting();
  type(scene, "481207");
  scene.event(RequestFailed{newest(scene), "code_unknown"});
  CHECK(scene.model.visit.collection.failed == "code_unknown");
  CHECK(scene.model.visit.collection.code.text == "481207");
  key(scene, KeyTouch::Kind::backspace);
  CHECK(scene.model.visit.collection.failed.empty());
  type(scene, "6");
  CHECK(asked<OpenPickup>(scene)->code == "481206");
}

TEST_CASE("without an answer Next asks again") {
  Scene scene = collecting();
  type(scene, "481206");
  scene.event(RequestFailed{newest(scene), "no_answer"});
  scene.wish(Submit{});
  REQUIRE(asked<OpenPickup>(scene) != nullptr);
  // Not before all is typed.
  Scene early = collecting();
  type(early, "4812");
  early.wish(Submit{});
  CHECK(asked<OpenPickup>(early) == nullptr);
}

TEST_CASE("backspace from an empty second field goes back into the code") {
  Scene scene = accepted();
  key(scene, KeyTouch::Kind::backspace);
  CHECK_FALSE(scene.model.visit.collection.code_right);
  CHECK(scene.model.visit.collection.code.text == "48120");
}

TEST_CASE("news of this order are looked at, news of others are not; without an answer what is there stays") {
  Scene scene = opened();
  scene.event(OrderArrived{newest(scene), samples::some_order()});
  scene.event(OrderNews{"o-2"});
  CHECK(asked<FetchOrder>(scene) == nullptr);
  scene.event(OrderNews{"o-1"});
  REQUIRE(asked<FetchOrder>(scene) != nullptr);
  scene.event(RequestFailed{newest(scene), "no_answer"});
  CHECK(scene.model.visit.collection.order);
  CHECK(shown_route(scene.model) == Route::pickup);
}

TEST_CASE("an answer for somebody who left opens nothing") {
  Scene scene = accepted();
  type(scene, "74");
  const Asked late = newest(scene);
  scene.wish(StartOver{});
  scene.event(PickupOpened{late, {.needs_phone = false, .order = "o-1", .ahead = 0, .currency = {}}});
  CHECK(shown_route(scene.model) == Route::welcome);
  CHECK_FALSE(scene.model.visit.collection.pickup);
}

TEST_CASE("digits go by going back, by a code that is read, and after 30 s and 20 s; an open order after 60 s and 20 s") {
  Scene scene = accepted();
  scene.wish(GoBack{});
  CHECK(scene.model.visit.collection.code.text.empty());
  scene = accepted();
  scene.event(ScanSeen{"code"});
  CHECK(scene.model.visit.collection.code.text.empty());
  scene = accepted();
  scene.wait(idle_scan_ms);
  CHECK(countdown_seconds(scene.model));
  scene.wait(countdown_ms);
  CHECK(scene.model.visit.collection.code.text.empty());
  CHECK(shown_route(scene.model) == Route::welcome);
  scene = opened();
  scene.wait(idle_pickup_ms - 1);
  CHECK_FALSE(countdown_seconds(scene.model));
  scene.wait(1);
  CHECK(countdown_seconds(scene.model));
  scene.wait(countdown_ms);
  CHECK_FALSE(scene.model.visit.collection.pickup);
}
