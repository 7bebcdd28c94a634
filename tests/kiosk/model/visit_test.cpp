// SPDX-License-Identifier: Apache-2.0
// From a code to a cart, changes of the cart, and what one visit may know of another.
#include <doctest/doctest.h>

#include "tests/kiosk/model/asked.hpp"
#include "tools/kiosk_shots/samples.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::asked;
using samples::Scene;

namespace {

const CartViewLine* line(const CartView& cart, const std::string& key) {
  for (const CartViewLine& each : cart.lines) {
    if (each.key == key) return &each;
  }
  return nullptr;
}

CartView with_units(const std::string& key, std::int64_t units) {
  CartView cart = samples::cart();
  for (CartViewLine& each : cart.lines) {
    if (each.key != key) continue;
    cart.totals.units += units - each.units;
    cart.totals.to_pay += each.unit_price->minor * (units - each.units);
    each.units = units;
    each.total->minor = each.unit_price->minor * units;
  }
  return cart;
}

}  // namespace

TEST_CASE("a code read on welcome asks the edge once and opens the cart straight away") {
  Scene scene = samples::welcome();
  scene.event(ScanSeen{"code"});
  const auto* open = asked<OpenPass>(scene);
  REQUIRE(open != nullptr);
  CHECK(open->text == "code");
  CHECK(open->scanned_at == scene.now.utc);
  const Asked first = open->asked;
  scene.event(ScanSeen{"code"});
  CHECK(asked<OpenPass>(scene) == nullptr);
  scene.event(CartArrived{first, samples::cart()});
  CHECK(shown_route(scene.model) == Route::cart);
  CHECK(scene.model.visit.opening_text.empty());
}

TEST_CASE("from the scan screen the cart opens at once, and the reader's green shows for 300 ms on it") {
  Scene scene = samples::welcome();
  scene.wish(Navigate{Route::scan});
  scene.event(ScanSeen{"code"});
  scene.event(CartArrived{{scene.model.visit.number, scene.model.visit.opening_number}, samples::cart()});
  CHECK(shown_route(scene.model) == Route::cart);
  REQUIRE(next_change(scene.model));
  CHECK(*next_change(scene.model) == scene.now.mono.plus(scan_confirm_ms));
  scene.wait(scan_confirm_ms - 1);
  CHECK(scene.model.visit.scan_confirmed_until);
  scene.wait(1);
  CHECK(!scene.model.visit.scan_confirmed_until);
  CHECK(shown_route(scene.model) == Route::cart);
}

TEST_CASE("each refusal has its screen") {
  const std::vector<std::pair<std::string, Problem>> table = {
      {"pass_expired", Problem::code_timed_out},   {"pass_forged", Problem::code_unknown},
      {"pass_not_ours", Problem::code_unknown},    {"pass_malformed", Problem::code_unknown},
      {"pass_unknown_key", Problem::code_unknown}, {"pass_not_yet", Problem::code_unknown},
      {"pass_foreign", Problem::code_foreign},     {"pass_needs_hub", Problem::needs_internet},
      {"store_not_ready", Problem::not_ready},
  };
  for (const auto& [code, problem] : table) {
    CAPTURE(code);
    Scene scene = samples::welcome();
    scene.event(ScanSeen{"code"});
    scene.event(PassRefused{{scene.model.visit.number, scene.model.visit.opening_number}, code});
    CHECK(shown_route(scene.model) == Route::problem);
    REQUIRE(scene.model.visit.problem);
    CHECK(*scene.model.visit.problem == problem);
    CHECK(scene.model.visit.opening_text.empty());
    scene.event(ScanSeen{"another"});
    CHECK(shown_route(scene.model) == Route::scan);
  }
}

