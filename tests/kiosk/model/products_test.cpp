// SPDX-License-Identifier: Apache-2.0
// Looking for products and at them, from typing to the cart, and what stays of it.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/kiosk/model/asked.hpp"
#include "tools/kiosk_shots/samples.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::asked;
using samples::Scene;

namespace {

void type(Scene& scene, const std::string& letters) {
  for (const char letter : letters) scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, letter)}});
}

Asked newest_search(const Scene& scene) { return {scene.model.visit.number, scene.model.visit.search.asked}; }

Scene looking() {
  Scene scene = samples::welcome();
  scene.wish(Navigate{Route::search});
  return scene;
}

Scene looking_at_a_clock(Scene scene) {
  scene.wish(OpenProduct{sync::Sku("22727")});
  scene.event(ProductArrived{asked<FetchProduct>(scene)->asked, samples::some_page()});
  return scene;
}

}  // namespace

TEST_CASE("each letter asks, and only the newest answer is taken") {
  Scene scene = looking();
  type(scene, "al");
  REQUIRE(asked<SearchProducts>(scene) != nullptr);
  CHECK(asked<SearchProducts>(scene)->words == "al");
  const Asked old = newest_search(scene);
  type(scene, "a");
  CHECK(scene.model.visit.search.waiting);
  scene.event(ProductsFound{old, samples::some_products()});
  CHECK_FALSE(scene.model.visit.search.found);
  scene.event(ProductsFound{newest_search(scene), samples::some_products()});
  REQUIRE(scene.model.visit.search.found);
  CHECK_FALSE(scene.model.visit.search.waiting);
  // What was found stays until there is something newer.
  type(scene, "r");
  CHECK(scene.model.visit.search.found);
}

TEST_CASE("a search is counted when it rests or a product of it is opened: once for the same words, which are not told") {
  Scene scene = looking();
  const auto found = [&](std::int64_t total) {
    SearchFound products = samples::some_products();
    products.total = total;
    scene.event(ProductsFound{newest_search(scene), products});
  };
  type(scene, "al");
  scene.wait(search_rests_ms);
  CHECK(asked<CountSearch>(scene) == nullptr);  // there is no answer yet
  found(5);
  scene.wait(search_rests_ms - 1);
  CHECK(asked<CountSearch>(scene) == nullptr);
  type(scene, "arx");  // not what they searched for after all
  found(0);
  scene.wait(search_rests_ms);
  REQUIRE(asked<CountSearch>(scene) != nullptr);
  CHECK_FALSE(asked<CountSearch>(scene)->found);
  scene.wait(search_rests_ms);
  CHECK(asked<CountSearch>(scene) == nullptr);
  scene.event(StoreNews{});  // asked again, it is the same search
  found(0);
  scene.wait(search_rests_ms);
  CHECK(asked<CountSearch>(scene) == nullptr);
  // Opened before it rests.
  scene.wish(TypeKey{{KeyTouch::Kind::backspace}});
  found(2);
  scene.wish(OpenProduct{sync::Sku("22727")});
  REQUIRE(asked<CountSearch>(scene) != nullptr);
  CHECK(asked<CountSearch>(scene)->found);
  // Nothing with a filter is nothing that they searched for.
  scene = looking();
  type(scene, "cl");
  SearchFilter filter;
  filter.in_stock = true;
  scene.wish(ChooseFilter{filter});
  found(0);
  scene.wait(search_rests_ms);
  CHECK(asked<CountSearch>(scene) == nullptr);
}

