// SPDX-License-Identifier: Apache-2.0
// What the store has, without any I/O: found by code and in words, counted against the record as it was when the count began,
// undone while it can be, written down once.
#include <doctest/doctest.h>

#include "tests/kiosk/model/asked.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::answer;
using samples::asked;
using samples::Scene;

namespace {

StockOnScreen& stock(Scene& scene) {
  REQUIRE(scene.model.visit.desk.stock.has_value());
  return *scene.model.visit.desk.stock;
}

void type(Scene& scene, const std::string& words) {
  for (const char letter : words) scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, letter)}});
}

Scene counted(const std::string& digits = "2") {
  Scene scene = samples::with_product(samples::some_record());
  type(scene, digits);
  return scene;
}

}  // namespace

TEST_CASE("a product that is scanned at the queue opens its stock; at an order it is still what is handed over") {
  Scene scene = samples::with_queue();
  scene.event(ScanSeen{"5012345678917", true});
  CHECK(shown_route(scene.model) == Route::stock);
  const auto* fetch = asked<FetchProduct>(scene);
  REQUIRE(fetch != nullptr);
  CHECK(fetch->scanned);
  ProductPage page;
  page.card.sku = sync::Sku{"22960"};
  scene.event(ProductArrived{{scene.model.visit.number, stock(scene).opening}, page});
  REQUIRE(asked<FetchStock>(scene) != nullptr);
  CHECK(asked<FetchStock>(scene)->sku == "22960");

  scene = samples::with_order(samples::some_counter_order(OrderStep::here));
  scene.event(ScanSeen{"5012345678917", true});
  CHECK(shown_route(scene.model) == Route::order);
  CHECK_FALSE(scene.model.visit.desk.stock.has_value());
}

TEST_CASE("without the permission there is no stock, and a product at the queue is told to need an order") {
  Scene scene = samples::with_queue();
  scene.model.visit.desk.session->permissions = {"orders"};
  scene.wish(CounterWish{OpenStock{}});
  CHECK(shown_route(scene.model) == Route::queue);
  CHECK(scene.model.visit.desk.notice == "not_permitted");
  scene.event(ScanSeen{"5012345678917", true});
  CHECK(shown_route(scene.model) == Route::queue);
  CHECK(scene.model.visit.desk.notice == "product_scanned");
}

TEST_CASE("words are asked for as they are typed, spaces too; Enter opens the first; Esc leads back to the words, then away") {
  Scene scene = samples::with_stock();
  type(scene, "jam set");
  const auto* search = asked<SearchProducts>(scene);
  REQUIRE(search != nullptr);
  CHECK(search->words == "jam set");
  scene.event(ProductsFound{{scene.model.visit.number, stock(scene).searching - 1}, samples::some_products()});
  CHECK_FALSE(stock(scene).found.has_value());  // an older question's
  scene.event(ProductsFound{{scene.model.visit.number, stock(scene).searching}, samples::some_products()});
  REQUIRE(stock(scene).found.has_value());
  scene.wish(Submit{});
  REQUIRE(asked<FetchProduct>(scene) != nullptr);
  CHECK(asked<FetchProduct>(scene)->code == samples::some_products().products.front().sku.text);
  ProductPage page;
  page.card = samples::some_products().products.front();
  scene.event(ProductArrived{{scene.model.visit.number, stock(scene).opening}, page});
  CHECK(stock(scene).product.has_value());
  scene.wish(GoBack{});
  CHECK_FALSE(stock(scene).product.has_value());
  CHECK(stock(scene).words.text == "jam set");
  CHECK(stock(scene).looked_up.size() == 1);
  scene.wish(TypeKey{{KeyTouch::Kind::clear}});
  CHECK_FALSE(stock(scene).found.has_value());
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::queue);
  CHECK_FALSE(scene.model.visit.desk.stock.has_value());
}

TEST_CASE("a count is held against the record as it was when it began: what moves meanwhile is not lost") {
  Scene scene = samples::with_product(samples::some_record());
  type(scene, "1");
  // Somebody buys one at the till while the shelf is counted.
  scene.event(StoreNews{});
  REQUIRE(asked<FetchStock>(scene) != nullptr);
  StockRecord sold = samples::some_record();
  sold.on_hand = 2;
  sold.moved -= 1;
  answer(scene, stock(scene).refresh.asked, sold);
  CHECK(stock(scene).record->on_hand == 2);
  type(scene, "2");
  CHECK(stock(scene).on_hand_then == 3);
  scene.wish(CounterWish{ConfirmStock{}});
  scene.wish(CounterWish{ConfirmStock{}});
  const auto* act = asked<ActOnStock>(scene);
  REQUIRE(act != nullptr);
  CHECK(*act == ActOnStock{.sku = "22960", .work = StockWork::count, .units = 12, .moved = 41});
}