TEST_CASE("an answer to an earlier visit is dropped") {
  Scene scene = samples::welcome();
  scene.event(ScanSeen{"code"});
  const Asked earlier{scene.model.visit.number, scene.model.visit.opening_number};
  scene.wish(StartOver{});
  scene.event(CartArrived{earlier, samples::cart()});
  CHECK_FALSE(scene.model.visit.cart);
  CHECK(shown_route(scene.model) == Route::welcome);
  scene.event(PassRefused{earlier, "pass_expired"});
  CHECK(shown_route(scene.model) == Route::welcome);
  // The next person's first request has the same number; the late answer is still not theirs.
  scene.event(ScanSeen{"of the next person"});
  REQUIRE(scene.model.visit.opening_number == earlier.number);
  scene.event(CartArrived{earlier, samples::cart()});
  CHECK_FALSE(scene.model.visit.cart);
  scene.event(PassRefused{earlier, "pass_expired"});
  CHECK_FALSE(scene.model.visit.problem);
  scene.event(RequestFailed{earlier, "no_answer"});
  CHECK_FALSE(scene.model.visit.problem);
}

TEST_CASE("quick taps show at once and go out one after the other, gathered") {
  Scene scene = samples::with_cart(samples::cart());
  scene.wish(ChangeQuantity{"20725", 1});
  const auto* first = asked<ChangeCart>(scene);
  REQUIRE(first != nullptr);
  CHECK(first->action == CartAction::add);
  CHECK(first->units == 1);
  const Asked first_asked = first->asked;
  scene.wish(ChangeQuantity{"20725", 1});
  CHECK(asked<ChangeCart>(scene) == nullptr);
  scene.wish(ChangeQuantity{"20725", 1});
  CHECK(asked<ChangeCart>(scene) == nullptr);
  CHECK(line(*shown_cart(scene.model), "20725")->units == 5);
  CHECK(line(*shown_cart(scene.model), "20725")->total->minor == 5 * 165);
  CHECK(shown_cart(scene.model)->totals.to_pay == samples::cart().totals.to_pay + 3 * 165);

  scene.event(CartArrived{first_asked, with_units("20725", 3)});
  const auto* second = asked<ChangeCart>(scene);
  REQUIRE(second != nullptr);
  CHECK(second->units == 2);
  CHECK(line(*shown_cart(scene.model), "20725")->units == 5);
  scene.event(CartArrived{second->asked, with_units("20725", 5)});
  CHECK(line(*shown_cart(scene.model), "20725")->units == 5);
  CHECK(scene.model.visit.pending.empty());
}

TEST_CASE("a decrease goes out with the dots that the cart shows when it is sent") {
  Scene scene = samples::with_cart(samples::cart());
  scene.wish(ChangeQuantity{"85123A", 1});
  const Asked first{scene.model.visit.number, scene.model.visit.pending.front().number};
  scene.wish(ChangeQuantity{"20725", -1});
  CartView answer = with_units("85123A", 7);
  answer.lines[1].shown = {"ffffffffffffffffffffffffffffffff.0"};
  scene.event(CartArrived{first, answer});
  const auto* second = asked<ChangeCart>(scene);
  REQUIRE(second != nullptr);
  CHECK(second->action == CartAction::decrease);
  CHECK(second->units == 1);
  CHECK(second->shown == answer.lines[1].shown);
}

TEST_CASE("one fewer of one is a removal, and it can be undone for six seconds") {
  Scene scene = samples::with_cart(samples::cart());
  scene.wish(ChangeQuantity{"22960", -1});
  const auto* remove = asked<ChangeCart>(scene);
  REQUIRE(remove != nullptr);
  CHECK(remove->action == CartAction::remove);
  const Asked removing = remove->asked;
  CHECK(line(*shown_cart(scene.model), "22960") == nullptr);
  REQUIRE(scene.model.visit.removed);
  CHECK(scene.model.visit.removed->units == 1);

  CartView without = samples::cart();
  without.lines.erase(without.lines.begin() + 2);
  scene.event(CartArrived{removing, without});
  scene.wait(undo_ms - 1);
  REQUIRE(scene.model.visit.removed);
  scene.wish(UndoRemove{});
  const auto* again = asked<ChangeCart>(scene);
  REQUIRE(again != nullptr);
  CHECK(again->action == CartAction::add);
  CHECK(again->sku.text == "22960");
  CHECK(again->units == 1);

  scene.wish(RemoveLine{"85123A"});
  scene.wait(undo_ms);
  CHECK_FALSE(scene.model.visit.removed);
  scene.wish(UndoRemove{});
  CHECK(asked<ChangeCart>(scene) == nullptr);
}