TEST_CASE("blanks ask nothing; clearing forgets what was found and what it was narrowed by") {
  Scene scene = looking();
  type(scene, "  ");
  CHECK(asked<SearchProducts>(scene) == nullptr);
  type(scene, "x");
  scene.event(ProductsFound{newest_search(scene), samples::some_products()});
  SearchFilter filter;
  filter.in_stock = true;
  scene.wish(ChooseFilter{filter});
  REQUIRE(asked<SearchProducts>(scene) != nullptr);
  CHECK(asked<SearchProducts>(scene)->filter.in_stock);
  scene.wish(TypeKey{{KeyTouch::Kind::clear}});
  CHECK(asked<SearchProducts>(scene) == nullptr);
  CHECK_FALSE(scene.model.visit.search.found);
  CHECK(scene.model.visit.search.filter == SearchFilter{});
}

TEST_CASE("no more letters are taken than a search has") {
  Scene scene = looking();
  for (std::size_t i = 0; i < search_letters_max + 5; ++i) type(scene, "q");
  CHECK(letters_in(scene.model.visit.search.typed.text) == search_letters_max);
}

TEST_CASE("typing on another screen types nowhere") {
  Scene scene = samples::welcome();
  type(scene, "abc");
  CHECK(scene.model.visit.search.typed.text.empty());
}

TEST_CASE("a search that got no answer says so and is asked again") {
  Scene scene = looking();
  type(scene, "cl");
  scene.event(RequestFailed{newest_search(scene), "no_answer"});
  CHECK(scene.model.visit.search.failed);
  scene.wish(AskAgain{});
  CHECK_FALSE(scene.model.visit.search.failed);
  CHECK(asked<SearchProducts>(scene)->words == "cl");
}

TEST_CASE("news of prices and stock ask again for what is on the screen, and for nothing else") {
  Scene scene = samples::welcome();
  scene.event(StoreNews{});
  CHECK(asked<SearchProducts>(scene) == nullptr);
  CHECK(asked<FetchProduct>(scene) == nullptr);
  scene = looking();
  type(scene, "cl");
  scene.event(StoreNews{});
  CHECK(asked<SearchProducts>(scene) != nullptr);
  scene = looking_at_a_clock(scene);
  scene.event(StoreNews{});
  REQUIRE(asked<FetchProduct>(scene) != nullptr);
  CHECK(asked<FetchProduct>(scene)->code == "22727");
  // A failure then leaves the page that is there.
  scene.event(RequestFailed{asked<FetchProduct>(scene)->asked, "no_answer"});
  CHECK(scene.model.visit.product->page);
  CHECK(scene.model.visit.product->failed.empty());
}

TEST_CASE("back goes through the products before it to where they were found") {
  Scene scene = looking();
  type(scene, "cl");
  scene = looking_at_a_clock(scene);
  scene.wish(OpenProduct{sync::Sku("22726")});
  CHECK(scene.model.visit.product->code == "22726");
  scene.wish(GoBack{});
  CHECK(scene.model.visit.product->code == "22727");
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::search);
  CHECK(scene.model.visit.search.typed.text == "cl");
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::welcome);
}

TEST_CASE("a product that is held up opens its page from anywhere; a code that is none of ours says so") {
  Scene scene = samples::with_cart(samples::cart());
  scene.event(ScanSeen{"4006381333931", true});
  REQUIRE(asked<FetchProduct>(scene) != nullptr);
  CHECK(asked<FetchProduct>(scene)->scanned);
  CHECK(asked<OpenPass>(scene) == nullptr);
  CHECK(shown_route(scene.model) == Route::product);
  scene.event(RequestFailed{asked<FetchProduct>(scene)->asked, "product_unknown"});
  CHECK(scene.model.visit.product->failed == "product_unknown");
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::cart);
}

