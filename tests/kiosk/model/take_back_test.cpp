// SPDX-License-Identifier: Apache-2.0
// What comes back over the counter, without any I/O: found, reckoned to the penny, undone while it can be, written down once.
#include <doctest/doctest.h>

#include "tests/kiosk/model/asked.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::answer;
using samples::asked;
using samples::Scene;

namespace {

TakeBackOnScreen& back(Scene& scene) {
  REQUIRE(scene.model.visit.desk.back.has_value());
  return *scene.model.visit.desk.back;
}

Scene complete(bool by_order = true) {
  Scene scene = samples::with_purchase(samples::some_purchase(by_order));
  scene.wish(CounterWish{CountBack{1, 1}});
  scene.wish(CounterWish{ChooseReason{"damaged"}});
  scene.wish(CounterWish{ChooseCondition{"resell"}});
  return scene;
}

ReturnDone done(ReturnState state = ReturnState::settled) {
  ReturnDone made;
  made.id = std::string(32, '7');
  made.state = state;
  made.currency = "GBP";
  made.refund = 295;
  made.by_hub = true;
  return made;
}

}  // namespace

TEST_CASE("a receipt that is scanned opens it from anywhere; what is typed is asked for, once") {
  Scene scene = samples::with_queue();
  scene.event(ScanSeen{"VR1:HARBOUR-STREET:7K2Q9MBCDFGH"});
  CHECK(shown_route(scene.model) == Route::take_back);
  REQUIRE(asked<FetchPurchase>(scene) != nullptr);
  CHECK(asked<FetchPurchase>(scene)->name == "VR1:HARBOUR-STREET:7K2Q9MBCDFGH");
  scene.wish(Submit{});
  CHECK(asked<FetchPurchase>(scene) == nullptr);
  // An order's number on the paper, scanned where one is asked for, is no badge.
  scene = samples::with_queue();
  scene.wish(CounterWish{OpenTakeBack{}});
  scene.event(ScanSeen{"W-1001"});
  CHECK(asked<SignIn>(scene) == nullptr);
  REQUIRE(asked<FetchPurchase>(scene) != nullptr);
  const std::uint64_t number = back(scene).looking;
  scene.event(RequestFailed{{scene.model.visit.number, number}, "purchase_unknown"});
  CHECK(back(scene).failed == "purchase_unknown");
  scene.wish(TypeKey{{KeyTouch::Kind::backspace}});
  CHECK(back(scene).failed.empty());
  CHECK(back(scene).name.text == "W-100");
}

TEST_CASE("without the permission nothing comes back") {
  Scene scene = samples::with_queue();
  scene.model.visit.desk.session->permissions = {"orders"};
  scene.wish(CounterWish{OpenTakeBack{}});
  CHECK(shown_route(scene.model) == Route::queue);
  CHECK(scene.model.visit.desk.notice == "not_permitted");
  scene.event(ScanSeen{"VR1:HARBOUR-STREET:7K2Q9MBCDFGH"});
  CHECK(asked<FetchPurchase>(scene) == nullptr);
}

