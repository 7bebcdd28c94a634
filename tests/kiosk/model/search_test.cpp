// SPDX-License-Identifier: Apache-2.0
// The field for everything, without any screen: what is asked while somebody types, what closes it, and that it asks for nobody.
#include <doctest/doctest.h>

#include "tests/kiosk/model/asked.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::asked;
using samples::Scene;

namespace {

Desk& desk(Scene& scene) { return scene.model.visit.desk; }

Scene searching(const std::string& words = "") {
  Scene scene = samples::with_queue();
  scene.wish(CounterWish{OpenSearch{}});
  REQUIRE(searches(scene.model));
  return samples::typed(std::move(scene), words);
}

const SearchProducts* products(const Scene& scene) {
  for (const Request& request : scene.asked) {
    if (const auto* found = std::get_if<SearchProducts>(&request)) return found;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("from two letters on products are asked for; only the newest answer is taken; what fails says so") {
  Scene scene = searching("c");
  CHECK(products(scene) == nullptr);
  scene = samples::typed(std::move(scene), "l");
  REQUIRE(products(scene) != nullptr);
  CHECK(products(scene)->words == "cl");
  const std::uint64_t first = desk(scene).search->searching;
  scene = samples::typed(std::move(scene), "o");
  scene.event(ProductsFound{{scene.model.visit.number, first}, samples::some_products()});
  CHECK_FALSE(desk(scene).search->found);
  const std::uint64_t second = desk(scene).search->searching;
  scene.event(ProductsFound{{scene.model.visit.number, second}, samples::some_products()});
  CHECK(desk(scene).search->found == samples::some_products());
  scene = samples::typed(std::move(scene), "c");
  scene.event(RequestFailed{{scene.model.visit.number, desk(scene).search->searching}, "no_answer"});
  CHECK(desk(scene).search->failed == "no_answer");
  CHECK(desk(scene).notice.empty());
}

TEST_CASE("without the permission for stock no product is asked for") {
  Scene scene = samples::with_queue();
  std::erase(scene.model.visit.desk.session->permissions, "stock");
  scene.wish(CounterWish{OpenSearch{}});
  scene = samples::typed(std::move(scene), "clock");
  CHECK(products(scene) == nullptr);
}

TEST_CASE("six letters of a ticket ask how it stands; other six letters do not, and one that is none is no failure") {
  Scene scene = searching("T4M9R");
  CHECK(asked<FetchTicketSeen>(scene) == nullptr);
  scene = samples::typed(std::move(scene), "x");
  const auto* fetch = asked<FetchTicketSeen>(scene);
  REQUIRE(fetch != nullptr);
  CHECK(fetch->code == "T4M9RX");
  const std::uint64_t number = desk(scene).search->ticket_asked;
  scene.event(RequestFailed{{scene.model.visit.number, number}, "ticket_unknown"});
  CHECK(desk(scene).notice.empty());
  CHECK_FALSE(desk(scene).search->ticket);
  scene = searching("amelia");  // has letters that no code has
  CHECK(asked<FetchTicketSeen>(scene) == nullptr);
  scene = searching("564558");  // an order's number
  CHECK(asked<FetchTicketSeen>(scene) == nullptr);
}

TEST_CASE("what looks like somebody's key leads to the finder and looks up nobody by itself; a name is no key") {
  CHECK(key_of_somebody("maya@example.org") == "maya@example.org");
  CHECK(key_of_somebody("+44 20 7946 0000") == "+442079460000");
  CHECK(key_of_somebody("9826 0000 1234") == "982600001234");
  CHECK(key_of_somebody("Maya Hartley").empty());
  CHECK(key_of_somebody("564558").empty());
  CHECK(key_of_somebody("+").empty());
  Scene scene = searching("maya@example.org");
  CHECK(products(scene) == nullptr);  // no address goes into a search
  scene.wish(CounterWish{OpenFinderWith{"maya@example.org"}});
  CHECK(shown_route(scene.model) == Route::customer);
  CHECK_FALSE(searches(scene.model));
  CHECK(desk(scene).customer->key.text == "maya@example.org");
  CHECK(asked<FindCustomer>(scene) == nullptr);
  scene.wish(Submit{});
  REQUIRE(asked<FindCustomer>(scene) != nullptr);
  CHECK(asked<FindCustomer>(scene)->reason == "advice");
}

TEST_CASE("back, a scan, a lock and another wish close it, and nothing typed stays") {
  Scene scene = searching("cl");
  scene.wish(GoBack{});
  CHECK_FALSE(searches(scene.model));
  CHECK(shown_route(scene.model) == Route::queue);
  scene = searching("cl");
  scene.event(ScanSeen{"5012345678917", true});
  CHECK_FALSE(desk(scene).search);
  scene = searching("cl");
  scene.wish(CounterWish{LockCounter{}});
  CHECK_FALSE(desk(scene).search);
  CHECK_FALSE(desk(scene).shows_keys);
  scene = searching("cl");
  scene.wish(CounterWish{OpenOrder{"481206"}});
  CHECK_FALSE(desk(scene).search);
  CHECK(shown_route(scene.model) == Route::order);
}

TEST_CASE("the keys are shown on a locked counter too, the field for everything is not") {
  Scene scene = samples::chosen();
  scene.wish(CounterWish{OpenSearch{}});
  CHECK_FALSE(desk(scene).search);
  scene.wish(CounterWish{ShowKeys{}});
  CHECK(desk(scene).shows_keys);
  scene.wish(CounterWish{CloseOver{}});
  CHECK_FALSE(desk(scene).shows_keys);
}