TEST_CASE("into an open cart it goes at once: onto its line, or as a new one") {
  Scene scene = looking_at_a_clock(samples::with_cart(samples::cart()));
  scene.wish(ChangeUnits{2});
  CHECK(scene.model.visit.product->units == 3);
  scene.wish(ChangeUnits{-9});
  CHECK(scene.model.visit.product->units == 1);
  scene.wish(AddToCart{sync::Sku("22727"), {{"en", "Clock"}}, 3});
  REQUIRE(asked<ChangeCart>(scene) != nullptr);
  CHECK(asked<ChangeCart>(scene)->line.empty());
  CHECK(asked<ChangeCart>(scene)->sku.text == "22727");
  CHECK(asked<ChangeCart>(scene)->units == 3);
  REQUIRE(scene.model.visit.added);
  CHECK(scene.model.visit.added->units == 3);
  const Asked first = asked<ChangeCart>(scene)->asked;
  scene.event(CartArrived{first, samples::cart()});
  scene.wish(AddToCart{sync::Sku("20725"), {{"en", "Bag"}}, 1});
  CHECK(asked<ChangeCart>(scene)->line == "20725");
  scene.wait(added_ms);
  CHECK_FALSE(scene.model.visit.added);
}

TEST_CASE("a line never grows beyond what the rules allow") {
  CartView full = samples::cart();
  full.lines[1].units = line_units_max - 1;
  Scene scene = samples::with_cart(full);
  scene.wish(AddToCart{full.lines[1].sku, {}, 5});
  CHECK(asked<ChangeCart>(scene)->units == 1);
  scene.wish(AddToCart{full.lines[1].sku, {}, 5});
  CHECK(asked<ChangeCart>(scene) == nullptr);
}

TEST_CASE("without a cart the code is asked for first, and what was wanted goes into the cart that opens") {
  Scene scene = looking_at_a_clock(looking());
  scene.wish(AddToCart{sync::Sku("22727"), {{"en", "Clock"}}, 2});
  CHECK(shown_route(scene.model) == Route::scan);
  CHECK(asked<ChangeCart>(scene) == nullptr);
  scene.event(ScanSeen{"code"});
  scene.event(CartArrived{asked<OpenPass>(scene)->asked, samples::cart()});
  REQUIRE(asked<ChangeCart>(scene) != nullptr);
  CHECK(asked<ChangeCart>(scene)->sku.text == "22727");
  CHECK(asked<ChangeCart>(scene)->units == 2);
  CHECK(shown_route(scene.model) == Route::cart);
}

TEST_CASE("who changes their mind before the cart opens finds nothing in it") {
  Scene scene = looking_at_a_clock(looking());
  scene.wish(AddToCart{sync::Sku("22727"), {}, 1});
  scene.wish(GoBack{});
  CHECK(shown_route(scene.model) == Route::product);
  scene.event(ScanSeen{"code"});
  scene.event(CartArrived{asked<OpenPass>(scene)->asked, samples::cart()});
  CHECK(asked<ChangeCart>(scene) == nullptr);
}

TEST_CASE("an addition that was not kept is said, and no longer said to be in the cart") {
  Scene scene = looking_at_a_clock(samples::with_cart(samples::cart()));
  scene.wish(AddToCart{sync::Sku("22727"), {}, 1});
  scene.event(RequestFailed{asked<ChangeCart>(scene)->asked, "disk_full"});
  CHECK_FALSE(scene.model.visit.added);
  CHECK(scene.model.visit.not_saved_until);
}

TEST_CASE("what was typed and looked at goes with the visit, and when another cart takes the screen") {
  Scene scene = looking();
  type(scene, "secret");
  scene = looking_at_a_clock(scene);
  scene.wait(idle_cart_ms);
  CHECK(countdown_seconds(scene.model));
  scene.wait(countdown_ms);
  CHECK(scene.model.visit.search.typed.text.empty());
  CHECK_FALSE(scene.model.visit.product);

  scene = samples::with_cart(samples::cart());
  scene.wish(Navigate{Route::search});
  type(scene, "secret");
  scene.event(ScanSeen{"another"});
  CartView other = samples::cart();
  other.cart = sync::CartId("ffeeddccbbaa99887766554433221100");
  scene.event(CartArrived{asked<OpenPass>(scene)->asked, other});
  CHECK(scene.model.visit.search.typed.text.empty());
}