TEST_CASE("a change that was not kept is taken back, said, and the cart asked for again") {
  Scene scene = samples::with_cart(samples::cart());
  scene.wish(ChangeQuantity{"20725", 1});
  scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.pending.front().number}, "disk_full"});
  CHECK(line(*shown_cart(scene.model), "20725")->units == 2);
  CHECK(scene.model.visit.not_saved_until);
  CHECK(asked<FetchCart>(scene) != nullptr);
  scene.wait(undo_ms);
  CHECK_FALSE(scene.model.visit.not_saved_until);
}

TEST_CASE("news of the cart fetches it; while a change is pending the fetch waits") {
  Scene scene = samples::with_cart(samples::cart());
  scene.event(CartNews{sync::CartId("ffffffffffffffffffffffffffffffff")});
  CHECK(asked<FetchCart>(scene) == nullptr);
  scene.event(CartNews{samples::cart().cart});
  const auto* fetch = asked<FetchCart>(scene);
  REQUIRE(fetch != nullptr);
  scene.event(CartArrived{fetch->asked, with_units("20725", 4)});
  CHECK(line(*shown_cart(scene.model), "20725")->units == 4);

  scene.wish(ChangeQuantity{"20725", 1});
  const Asked change{scene.model.visit.number, scene.model.visit.pending.front().number};
  scene.event(CartNews{samples::cart().cart});
  CHECK(asked<FetchCart>(scene) == nullptr);
  scene.event(CartArrived{change, with_units("20725", 5)});
  CHECK(asked<FetchCart>(scene) != nullptr);
}

TEST_CASE("news that come before the answer which opens their cart fetch it once more") {
  Scene scene = samples::welcome();
  scene.event(ScanSeen{"code"});
  const Asked opening = asked<OpenPass>(scene)->asked;
  scene.event(CartNews{samples::cart().cart});
  CHECK(asked<FetchCart>(scene) == nullptr);
  scene.event(CartArrived{opening, samples::cart()});
  const auto* fetch = asked<FetchCart>(scene);
  REQUIRE(fetch != nullptr);
  scene.event(CartArrived{fetch->asked, with_units("20725", 4)});
  CHECK(line(*shown_cart(scene.model), "20725")->units == 4);
  CHECK(asked<FetchCart>(scene) == nullptr);
}

TEST_CASE("an older answer never replaces a newer one") {
  Scene scene = samples::with_cart(samples::cart());
  scene.event(CartNews{samples::cart().cart});
  const Asked slow = asked<FetchCart>(scene)->asked;
  scene.wish(ChangeQuantity{"20725", 1});
  const Asked change{scene.model.visit.number, scene.model.visit.pending.front().number};
  scene.event(CartArrived{change, with_units("20725", 3)});
  scene.event(CartArrived{slow, with_units("20725", 2)});
  CHECK(line(*shown_cart(scene.model), "20725")->units == 3);
}

TEST_CASE("another person's code takes the screen and leaves nothing of the cart before") {
  Scene scene = samples::with_cart(samples::cart());
  scene.wish(RemoveLine{"20725"});
  scene.event(ScanSeen{"another"});
  CartView other = samples::long_cart();
  other.cart = sync::CartId("ffeeddccbbaa99887766554433221100");
  scene.event(CartArrived{{scene.model.visit.number, scene.model.visit.opening_number}, other});
  CHECK(scene.model.visit.cart->first_name == "Maximiliane");
  CHECK_FALSE(scene.model.visit.removed);
  CHECK(scene.model.visit.pending.empty());
}

TEST_CASE("an edge that takes its time is shown as opening, then as having taken too long") {
  Scene scene = samples::welcome();
  scene.event(ScanSeen{"code"});
  const Asked asked_then{scene.model.visit.number, scene.model.visit.opening_number};
  CHECK(shown_route(scene.model) == Route::welcome);
  scene.wait(opening_shown_after_ms);
  CHECK(shown_route(scene.model) == Route::scan);
  scene.wait(opening_ms_max - opening_shown_after_ms);
  CHECK(shown_route(scene.model) == Route::problem);
  CHECK(*scene.model.visit.problem == Problem::no_answer);
  scene.event(CartArrived{asked_then, samples::cart()});
  CHECK(shown_route(scene.model) == Route::problem);
}

