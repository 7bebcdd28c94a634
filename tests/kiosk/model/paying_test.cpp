// SPDX-License-Identifier: Apache-2.0
// Paying at a till: when a ticket is made, how it is watched, and every way back.
#include <doctest/doctest.h>

#include "tests/kiosk/model/asked.hpp"
#include "tools/kiosk_shots/samples.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::asked;
using samples::Scene;

namespace {

Asked newest(const Scene& scene) { return {scene.model.visit.number, scene.model.visit.paying->asked}; }

TicketView ticket(TicketState state = TicketState::open) {
  TicketView made = samples::ticket_of(samples::cart());
  made.state = state;
  return made;
}

Scene made() {
  Scene scene = samples::with_cart(samples::cart());
  scene.wish(PayAtTill{});
  scene.event(TicketArrived{newest(scene), ticket()});
  return scene;
}

// The till did something: news, the question that follows, its answer.
void becomes(Scene& scene, TicketState state) {
  scene.event(TicketNews{ticket().ticket});
  REQUIRE(asked<FetchTicket>(scene) != nullptr);
  CHECK(asked<FetchTicket>(scene)->ticket == ticket().ticket);
  scene.event(TicketArrived{asked<FetchTicket>(scene)->asked, ticket(state)});
}

void cart_becomes(Scene& scene, const CartView& cart) {
  scene.event(CartNews{cart.cart});
  REQUIRE(asked<FetchCart>(scene) != nullptr);
  scene.event(CartArrived{asked<FetchCart>(scene)->asked, cart});
}

CartView fewer() {
  CartView cart = samples::cart();
  cart.lines[0].units -= 1;
  return cart;
}

}  // namespace

TEST_CASE("a ticket is made of the cart on the screen, and watched until it is paid") {
  Scene scene = samples::with_cart(samples::cart());
  scene.wish(PayAtTill{});
  CHECK(shown_route(scene.model) == Route::till);
  CHECK(pay_step(scene.model) == PayStep::waiting);
  REQUIRE(asked<MakeTicket>(scene) != nullptr);
  CHECK(asked<MakeTicket>(scene)->cart == samples::cart().cart);
  // Pressed again while it is on its way: nothing more is asked.
  scene.wish(PayAtTill{});
  CHECK(asked<MakeTicket>(scene) == nullptr);
  scene.event(TicketArrived{newest(scene), ticket()});
  CHECK(pay_step(scene.model) == PayStep::open);
  becomes(scene, TicketState::taken);
  CHECK(pay_step(scene.model) == PayStep::taken);
  // A till has it: there is no way back, only an end.
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::till);
  CHECK(asked<CancelTicket>(scene) == nullptr);
  becomes(scene, TicketState::paid);
  CHECK(pay_step(scene.model) == PayStep::paid);
  scene.wish(Finish{});
  CHECK(shown_route(scene.model) == Route::welcome);
  CHECK_FALSE(scene.model.visit.paying);
}

TEST_CASE("changes of the cart that are on their way go first") {
  Scene scene = samples::with_cart(samples::cart());
  scene.wish(ChangeQuantity{"20725", 1});
  const Asked change = asked<ChangeCart>(scene)->asked;
  scene.wish(PayAtTill{});
  CHECK(asked<MakeTicket>(scene) == nullptr);
  CHECK(pay_step(scene.model) == PayStep::waiting);
  CartView cart = samples::cart();
  cart.lines[1].units += 1;
  scene.event(CartArrived{change, cart});
  CHECK(asked<MakeTicket>(scene) != nullptr);
  SUBCASE("and if one is not kept, the cart says so instead") {
    Scene other = samples::with_cart(samples::cart());
    other.wish(ChangeQuantity{"20725", 1});
    const Asked lost = asked<ChangeCart>(other)->asked;
    other.wish(PayAtTill{});
    other.event(RequestFailed{lost, "no_answer"});
    CHECK(shown_route(other.model) == Route::cart);
    CHECK(other.model.visit.not_saved_until);
    CHECK(asked<MakeTicket>(other) == nullptr);
  }
}

