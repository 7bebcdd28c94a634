// SPDX-License-Identifier: Apache-2.0
// A pass of an order at the reader: it becomes a collection, asks for the second factor, and leaves nothing behind.
#include <doctest/doctest.h>

#include "kiosk/io/edge_codec.hpp"
#include "tools/kiosk_shots/samples.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::Scene;

namespace {

const std::string scanned = "https://shop.example/k#" + std::string(300, '7');

const OpenPickup* opening(const Scene& scene) {
  const OpenPickup* found = nullptr;
  for (const Request& request : scene.asked) {
    if (const auto* one = std::get_if<OpenPickup>(&request)) found = one;
  }
  return found;
}

Asked newest(const Scene& scene) { return {scene.model.visit.number, scene.model.visit.collection.asked}; }

// The reader has read it, and the edge says what it is.
Scene shown() {
  Scene scene = samples::welcome();
  scene.event(ScanSeen{scanned, false});
  scene.event(PassRefused{{scene.model.visit.number, scene.model.visit.opening_number}, "pass_is_pickup"});
  return scene;
}

void key(Scene& scene, KeyTouch::Kind kind, const std::string& text = {}) { scene.wish(TypeKey{{kind, text}}); }

}  // namespace

TEST_CASE("the pass asks for its order, then with two digits of the phone, and does not stay") {
  Scene scene = shown();
  CHECK(scene.model.visit.route == Route::collect);
  REQUIRE(opening(scene) != nullptr);
  CHECK(opening(scene)->pass == scanned);
  CHECK(opening(scene)->code.empty());
  scene.event(PickupOpened{newest(scene), {.needs_phone = true, .order = {}, .currency = {}}});
  CHECK(scene.model.visit.collection.code_right);
  key(scene, KeyTouch::Kind::text, "7");
  key(scene, KeyTouch::Kind::text, "4");
  CHECK(opening(scene)->pass == scanned);
  CHECK(opening(scene)->phone_last2 == "74");
  scene.event(RequestFailed{newest(scene), "phone_wrong"});
  CHECK(scene.model.visit.collection.pass == scanned);  // the digits may be tried again
  key(scene, KeyTouch::Kind::backspace);
  key(scene, KeyTouch::Kind::text, "1");
  scene.event(PickupOpened{newest(scene), {.needs_phone = false, .order = "o-1", .ahead = 0, .currency = "GBP"}});
  CHECK(scene.model.visit.route == Route::pickup);
  CHECK(scene.model.visit.collection.pass.empty());
  CHECK(scene.model.visit.collection.shown_code.empty());
}

TEST_CASE("a refused pass says why and makes room for the six digits") {
  for (const char* code : {"pass_spent", "pass_expired", "pass_foreign", "pass_forged", "order_unknown"}) {
    Scene scene = shown();
    scene.event(RequestFailed{newest(scene), code});
    const Collection& collection = scene.model.visit.collection;
    CHECK(collection.failed == code);
    CHECK(collection.pass.empty());
    CHECK(collection.code.text.empty());
    CHECK_FALSE(collection.code_right);
  }
}