TEST_CASE("nothing is sent before its seconds are over; until then it is undone, and nothing else changes") {
  Scene scene = samples::with_product(samples::some_record());
  scene.wish(CounterWish{ConfirmStock{}});
  CHECK_FALSE(stock(scene).pending.has_value());  // nothing was typed
  scene = counted();
  scene.wish(CounterWish{ConfirmStock{}});
  type(scene, "7");
  scene.wish(CounterWish{ChooseStockWork{StockWork::receive}});
  CHECK(stock(scene).units.text == "2");
  scene.wait(undo_back_ms - 1);
  CHECK(asked<ActOnStock>(scene) == nullptr);
  scene.wish(CounterWish{UndoStock{}});
  scene.wait(undo_back_ms);
  CHECK(asked<ActOnStock>(scene) == nullptr);
  scene.wish(CounterWish{ConfirmStock{}});
  scene.wait(undo_back_ms);
  REQUIRE(asked<ActOnStock>(scene) != nullptr);
  CHECK(asked<ActOnStock>(scene)->units == 2);
  scene.wish(CounterWish{ConfirmStock{}});
  CHECK(asked<ActOnStock>(scene) == nullptr);  // once
  StockRecord record = samples::some_record();
  record.on_hand = 2;
  answer(scene, scene.model.visit.desk.stock_acting, record);
  CHECK(scene.model.visit.desk.notice == "stock_counted");
  CHECK(stock(scene).record->on_hand == 2);
  CHECK(stock(scene).units.text.empty());
  CHECK(asked<FetchStockChecks>(scene) != nullptr);  // there may be one more now
}

TEST_CASE("what was confirmed goes when the screen is left, another product is opened, or the counter is locked") {
  Scene scene = counted();
  scene.wish(CounterWish{ConfirmStock{}});
  scene.wish(Navigate{Route::queue});
  CHECK(asked<ActOnStock>(scene) != nullptr);
  CHECK_FALSE(scene.model.visit.desk.stock.has_value());
  answer(scene, scene.model.visit.desk.stock_acting, samples::some_record());
  CHECK(scene.model.visit.desk.notice == "stock_counted");

  scene = counted();
  scene.wish(CounterWish{ConfirmStock{}});
  scene.wish(CounterWish{LookAtStock{"22727"}});
  CHECK(asked<ActOnStock>(scene) != nullptr);

  scene = counted();
  scene.wish(CounterWish{ConfirmStock{}});
  scene.wish(CounterWish{OpenOrder{"481206"}});
  CHECK(asked<ActOnStock>(scene) != nullptr);
  scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.desk.stock_acting}, "disk_full"});
  CHECK(scene.model.visit.desk.notice == "disk_full");

  scene = counted();
  scene.wish(CounterWish{ConfirmStock{}});
  scene.wish(CounterWish{LockCounter{}});
  REQUIRE(asked<ActOnStock>(scene) != nullptr);
  CHECK(std::get<CounterRequest>(scene.asked.front()).session.size() == 64);
}

TEST_CASE("what is held for a shopper is given back after its seconds; meanwhile it is undone, and gone when it was collected") {
  Scene scene = samples::with_product(samples::some_record());
  const std::string held(32, 'b');
  scene.wish(CounterWish{GiveBack{std::string(32, 'e')}});
  CHECK_FALSE(stock(scene).pending.has_value());  // nobody holds it
  scene.wish(CounterWish{GiveBack{held}});
  scene.wait(undo_back_ms - 1);
  scene.wish(CounterWish{UndoStock{}});
  scene.wait(undo_back_ms);
  CHECK(asked<ActOnStock>(scene) == nullptr);
  type(scene, "2");
  scene.wish(CounterWish{GiveBack{held}});
  scene.wait(undo_back_ms);
  REQUIRE(asked<ActOnStock>(scene) != nullptr);
  CHECK(asked<ActOnStock>(scene)->work == StockWork::give_back);
  CHECK(asked<ActOnStock>(scene)->reservation == held);
  SUBCASE("given back") {
    StockRecord record = samples::some_record();
    record.promises.pop_back();
    answer(scene, scene.model.visit.desk.stock_acting, record);
    CHECK(scene.model.visit.desk.notice == "stock_given_back");
    CHECK(stock(scene).record->promises.size() == 1);
    CHECK(stock(scene).units.text == "2");  // the count that had begun goes on
  }
  SUBCASE("collected meanwhile") {
    scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.desk.stock_acting}, "reservation_unknown"});
    CHECK(scene.model.visit.desk.notice == "reservation_unknown");
    CHECK(asked<FetchStock>(scene) != nullptr);
  }
}