TEST_CASE("back gives an open ticket up; if the till was quicker it is about that again") {
  Scene scene = made();
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::cart);
  REQUIRE(asked<CancelTicket>(scene) != nullptr);
  CHECK(asked<CancelTicket>(scene)->ticket == ticket().ticket);
  const Asked cancel = asked<CancelTicket>(scene)->asked;
  SUBCASE("given up") {
    scene.event(TicketArrived{cancel, ticket(TicketState::cancelled)});
    CHECK_FALSE(scene.model.visit.paying);
    CHECK(shown_route(scene.model) == Route::cart);
  }
  SUBCASE("taken before") {
    scene.event(RequestFailed{cancel, "ticket_taken"});
    CHECK(shown_route(scene.model) == Route::till);
    REQUIRE(asked<FetchTicket>(scene) != nullptr);
    scene.event(TicketArrived{asked<FetchTicket>(scene)->asked, ticket(TicketState::taken)});
    CHECK(pay_step(scene.model) == PayStep::taken);
  }
  SUBCASE("no answer") {
    scene.event(RequestFailed{cancel, "no_answer"});
    CHECK_FALSE(scene.model.visit.paying);
    CHECK(shown_route(scene.model) == Route::cart);
  }
  SUBCASE("paying again meanwhile is a new ticket, and the late answer is not its own") {
    scene.wish(PayAtTill{});
    REQUIRE(asked<MakeTicket>(scene) != nullptr);
    scene.event(TicketArrived{cancel, ticket(TicketState::cancelled)});
    CHECK(pay_step(scene.model) == PayStep::waiting);
  }
}

TEST_CASE("finishing does not give a ticket up: the person is on the way to the till") {
  Scene scene = made();
  scene.wish(Finish{});
  CHECK(asked<CancelTicket>(scene) == nullptr);
  Scene idle = made();
  idle.wait(idle_cart_ms);
  REQUIRE(countdown_seconds(idle.model));
  idle.wait(countdown_ms);
  CHECK(asked<CancelTicket>(idle) == nullptr);
  CHECK(shown_route(idle.model) == Route::welcome);
  CHECK_FALSE(idle.model.visit.paying);
}

TEST_CASE("returned, cancelled and out of time lead back to the cart, or to a new ticket") {
  for (const TicketState state : {TicketState::returned, TicketState::cancelled, TicketState::expired}) {
    Scene scene = made();
    becomes(scene, state);
    CHECK(pay_step(scene.model) == (state == TicketState::returned    ? PayStep::returned
                                    : state == TicketState::cancelled ? PayStep::cancelled
                                                                      : PayStep::expired));
    Scene again = scene;
    again.wish(PayAtTill{});
    CHECK(asked<MakeTicket>(again) != nullptr);
    CHECK(pay_step(again.model) == PayStep::waiting);
    scene.wish(Navigate{Route::cart});
    CHECK(shown_route(scene.model) == Route::cart);
    CHECK(asked<CancelTicket>(scene) == nullptr);
    CHECK_FALSE(scene.model.visit.paying);
  }
}