TEST_CASE("parts of a line are reckoned as the edge reckons them, and what is unpaid comes off") {
  PurchaseSeen purchase = samples::some_purchase(true);
  purchase.lines[0].bought = 3;
  purchase.lines[0].paid = 1'000;
  Scene scene = samples::with_purchase(purchase);
  std::int64_t before = 0;
  for (const std::int64_t expected : {333, 666, 1'000}) {
    scene.wish(CounterWish{CountBack{1, 1}});
    CHECK(sum_of(back(scene)).refund == expected);
    CHECK(sum_of(back(scene)).refund > before);
    before = expected;
  }
  scene.wish(CounterWish{CountBack{1, 1}});
  CHECK(sum_of(back(scene)).units == 3);
  back(scene).purchase->unpaid = 400;
  CHECK(sum_of(back(scene)).refund == 600);
  back(scene).purchase->unpaid = 4'000;
  CHECK(sum_of(back(scene)).refund == 0);
  back(scene).purchase->unpaid = 0;
  back(scene).purchase->questioned = true;
  CHECK(sum_of(back(scene)).refund == 0);
  // A line of which nothing is left is not ticked, whatever is wished.
  scene.wish(CounterWish{CountBack{3, 0}});
  CHECK_FALSE(back(scene).units.contains(3));
  scene.wish(CounterWish{CountBack{1, 0}});
  CHECK(back(scene).units.empty());
}

TEST_CASE("nothing is sent before it is complete and its seconds are over; until then it is undone") {
  Scene scene = samples::with_purchase(samples::some_purchase(true));
  scene.wish(CounterWish{ConfirmBack{}});
  CHECK_FALSE(back(scene).sends_at.has_value());
  scene = complete();
  scene.wish(CounterWish{ConfirmBack{}});
  CHECK(asked<TakeBack>(scene) == nullptr);
  scene.wish(CounterWish{CountBack{1, 1}});  // nothing changes meanwhile
  CHECK(back(scene).units.at(1) == 1);
  scene.wait(undo_back_ms - 1);
  CHECK(asked<TakeBack>(scene) == nullptr);
  scene.wish(CounterWish{UndoBack{}});
  scene.wait(undo_back_ms);
  CHECK(asked<TakeBack>(scene) == nullptr);
  scene.wish(CounterWish{CountBack{1, 1}});
  scene.wish(CounterWish{ConfirmBack{}});
  scene.wait(undo_back_ms);
  const auto* sent = asked<TakeBack>(scene);
  REQUIRE(sent != nullptr);
  CHECK(sent->purchase == "480977");
  CHECK(sent->lines == std::vector<std::pair<std::int64_t, std::int64_t>>{{1, 2}});
  CHECK(sent->reason == "damaged");
  CHECK(sent->condition == "resell");
  CHECK(sent->overrule.empty());
  scene.wish(CounterWish{ConfirmBack{}});
  CHECK(asked<TakeBack>(scene) == nullptr);  // once
  scene.wish(GoBack{});
  CHECK(scene.model.visit.desk.back.has_value());  // what is on its way is not left
}

TEST_CASE("confirmed twice it is sent at once; locking the counter sends it before the session goes") {
  Scene scene = complete();
  scene.wish(CounterWish{ConfirmBack{}});
  scene.wish(CounterWish{ConfirmBack{}});
  CHECK(asked<TakeBack>(scene) != nullptr);
  scene = complete();
  scene.wish(CounterWish{ConfirmBack{}});
  scene.wish(CounterWish{LockCounter{}});
  REQUIRE(asked<TakeBack>(scene) != nullptr);
  CHECK(std::get<CounterRequest>(scene.asked.front()).session.size() == 64);
  CHECK(shown_route(scene.model) == Route::sign_in);
}

TEST_CASE("what became of it is followed: pending until the hub has confirmed it, owed until a till has settled it") {
  Scene scene = complete();
  scene.wish(CounterWish{ConfirmBack{}});
  scene.wish(CounterWish{ConfirmBack{}});
  answer(scene, back(scene).sending, done(ReturnState::pending));
  REQUIRE(back(scene).done.has_value());
  REQUIRE(asked<FetchReturn>(scene) != nullptr);
  CHECK(asked<FetchReturn>(scene)->id == std::string(32, '7'));
  answer(scene, back(scene).follow.asked, done(ReturnState::pending));
  scene.event(OrderNews{"480977"});
  REQUIRE(asked<FetchReturn>(scene) != nullptr);
  answer(scene, back(scene).follow.asked, done(ReturnState::settled));
  CHECK(back(scene).done->state == ReturnState::settled);
  scene.event(TicketNews{std::string(32, '7')});
  CHECK(asked<FetchReturn>(scene) != nullptr);
  scene.wish(CounterWish{OpenTakeBack{}});
  CHECK_FALSE(back(scene).done.has_value());
  CHECK(shown_route(scene.model) == Route::take_back);
}

TEST_CASE("what is refused is said, and stays as it was for another try") {
  Scene scene = complete();
  scene.wish(CounterWish{ConfirmBack{}});
  scene.wish(CounterWish{ConfirmBack{}});
  scene.event(RequestFailed{{scene.model.visit.number, back(scene).sending}, "units_not_out"});
  CHECK(scene.model.visit.desk.notice == "units_not_out");
  CHECK(back(scene).sending == 0);
  CHECK(back(scene).units.at(1) == 1);
}

TEST_CASE("against the rules needs the permission and a reason") {
  PurchaseSeen purchase = samples::some_purchase(false);
  purchase.lines[0].barred = Barred::too_late;
  Scene scene = samples::with_purchase(purchase);
  scene.wish(CounterWish{CountBack{1, 0}});
  CHECK_FALSE(back(scene).units.contains(1));
  scene = samples::with_purchase(purchase, {"late_returns"});
  scene.wish(CounterWish{CountBack{1, 0}});
  CHECK(back(scene).units.at(1) == 4);
  scene.wish(CounterWish{ChooseReason{"damaged"}});
  scene.wish(CounterWish{ChooseCondition{"damaged"}});
  CHECK(needs_overrule(back(scene)));
  CHECK_FALSE(is_complete(back(scene)));
  scene.wish(CounterWish{ChooseOverrule{"goodwill"}});
  CHECK(is_complete(back(scene)));
  scene.wish(CounterWish{ConfirmBack{}});
  scene.wish(CounterWish{ConfirmBack{}});
  REQUIRE(asked<TakeBack>(scene) != nullptr);
  CHECK(asked<TakeBack>(scene)->overrule == "goodwill");
}

TEST_CASE("a swap takes what is scanned, once a product and more of it; without goods it is not complete") {
  Scene scene = complete(false);
  scene.event(ScanSeen{"5012345678917", true});
  CHECK(scene.model.visit.desk.notice == "swap_first");
  scene.wish(CounterWish{SwapInstead{true}});
  CHECK_FALSE(is_complete(back(scene)));
  ProductPage page;
  page.card.sku = sync::Sku{"22423"};
  page.card.price = sync::Money{1095, "GBP"};
  const auto scan = [&] {
    scene.event(ScanSeen{"5012345678917", true});
    scene.event(ProductArrived{{scene.model.visit.number, scene.model.visit.desk.product}, page});
  };
  scan();
  scan();
  REQUIRE(back(scene).swap.size() == 1);
  CHECK(back(scene).swap[0].units == 2);
  CHECK(sum_of(back(scene)).goods == 2 * 1095);
  page.card.sku = sync::Sku{"nothing"};
  page.card.price.reset();
  scan();
  CHECK(scene.model.visit.desk.notice == "not_for_sale");
  CHECK(back(scene).swap.size() == 1);
  CHECK(is_complete(back(scene)));
  Scene sent = scene;
  sent.wish(CounterWish{ConfirmBack{}});
  sent.wish(CounterWish{ConfirmBack{}});
  REQUIRE(asked<TakeBack>(sent) != nullptr);
  CHECK(asked<TakeBack>(sent)->exchange == std::vector<SwapGoods>{{"22423", 2}});
  scene.wish(CounterWish{DropSwap{"22423"}});
  CHECK(back(scene).swap.empty());
  scene.wish(CounterWish{SwapInstead{false}});
  CHECK(is_complete(back(scene)));
}

TEST_CASE("of another person nothing of it is left") {
  Scene scene = complete();
  scene.wish(CounterWish{LockCounter{}});
  scene.wait(counter_forget_ms + 1);
  CHECK_FALSE(scene.model.visit.desk.back.has_value());
}