TEST_CASE("a coupon is typed in capitals, sent once, and the cart comes back with it") {
  Scene scene = samples::with_cart(samples::cart());
  scene.wish(Navigate{Route::coupon});
  CHECK(shown_route(scene.model) == Route::coupon);
  scene.wish(Submit{});
  CHECK(asked<ChangeCart>(scene) == nullptr);  // nothing is typed
  for (const char* letter : {"s", "a", "é", " ", "v", "e", "1"}) scene.wish(TypeKey{{KeyTouch::Kind::text, letter}});
  scene.wish(Submit{});
  const auto* sent = asked<ChangeCart>(scene);
  REQUIRE(sent != nullptr);
  CHECK(sent->action == CartAction::add_coupon);
  CHECK(sent->coupon == "SAVE1");
  const Asked number = sent->asked;
  scene.wish(Submit{});
  CHECK(asked<ChangeCart>(scene) == nullptr);
  SUBCASE("it is taken") {
    scene.event(CartArrived{number, samples::cart_with_coupons()});
    CHECK(shown_route(scene.model) == Route::cart);
    CHECK(shown_cart(scene.model)->coupons.size() == 3);
    CHECK(scene.model.visit.coupon.typed.text.empty());
  }
  SUBCASE("it is not: the screen says why, until something else is typed") {
    scene.event(RequestFailed{number, "coupon_unknown"});
    CHECK(shown_route(scene.model) == Route::coupon);
    CHECK(scene.model.visit.coupon.failed == "coupon_unknown");
    CHECK_FALSE(scene.model.visit.not_saved_until);
    scene.wish(TypeKey{{KeyTouch::Kind::backspace}});
    CHECK(scene.model.visit.coupon.failed.empty());
    CHECK(scene.model.visit.coupon.typed.text == "SAVE");
  }
}

TEST_CASE("a coupon before the reader goes onto the cart that is open, or onto the one that opens next") {
  Scene scene = samples::welcome();
  scene.event(ScanSeen{"VC1:SAVE10", false, false, true});
  CHECK(shown_route(scene.model) == Route::scan);
  scene.event(ScanSeen{"code"});
  scene.event(CartArrived{asked<OpenPass>(scene)->asked, samples::cart()});
  const auto* first = asked<ChangeCart>(scene);
  REQUIRE(first != nullptr);
  CHECK(first->coupon == "SAVE10");
  const Asked refused = first->asked;
  scene.event(RequestFailed{refused, "coupon_not_valid_now", {.ended = UtcMs{5}}});
  CHECK(shown_route(scene.model) == Route::coupon);
  CHECK(scene.model.visit.coupon.hints.ended == UtcMs{5});
  scene.event(ScanSeen{"VC1:OTHER", false, false, true});
  CHECK(shown_route(scene.model) == Route::cart);
  REQUIRE(asked<ChangeCart>(scene) != nullptr);
  CHECK(asked<ChangeCart>(scene)->coupon == "OTHER");
}

TEST_CASE("a coupon that is taken off is gone at once, and comes back with undo") {
  Scene scene = samples::with_cart(samples::cart_with_coupons());
  const std::int64_t before = shown_cart(scene.model)->totals.to_pay;
  scene.wish(RemoveCoupon{"TEATIME5"});
  const auto* off = asked<ChangeCart>(scene);
  REQUIRE(off != nullptr);
  CHECK(off->action == CartAction::remove_coupon);
  CHECK(off->coupon == "TEATIME5");
  CHECK(shown_cart(scene.model)->coupons.size() == 2);
  CHECK(shown_cart(scene.model)->totals.to_pay == before + 500);
  const Asked number = off->asked;
  REQUIRE(scene.model.visit.removed);
  CartView without = samples::cart_with_coupons();
  without.coupons.erase(without.coupons.begin());
  scene.event(CartArrived{number, without});
  scene.wish(UndoRemove{});
  const auto* on = asked<ChangeCart>(scene);
  REQUIRE(on != nullptr);
  CHECK(on->action == CartAction::add_coupon);
  CHECK(on->coupon == "TEATIME5");
}
