// SPDX-License-Identifier: Apache-2.0
// A person's own choices: asked for when they are looked at, changed one after the other, undone by another change, and nothing
// of them stays.
#include <doctest/doctest.h>

#include "tests/kiosk/model/asked.hpp"
#include "tools/kiosk_shots/samples.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::asked;
using samples::Scene;

namespace {

const Choices& choices(const Scene& scene) { return *scene.model.visit.choices; }

void refuse(Scene& scene, std::uint64_t number, const char* code) {
  scene.event(RequestFailed{{scene.model.visit.number, number}, code});
}

}  // namespace

TEST_CASE("only whose cart says so has choices to see; they are asked for, and asked for again when they are looked at again") {
  Scene nobody = samples::with_cart(samples::cart());
  nobody.wish(SeeChoices{});
  CHECK(nobody.asked.empty());
  CHECK(shown_route(nobody.model) == Route::cart);

  Scene scene = samples::with_choices();
  CHECK(shown_route(scene.model) == Route::choices);
  CHECK(choices(scene).all == samples::some_choices());
  CHECK(is_granted(choices(scene), "history"));
  CHECK_FALSE(is_granted(choices(scene), "marketing_post"));
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::cart);
  scene.wish(SeeChoices{});
  REQUIRE(asked<FetchChoices>(scene) != nullptr);
  CHECK(asked<FetchChoices>(scene)->cart == samples::cart().cart);
  // An answer that nobody waits for any more changes nothing.
  scene.event(ChoicesArrived{{scene.model.visit.number, choices(scene).asked - 1}, {{"history", false, {}}}, std::nullopt});
  CHECK(choices(scene).all == samples::some_choices());
}

TEST_CASE("a change is shown at once, sent alone, and has its receipt when it is kept; the next waits for it") {
  Scene scene = samples::with_choices();
  scene.wish(ChooseForMyself{"marketing_post", true});
  const ChangeChoice* sent = asked<ChangeChoice>(scene);
  REQUIRE(sent != nullptr);
  CHECK(sent->purpose == "marketing_post");
  CHECK(sent->granted);
  CHECK(sent->withdrawals.empty());
  CHECK(is_granted(choices(scene), "marketing_post"));
  CHECK(choices(scene).receipts.empty());
  scene.wish(ChooseForMyself{"marketing_post", true});  // it is already
  CHECK(scene.asked.empty());
  const std::uint64_t first = choices(scene).pending.front().number;
  scene.wish(ChooseForMyself{"history", false});
  CHECK(scene.asked.empty());
  std::vector<Choice> all = samples::some_choices();
  all.back().granted = true;
  const ChoiceReceipt receipt{"0123456789abcdef0123456789abcdef", "marketing_post", true, samples::noon.utc};
  scene.event(ChoicesArrived{{scene.model.visit.number, first}, all, receipt});
  REQUIRE(asked<ChangeChoice>(scene) != nullptr);
  CHECK(asked<ChangeChoice>(scene)->purpose == "history");
  CHECK_FALSE(asked<ChangeChoice>(scene)->granted);
  CHECK(choices(scene).receipts == std::vector<ChoiceReceipt>{receipt});
  CHECK_FALSE(choices(scene).chosen);  // another is on its way
}

TEST_CASE("undone is another change, which names the withdrawal that it saw, and its receipt stands in place of the first") {
  Scene scene = samples::changed_choice(samples::with_choices(), "marketing_email", false);
  REQUIRE(choices(scene).chosen);
  CHECK(choices(scene).receipts.size() == 1);
  Scene late = scene;
  late.wait(undo_ms);
  CHECK_FALSE(choices(late).chosen);
  late.wish(UndoChoice{});
  CHECK(late.asked.empty());
  scene.wish(UndoChoice{});
  const ChangeChoice* sent = asked<ChangeChoice>(scene);
  REQUIRE(sent != nullptr);
  CHECK(sent->purpose == "marketing_email");
  CHECK(sent->granted);
  CHECK(sent->withdrawals == std::vector<std::string>{"0123456789abcdef0123456789abcdef.0"});
  const ChoiceReceipt again{"fedcba9876543210fedcba9876543210", "marketing_email", true, samples::noon.utc};
  scene.event(ChoicesArrived{{scene.model.visit.number, choices(scene).pending.front().number}, samples::some_choices(), again});
  CHECK(choices(scene).receipts == std::vector<ChoiceReceipt>{again});
}

