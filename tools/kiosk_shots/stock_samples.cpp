// SPDX-License-Identifier: Apache-2.0
// What the store has, in states worth looking at.
#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t day = 86'400'000;

ProductCard card(const char* sku, const char* title, const char* pictogram, const char* tile, std::int64_t price,
                 std::int64_t on_hand) {
  ProductCard made;
  made.sku = sync::Sku{sku};
  made.title = {{"en", title}};
  made.pictogram = pictogram;
  made.tile = tile;
  made.price = sync::Money{price, "GBP"};
  made.stock = StockHere{.on_hand = on_hand, .aisle = "5", .bay = "A", .as_of = noon.utc, .freshness = Freshness::fresh};
  return made;
}

SearchFound clocks() {
  SearchFound found;
  found.products = {
      card("22727", "Alarm clock, Bakelite red", "window.clock", "butter", 375, 5),
      card("22726", "Alarm clock, Bakelite green", "window.clock", "mint", 375, 2),
      card("22728", "Alarm clock, Bakelite pink", "window.clock", "blush", 375, 9),
      card("22730", "Alarm clock, Bakelite ivory with a rather long name for a clock", "window.clock", "sand", 375, 0)};
  found.total = 4;
  return found;
}

Scene shown(Scene scene, const ProductCard& product, const StockRecord& record) {
  ProductPage page;
  page.card = product;
  scene.event(ProductArrived{{scene.model.visit.number, scene.model.visit.desk.stock->opening}, page});
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.stock->refresh.asked}, record});
  return scene;
}

Scene typed_words(Scene scene, const std::string& words) {
  for (const char letter : words) scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, letter)}});
  return scene;
}

Scene searched() {
  Scene scene = typed_words(with_stock(), "alarm");
  scene.event(ProductsFound{{scene.model.visit.number, scene.model.visit.desk.stock->searching}, clocks()});
  return scene;
}

StockRecord plain_record() {
  StockRecord record = some_record();
  record.promises.clear();
  record.discrepancies.clear();
  record.reserved = 0;
  record.available = 3;
  return record;
}

// Kept for an order and for a shopper, and nothing else to say of it.
StockRecord held_record() {
  StockRecord record = some_record();
  record.discrepancies.clear();
  record.nearby.clear();
  return record;
}

}  // namespace

StockRecord some_record() {
  StockRecord record;
  record.sku = "22960";
  record.on_hand = 3;
  record.reserved = 2;
  record.safety = 1;
  record.available = 0;
  record.moved = 41;
  record.aisle = "7";
  record.bay = "C";
  record.counted_at = noon.utc.plus(-5 * day);
  record.as_of = noon.utc.plus(-20 * minute);
  record.freshness = Freshness::recent;
  record.promises = {{std::string(32, 'a'), 1, noon.utc.plus(90 * minute), "order/481251"},
                     {std::string(32, 'b'), 1, noon.utc.plus(2 * day), "cart/" + std::string(32, 'c')}};
  record.discrepancies = {{"a.0", "count", -1, noon.utc.plus(-3 * 60 * minute)},
                          {"b.0", "late_move", -2, noon.utc.plus(-20 * minute)}};
  record.nearby = some_nearby();
  return record;
}

std::vector<StockCheck> some_checks() {
  return {
      {"22960", {{"en", "Jam-making set with jars"}}, {"a.0", "count", -1, noon.utc.plus(-3 * 60 * minute)}, 3, "7", "C"},
      {"22423", {{"en", "Regency cake stand, 3 tier"}}, {"c.0", "negative", -2, noon.utc.plus(-90 * minute)}, -2, "2", "B"},
      {"85123A", {{"en", "White hanging heart t-light holder"}}, {"d.0", "unlisted", 0, noon.utc.plus(-30 * minute)}, 4, "", ""}};
}

Scene with_stock(bool counts) {
  Scene scene = with_queue();
  if (counts) scene.model.visit.desk.session->permissions.push_back("counts");
  scene.wish(CounterWish{OpenStock{}});
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.stock->checks_refresh.asked}, some_checks()});
  return scene;
}