TEST_CASE("a ticket's time runs out by itself, unless a till has it") {
  Scene scene = made();
  const std::int64_t life = ticket().valid_for_ms;
  for (std::int64_t waited = 0; waited < life - 20'000; waited += 20'000) {
    scene.wait(20'000);
    scene.event(PersonDid{});
  }
  CHECK(pay_step(scene.model) == PayStep::open);
  REQUIRE(next_change(scene.model));
  scene.wait(20'000);
  CHECK(pay_step(scene.model) == PayStep::expired);
  Scene taken = made();
  becomes(taken, TicketState::taken);
  for (std::int64_t waited = 0; waited < life + 40'000; waited += 20'000) {
    taken.wait(20'000);
    taken.event(PersonDid{});
  }
  CHECK(pay_step(taken.model) == PayStep::taken);
}

TEST_CASE("a cart that has less than its ticket makes it stale, unless it was paid") {
  Scene scene = made();
  CartView more = samples::cart();
  more.lines[0].units += 3;
  cart_becomes(scene, more);
  CHECK(asked<FetchTicket>(scene) == nullptr);
  CHECK(pay_step(scene.model) == PayStep::open);
  cart_becomes(scene, fewer());
  // Nothing is said before the ticket was looked at again.
  CHECK(pay_step(scene.model) == PayStep::open);
  REQUIRE(asked<FetchTicket>(scene) != nullptr);
  const Asked again = asked<FetchTicket>(scene)->asked;
  SUBCASE("stale") {
    scene.event(TicketArrived{again, ticket()});
    CHECK(pay_step(scene.model) == PayStep::stale);
    REQUIRE(asked<CancelTicket>(scene) != nullptr);
    scene.event(TicketArrived{asked<CancelTicket>(scene)->asked, ticket(TicketState::cancelled)});
    CHECK(pay_step(scene.model) == PayStep::stale);
  }
  SUBCASE("paid") {
    scene.event(TicketArrived{again, ticket(TicketState::paid)});
    CHECK(pay_step(scene.model) == PayStep::paid);
    CHECK(asked<CancelTicket>(scene) == nullptr);
  }
}

TEST_CASE("no ticket is a reason, and an answer to somebody else is none") {
  Scene scene = samples::with_cart(samples::cart());
  scene.wish(PayAtTill{});
  const Asked mine = newest(scene);
  scene.event(TicketArrived{{mine.visit - 1, mine.number}, ticket()});
  CHECK(pay_step(scene.model) == PayStep::waiting);
  scene.event(TicketArrived{{mine.visit, mine.number + 7}, ticket()});
  CHECK(pay_step(scene.model) == PayStep::waiting);
  scene.event(RequestFailed{mine, "ticket_too_long"});
  CHECK(pay_step(scene.model) == PayStep::refused);
  CHECK(scene.model.visit.paying->failed == "ticket_too_long");
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::cart);
  Scene gone = samples::with_cart(samples::cart());
  gone.wish(PayAtTill{});
  gone.event(RequestFailed{newest(gone), "cart_unknown"});
  CHECK(shown_route(gone.model) == Route::welcome);
}

TEST_CASE("an edge that was away, or news that were missed: cart, ticket and order are read anew") {
  for (const bool missed : {false, true}) {
    Scene scene = made();
    if (missed) {
      scene.event(NewsMissed{});
    } else {
      scene.event(EdgeLost{});
      scene.event(EdgeBack{});
    }
    CHECK(asked<FetchTicket>(scene) != nullptr);
    CHECK(asked<FetchCart>(scene) != nullptr);
    // Out of date and no answer: what is there stays.
    scene.event(RequestFailed{newest(scene), "no_answer"});
    CHECK(pay_step(scene.model) == PayStep::open);
  }
}

TEST_CASE("another code takes the screen, and the ticket stays good at the tills") {
  Scene scene = made();
  scene.event(ScanSeen{"4006381333931", true});
  CHECK(shown_route(scene.model) == Route::product);
  CHECK(asked<CancelTicket>(scene) == nullptr);
  CHECK_FALSE(scene.model.visit.paying);
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::cart);
}

TEST_CASE("a thank-you waits for nobody longer than half a minute; more time is more") {
  Scene scene = made();
  becomes(scene, TicketState::paid);
  scene.wait(idle_paid_ms);
  CHECK(countdown_seconds(scene.model));
  Scene slow = made();
  slow.model.visit.ease.more_time = true;
  becomes(slow, TicketState::paid);
  slow.wait(idle_more_time_ms - 1);
  CHECK_FALSE(countdown_seconds(slow.model));
  slow.wait(1);
  CHECK(countdown_seconds(slow.model));
}