TEST_CASE("a change that was not kept is said, and what the edge holds is asked for") {
  Scene scene = samples::with_choices();
  scene.wish(ChooseForMyself{"marketing_post", true});
  scene.wish(ChooseForMyself{"history", false});
  refuse(scene, choices(scene).pending.front().number, "consent_withdrawn");
  CHECK(choices(scene).refused == "consent_withdrawn");
  CHECK(choices(scene).pending.empty());
  CHECK(asked<FetchChoices>(scene) != nullptr);
  CHECK(asked<ChangeChoice>(scene) == nullptr);
  CHECK_FALSE(is_granted(choices(scene), "marketing_post"));
  CHECK(is_granted(choices(scene), "history"));
  scene.event(ChoicesArrived{{scene.model.visit.number, choices(scene).asked}, samples::some_choices(), std::nullopt});
  CHECK(choices(scene).refused == "consent_withdrawn");  // until the next change
  scene.wish(ChooseForMyself{"marketing_post", true});
  CHECK(choices(scene).refused.empty());
}

TEST_CASE("whose code is too old, or who is not here, sees nothing of them any more; another try asks again") {
  for (const char* code : {"pass_needed", "customer_unknown", "customer_erased"}) {
    CAPTURE(code);
    Scene scene = samples::with_choices();
    scene.wish(ChooseForMyself{"history", false});
    refuse(scene, choices(scene).pending.front().number, code);
    CHECK(choices(scene).failed == code);
    CHECK(choices(scene).all.empty());
    CHECK(asked<FetchChoices>(scene) == nullptr);
  }
  Scene scene = samples::changed_choice(samples::with_choices(), "history", false);
  scene.wish(GoBack{});
  scene.wish(SeeChoices{});
  refuse(scene, choices(scene).asked, "no_answer");
  CHECK(choices(scene).failed.empty());  // what was shown is shown
  scene.event(CustomerNews{});
  refuse(scene, choices(scene).asked, "pass_needed");
  CHECK(choices(scene).failed == "pass_needed");
  scene.wish(SeeChoices{});
  CHECK(asked<FetchChoices>(scene) != nullptr);
  CHECK(choices(scene).failed.empty());
  CHECK(choices(scene).receipts.size() == 1);
}

TEST_CASE("news of somebody's choices are looked at while these are shown, and not under a change") {
  Scene scene = samples::with_choices();
  scene.event(CustomerNews{});
  CHECK(asked<FetchChoices>(scene) != nullptr);
  // Much news: one look at a time, and one more when that is answered.
  for (int i = 0; i < 5; ++i) {
    scene.event(CustomerNews{});
    CHECK(scene.asked.empty());
  }
  scene.event(ChoicesArrived{{scene.model.visit.number, choices(scene).asked}, samples::some_choices(), std::nullopt});
  CHECK(asked<FetchChoices>(scene) != nullptr);
  scene.event(ChoicesArrived{{scene.model.visit.number, choices(scene).asked}, samples::some_choices(), std::nullopt});
  CHECK(scene.asked.empty());
  scene.wish(ChooseForMyself{"history", false});
  scene.event(CustomerNews{});
  CHECK(scene.asked.empty());
  Scene cart = samples::with_choices();
  cart.wish(GoBack{});
  cart.event(CustomerNews{});
  CHECK(cart.asked.empty());
  // A cart of nobody who is known yet is looked at again: perhaps they are now.
  Scene unknown = samples::with_cart(samples::cart());
  unknown.event(CustomerNews{});
  CHECK(asked<FetchCart>(unknown) != nullptr);
}

TEST_CASE(
    "the receipt is there after a change; the way back leads to the choices, then to the cart; nothing outlives the visit") {
  Scene scene = samples::with_choices();
  scene.wish(ShowChoiceReceipt{});
  CHECK_FALSE(choices(scene).receipt_shown);
  scene = samples::changed_choice(std::move(scene), "history", false);
  scene.wish(ShowChoiceReceipt{});
  CHECK(choices(scene).receipt_shown);
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::choices);
  CHECK_FALSE(choices(scene).receipt_shown);
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::cart);

  Scene scanned = samples::with_choices();
  scanned.event(ScanSeen{"https://vitrine.example/k#2"});
  CHECK_FALSE(scanned.model.visit.choices);
  CHECK(shown_route(scanned.model) == Route::cart);
  // From the screen of help too, which would lead back to choices that are gone.
  Scene helped = samples::with_choices();
  helped.wish(AskForHelp{});
  helped.event(ScanSeen{"https://vitrine.example/k#3"});
  helped.wish(GoBack{});
  helped.wish(GoBack{});
  CHECK(shown_route(helped.model) != Route::choices);
  Scene finished = samples::with_choices();
  finished.wish(StartOver{});
  CHECK_FALSE(finished.model.visit.choices);
  Scene left = samples::with_choices();
  left.wait(idle_cart_ms);
  CHECK(countdown_seconds(left.model));
  left.wait(countdown_ms);
  CHECK(shown_route(left.model) == Route::welcome);
  CHECK_FALSE(left.model.visit.choices);
}