Scene with_product(const StockRecord& record, bool counts) {
  Scene scene = with_stock(counts);
  scene.wish(CounterWish{LookAtStock{"22727"}});
  StockRecord clock = plain_record();
  clock.sku = "22727";
  scene = shown(scene, clocks().products.front(), clock);
  scene.wish(CounterWish{LookAtStock{"22960"}});
  return shown(scene, card("22960", "Jam-making set with jars", "window.jar", "butter", 425, record.on_hand), record);
}

std::vector<Named> stock_scenes() {
  return {
      {"stock", [] { return with_stock(); }},
      {"stock-none",
       [] {
         Scene scene = with_queue();
         scene.wish(CounterWish{OpenStock{}});
         scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.stock->checks_refresh.asked},
                                   std::vector<StockCheck>{}});
         return scene;
       }},
      {"stock-searched", searched},
      {"stock-keys",
       [] {
         Scene scene = searched();
         scene.wish(ShowKeyboard{true});
         return scene;
       }},
      {"stock-unknown",
       [] {
         Scene scene = with_stock();
         scene.event(ScanSeen{"5012345678917", true});
         scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.desk.stock->opening}, "product_unknown"});
         return scene;
       }},
      {"stock-product", [] { return with_product(some_record()); }},
      {"stock-count", [] { return typed_words(with_product(some_record()), "2"); }},
      {"stock-count-same", [] { return typed_words(with_product(plain_record()), "3"); }},
      {"stock-count-undo",
       [] {
         Scene scene = typed_words(with_product(some_record()), "2");
         scene.wish(CounterWish{ConfirmStock{}});
         return scene;
       }},
      {"stock-receive",
       [] {
         Scene scene = with_product(plain_record());
         scene.wish(CounterWish{ChooseStockWork{StockWork::receive}});
         return typed_words(scene, "48");
       }},
      {"stock-write-off",
       [] {
         Scene scene = with_product(plain_record());
         scene.wish(CounterWish{ChooseStockWork{StockWork::write_off}});
         scene.wish(CounterWish{StepUnits{1}});
         scene.wish(CounterWish{ChooseLoss{"damaged"}});
         return scene;
       }},
      {"stock-settle",
       [] {
         Scene scene = with_product(some_record());
         scene.wish(CounterWish{ConfirmStock{true}});
         return scene;
       }},
      {"stock-give-back",
       [] {
         Scene scene = with_product(held_record());
         scene.wish(CounterWish{GiveBack{std::string(32, 'b')}});
         return scene;
       }},
      {"stock-held", [] { return with_product(held_record()); }},
      {"stock-no-counts", [] { return with_product(some_record(), false); }},
      {"stock-negative",
       [] {
         StockRecord record = plain_record();
         record.on_hand = -2;
         record.available = 0;
         record.counted_at = {};
         record.freshness = Freshness::check;
         record.discrepancies = {{"c.0", "negative", -2, noon.utc.plus(-90 * minute)}};
         return offline(with_product(record));
       }},
      {"stock-no-record",
       [] {
         Scene scene = with_stock();
         scene.wish(CounterWish{LookAtStock{"22960"}});
         ProductPage page;
         page.card = card("22960", "Jam-making set with jars", "window.jar", "butter", 425, 0);
         page.card.stock.reset();
         page.nearby = some_nearby();
         scene.event(ProductArrived{{scene.model.visit.number, scene.model.visit.desk.stock->opening}, page});
         scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.desk.stock->refresh.asked}, "stock_unknown"});
         return scene;
       }},
      {"stock-done",
       [] {
         Scene scene = typed_words(with_product(plain_record()), "2");
         scene.wish(CounterWish{ConfirmStock{}});
         scene.wish(CounterWish{ConfirmStock{}});
         StockRecord record = plain_record();
         record.on_hand = record.available = 2;
         record.counted_at = noon.utc;
         record.discrepancies = {{"e.0", "count", -1, noon.utc}};
         scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.stock_acting}, record});
         return scene;
       }},
  };
}

}  // namespace vitrine::kiosk::samples
