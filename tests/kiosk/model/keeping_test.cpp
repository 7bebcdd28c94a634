// SPDX-License-Identifier: Apache-2.0
// A cart for the person's phone: when a code is asked for, when anew, and that nothing of it stays.
#include <doctest/doctest.h>

#include "tools/kiosk_shots/samples.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::Scene;

namespace {

const MakeKeptCode* asked(const Scene& scene) {
  for (const Request& request : scene.asked) {
    if (const auto* found = std::get_if<MakeKeptCode>(&request)) return found;
  }
  return nullptr;
}

Asked newest(const Scene& scene) { return {scene.model.visit.number, scene.model.visit.keeping->asked}; }

Scene kept() {
  Scene scene = samples::with_cart(samples::cart());
  scene.wish(KeepOnPhone{});
  scene.event(KeptCodeArrived{newest(scene), samples::some_code(4)});
  return scene;
}

void cart_becomes(Scene& scene, const CartView& cart) {
  scene.event(CartNews{cart.cart});
  scene.event(CartArrived{{scene.model.visit.number, scene.model.visit.requests}, cart});
}

}  // namespace

TEST_CASE("a code of the cart on the screen is asked for once, shown, and gone with the way back") {
  Scene scene = samples::with_cart(samples::cart());
  scene.wish(KeepOnPhone{});
  CHECK(shown_route(scene.model) == Route::keep);
  REQUIRE(asked(scene) != nullptr);
  CHECK(asked(scene)->cart == samples::cart().cart);
  scene.wish(KeepOnPhone{});
  CHECK(asked(scene) == nullptr);
  scene.event(KeptCodeArrived{{scene.model.visit.number, 999}, samples::some_code(9)});  // of nothing that was asked
  CHECK_FALSE(scene.model.visit.keeping->code);
  scene.event(KeptCodeArrived{newest(scene), samples::some_code(4)});
  CHECK(scene.model.visit.keeping->code == samples::some_code(4));
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::cart);
  CHECK_FALSE(scene.model.visit.keeping);
}

TEST_CASE("from the till's ticket the cart goes to the phone too: back leads to the ticket, and what the till says comes first") {
  Scene scene = samples::with_cart(samples::cart());
  scene.wish(PayAtTill{});
  const auto ticket = [&](TicketState state) {
    TicketView view = samples::ticket_of(samples::cart());
    view.state = state;
    scene.event(TicketArrived{{scene.model.visit.number, scene.model.visit.paying->asked}, view});
  };
  ticket(TicketState::open);
  scene.wish(KeepOnPhone{});
  CHECK(shown_route(scene.model) == Route::keep);
  scene.event(KeptCodeArrived{newest(scene), samples::some_code(4)});
  CHECK(pay_step(scene.model) == PayStep::open);  // it is not given up
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::till);
  CHECK_FALSE(scene.model.visit.keeping);
  scene.wish(KeepOnPhone{});
  scene.event(TicketNews{samples::ticket_of(samples::cart()).ticket});
  ticket(TicketState::open);
  CHECK(shown_route(scene.model) == Route::keep);
  scene.event(TicketNews{samples::ticket_of(samples::cart()).ticket});
  ticket(TicketState::taken);
  CHECK(shown_route(scene.model) == Route::till);
  CHECK_FALSE(scene.model.visit.keeping);
}

TEST_CASE("changes of the cart go first, and what was not saved is said instead of kept") {
  Scene scene = samples::with_cart(samples::cart());
  scene.wish(ChangeQuantity{"20725", 1});
  const std::uint64_t change = scene.model.visit.pending.front().number;
  scene.wish(KeepOnPhone{});
  CHECK(asked(scene) == nullptr);
  Scene failed = scene;
  failed.event(RequestFailed{{failed.model.visit.number, change}, "no_answer"});
  CHECK(shown_route(failed.model) == Route::cart);
  CHECK_FALSE(failed.model.visit.keeping);
  CHECK(failed.model.visit.not_saved_until);
  CartView more = samples::cart();
  more.lines[1].units += 1;
  scene.event(CartArrived{{scene.model.visit.number, change}, more});
  CHECK(asked(scene) != nullptr);
}

TEST_CASE("a cart that changes under its code gets a new one; one that only looks different keeps it") {
  Scene scene = kept();
  CartView stocked = samples::cart();
  stocked.lines[0].stock->on_hand = 3;
  cart_becomes(scene, stocked);
  CHECK(asked(scene) == nullptr);
  stocked.lines[0].units -= 1;
  cart_becomes(scene, stocked);
  REQUIRE(asked(scene) != nullptr);
  CHECK(scene.model.visit.keeping->code);  // the one before stays till the new one is there
  KeptCode next = samples::some_code(4);
  next.units = 9;
  scene.event(KeptCodeArrived{newest(scene), next});
  CHECK(scene.model.visit.keeping->code == next);
}

TEST_CASE("without a code the screen says why, and asks again when it is wished") {
  Scene scene = samples::with_cart(samples::cart());
  scene.wish(KeepOnPhone{});
  scene.event(RequestFailed{newest(scene), "keep_too_long"});
  CHECK(scene.model.visit.keeping->failed == "keep_too_long");
  CHECK(shown_route(scene.model) == Route::keep);
  scene.wish(KeepOnPhone{});
  CHECK(asked(scene) != nullptr);
  CHECK(scene.model.visit.keeping->failed.empty());
}

TEST_CASE("a store that gives none is not asked, and another code, the countdown and finishing leave nothing") {
  Scene cannot = samples::with_cart(samples::cart());
  cannot.model.store->keeps_carts = false;
  cannot.wish(KeepOnPhone{});
  CHECK(shown_route(cannot.model) == Route::cart);

  Scene scanned = kept();
  scanned.event(ScanSeen{"https://vitrine.example/k#2"});
  CHECK_FALSE(scanned.model.visit.keeping);
  Scene finished = kept();
  finished.wish(Finish{});
  CHECK_FALSE(finished.model.visit.keeping);
  Scene left = kept();
  left.wait(idle_cart_ms);
  CHECK(countdown_seconds(left.model));
  left.wait(countdown_ms);
  CHECK(shown_route(left.model) == Route::welcome);
  CHECK_FALSE(left.model.visit.keeping);
}