TEST_CASE("what arrived and what is gone: at least one, and gone for a reason") {
  Scene scene = samples::with_product(samples::some_record());
  scene.wish(CounterWish{ChooseStockWork{StockWork::receive}});
  type(scene, "0");
  CHECK_FALSE(is_complete(stock(scene)));
  type(scene, "48");
  CHECK(stock(scene).units.text == "48");
  scene.wish(CounterWish{ConfirmStock{}});
  scene.wish(CounterWish{ConfirmStock{}});
  CHECK(*asked<ActOnStock>(scene) == ActOnStock{.sku = "22960", .work = StockWork::receive, .units = 48});

  scene = samples::with_product(samples::some_record());
  scene.wish(CounterWish{ChooseStockWork{StockWork::write_off}});
  scene.wish(CounterWish{StepUnits{1}});
  scene.wish(CounterWish{StepUnits{-1}});
  scene.wish(CounterWish{StepUnits{-1}});
  CHECK_FALSE(units_of(stock(scene)).has_value());
  scene.wish(CounterWish{StepUnits{1}});
  CHECK_FALSE(is_complete(stock(scene)));
  scene.wish(CounterWish{ChooseLoss{"damaged"}});
  scene.wish(CounterWish{ConfirmStock{}});
  scene.wish(CounterWish{ConfirmStock{}});
  CHECK(*asked<ActOnStock>(scene) == ActOnStock{.sku = "22960", .work = StockWork::write_off, .units = 1, .reason = "damaged"});
  // Six digits are a slip of the finger.
  scene = samples::with_product(samples::some_record());
  type(scene, "123456");
  CHECK(units_of(stock(scene)) == 12345);
}

TEST_CASE("what did not add up is settled as it was seen; who may not count takes deliveries in alone") {
  Scene scene = samples::with_product(samples::some_record());
  scene.wish(CounterWish{ConfirmStock{true}});
  scene.wait(undo_back_ms);
  REQUIRE(asked<ActOnStock>(scene) != nullptr);
  CHECK(asked<ActOnStock>(scene)->work == StockWork::settle);
  CHECK(asked<ActOnStock>(scene)->discrepancies == std::vector<std::string>{"a.0", "b.0"});
  scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.desk.stock_acting}, "discrepancy_unknown"});
  CHECK(scene.model.visit.desk.notice == "discrepancy_unknown");
  CHECK(asked<FetchStock>(scene) != nullptr);  // what is true by now

  scene = samples::with_product(samples::some_record(), false);
  CHECK(stock(scene).work == StockWork::receive);
  scene.wish(CounterWish{ChooseStockWork{StockWork::count}});
  CHECK(stock(scene).work == StockWork::receive);
  CHECK(scene.model.visit.desk.notice == "not_permitted");
  scene.wish(CounterWish{ConfirmStock{true}});
  CHECK_FALSE(stock(scene).pending.has_value());
}

TEST_CASE("a product without a record begins one with a count; without an answer the code is said") {
  Scene scene = samples::with_stock();
  scene.wish(CounterWish{LookAtStock{"22960"}});
  ProductPage page;
  page.card.sku = sync::Sku{"22960"};
  scene.event(ProductArrived{{scene.model.visit.number, stock(scene).opening}, page});
  scene.event(RequestFailed{{scene.model.visit.number, stock(scene).refresh.asked}, "stock_unknown"});
  CHECK(stock(scene).no_record);
  type(scene, "4");
  scene.wish(CounterWish{ConfirmStock{}});
  scene.wish(CounterWish{ConfirmStock{}});
  CHECK(*asked<ActOnStock>(scene) == ActOnStock{.sku = "22960", .work = StockWork::count, .units = 4});
  scene = samples::with_stock();
  scene.event(ScanSeen{"5012345678917", true});
  scene.event(RequestFailed{{scene.model.visit.number, stock(scene).opening}, "product_unknown"});
  CHECK(stock(scene).failed == "product_unknown");
}
