// SPDX-License-Identifier: Apache-2.0
// A cart that is sent home: what is ordered is what was shown, once, and the order is followed while its person stands there.
#include <doctest/doctest.h>

#include "tools/kiosk_shots/samples.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::Scene;

namespace {

template <class Kind>
const Kind* asked(const Scene& scene) {
  for (const Request& request : scene.asked) {
    if (const auto* found = std::get_if<Kind>(&request)) return found;
  }
  return nullptr;
}

Asked newest(const Scene& scene) { return {scene.model.visit.number, scene.model.visit.delivering->asked}; }

Scene at_cart(bool owned = true) {
  CartView cart = samples::cart();
  cart.has_owner = owned;
  Scene scene = samples::with_cart(cart);
  scene.model.store->delivers = true;
  return scene;
}

Scene ordered() {
  Scene scene = at_cart();
  scene.wish(DeliverHome{});
  scene.wish(OrderDelivery{});
  scene.event(DeliveryArrived{newest(scene), samples::some_delivery(samples::cart(), DeliveryState::asked, false)});
  return scene;
}

}  // namespace

TEST_CASE("nothing is ordered before it was looked at and pressed, and then once, as it was shown") {
  Scene scene = at_cart();
  scene.wish(OrderDelivery{});
  CHECK(asked<AskDelivery>(scene) == nullptr);
  scene.wish(DeliverHome{});
  CHECK(shown_route(scene.model) == Route::deliver);
  CHECK(deliver_step(scene.model) == DeliverStep::ask);
  CHECK(asked<AskDelivery>(scene) == nullptr);
  scene.wish(OrderDelivery{});
  REQUIRE(asked<AskDelivery>(scene) != nullptr);
  CHECK(asked<AskDelivery>(scene)->cart == samples::cart().cart);
  CHECK(asked<AskDelivery>(scene)->tag == samples::cart().tag);
  CHECK(asked<AskDelivery>(scene)->total == samples::cart().totals.to_pay);
  CHECK(deliver_step(scene.model) == DeliverStep::waiting);
  scene.wish(OrderDelivery{});
  CHECK(asked<AskDelivery>(scene) == nullptr);
  const DeliveryView order = samples::some_delivery(samples::cart(), DeliveryState::asked, false);
  scene.event(DeliveryArrived{{scene.model.visit.number, 999}, order});  // of nothing that was asked
  CHECK(deliver_step(scene.model) == DeliverStep::waiting);
  scene.event(DeliveryArrived{newest(scene), order});
  CHECK(deliver_step(scene.model) == DeliverStep::done);
  CHECK(asked<FetchCart>(scene) != nullptr);  // its units have left the cart
}

TEST_CASE("while a change of the cart is on its way nothing is ordered") {
  Scene scene = at_cart();
  scene.wish(ChangeQuantity{samples::cart().lines.front().key, 1});
  scene.wish(DeliverHome{});
  scene.wish(OrderDelivery{});
  CHECK(asked<AskDelivery>(scene) == nullptr);
  CHECK(deliver_step(scene.model) == DeliverStep::ask);
}

TEST_CASE("a shop that sends nothing home does not, and a cart that is nobody's says so") {
  Scene scene = at_cart();
  scene.model.store->delivers = false;
  scene.wish(DeliverHome{});
  CHECK(shown_route(scene.model) == Route::cart);
  Scene nobody = at_cart(false);
  nobody.wish(DeliverHome{});
  CHECK(deliver_step(nobody.model) == DeliverStep::nobody);
  nobody.wish(OrderDelivery{});
  CHECK(asked<AskDelivery>(nobody) == nullptr);
}

TEST_CASE("what becomes of the order is followed, and its goods stay on the screen when it is refused") {
  Scene scene = ordered();
  scene.event(OrderNews{"another"});
  CHECK(asked<FetchDelivery>(scene) == nullptr);
  scene.event(OrderNews{"K7Q2-MN34-BCDF"});
  REQUIRE(asked<FetchDelivery>(scene) != nullptr);
  CHECK(asked<FetchDelivery>(scene)->order == "K7Q2-MN34-BCDF");
  DeliveryView refused;
  refused.order = "K7Q2-MN34-BCDF";
  refused.state = DeliveryState::refused;
  refused.at_hub = true;
  scene.event(DeliveryArrived{newest(scene), refused});
  CHECK(deliver_step(scene.model) == DeliverStep::refused);
  CHECK(scene.model.visit.delivering->order->lines.size() == 3);
  scene.event(OrderNews{"K7Q2-MN34-BCDF"});
  scene.event(RequestFailed{newest(scene), "no_answer"});
  CHECK(deliver_step(scene.model) == DeliverStep::refused);  // looked at again with the next news
}

TEST_CASE("why there is no order is said, and looking again begins anew") {
  Scene scene = at_cart();
  scene.wish(DeliverHome{});
  scene.wish(OrderDelivery{});
  scene.event(RequestFailed{newest(scene), "cart_changed"});
  CHECK(deliver_step(scene.model) == DeliverStep::failed);
  CHECK(asked<FetchCart>(scene) != nullptr);
  scene.wish(DeliverHome{});
  CHECK(deliver_step(scene.model) == DeliverStep::ask);
  scene.wish(OrderDelivery{});
  scene.event(RequestFailed{newest(scene), "cart_without_owner"});
  CHECK(deliver_step(scene.model) == DeliverStep::nobody);
}

TEST_CASE("the way back, another code and the end of the visit leave nothing of it") {
  Scene back = ordered();
  back.wish(GoBack{});
  CHECK(shown_route(back.model) == Route::cart);
  CHECK_FALSE(back.model.visit.delivering);
  Scene code = ordered();
  code.event(ScanSeen{"https://vitrine.example/k#2"});
  CHECK_FALSE(code.model.visit.delivering);
  CHECK(code.model.visit.route != Route::deliver);
  Scene left = ordered();
  left.wait(idle_paid_ms + countdown_ms + 1'000);
  CHECK(shown_route(left.model) == Route::welcome);
  CHECK_FALSE(left.model.visit.delivering);
}
