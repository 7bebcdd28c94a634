// SPDX-License-Identifier: Apache-2.0
// A cart that is sent home, in states worth looking at.
#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

Scene at_a_shop_that_delivers(CartView cart, bool owned = true) {
  cart.has_owner = owned;
  Scene scene = with_cart(cart);
  scene.model.store->delivers = true;
  return scene;
}

Asked newest(const Scene& scene) { return {scene.model.visit.number, scene.model.visit.delivering->asked}; }

Scene looked_at(Scene scene) {
  scene.wish(DeliverHome{});
  return scene;
}

Scene pressed(Scene scene) {
  scene = looked_at(std::move(scene));
  scene.wish(OrderDelivery{});
  return scene;
}

Scene ordered(Scene scene, DeliveryState state = DeliveryState::asked, bool at_hub = true) {
  scene = pressed(std::move(scene));
  scene.event(DeliveryArrived{newest(scene), some_delivery(*scene.model.visit.cart, state, at_hub)});
  CartView left = *scene.model.visit.cart;
  std::erase_if(left.lines, &CartViewLine::counted);
  left.totals.units = left.totals.to_pay = left.totals.subtotal = 0;
  left.savings.clear();
  scene.event(CartArrived{{scene.model.visit.number, scene.model.visit.requests}, left});
  return scene;
}

Scene refused(const char* code) {
  Scene scene = pressed(at_a_shop_that_delivers(cart()));
  scene.event(RequestFailed{newest(scene), code});
  return scene;
}

}  // namespace

DeliveryView some_delivery(const CartView& cart, DeliveryState state, bool at_hub) {
  DeliveryView order;
  order.order = "K7Q2-MN34-BCDF";
  order.state = state;
  order.at_hub = at_hub;
  order.asked_at = noon.utc;
  order.currency = cart.totals.currency;
  order.total = cart.totals.to_pay;
  for (const CartViewLine& line : cart.lines) {
    if (line.counted)
      order.lines.push_back({line.title, line.pictogram, line.tile, line.units, line.total ? line.total->minor : 0});
  }
  return order;
}

std::vector<Named> delivery_scenes() {
  return {
      {"cart-delivers", [] { return at_a_shop_that_delivers(cart()); }},
      {"cart-delivers-long", [] { return at_a_shop_that_delivers(long_cart()); }},
      {"deliver", [] { return looked_at(at_a_shop_that_delivers(cart())); }},
      {"deliver-long", [] { return looked_at(at_a_shop_that_delivers(long_cart())); }},
      {"deliver-offline", [] { return looked_at(offline(at_a_shop_that_delivers(cart()))); }},
      {"deliver-waiting", [] { return pressed(at_a_shop_that_delivers(cart())); }},
      {"deliver-nobody", [] { return looked_at(at_a_shop_that_delivers(cart(), false)); }},
      {"deliver-done", [] { return ordered(at_a_shop_that_delivers(cart())); }},
      {"deliver-done-offline", [] { return ordered(offline(at_a_shop_that_delivers(cart())), DeliveryState::asked, false); }},
      {"deliver-done-printer",
       [] {
         Scene scene = at_a_shop_that_delivers(cart());
         scene.model.printer = PrinterAbility{.japanese = true};
         return ordered(std::move(scene));
       }},
      {"deliver-confirmed", [] { return ordered(at_a_shop_that_delivers(cart()), DeliveryState::confirmed); }},
      {"deliver-cancelled", [] { return ordered(at_a_shop_that_delivers(cart()), DeliveryState::cancelled); }},
      {"deliver-refused", [] { return ordered(at_a_shop_that_delivers(cart()), DeliveryState::refused); }},
      {"deliver-changed", [] { return refused("cart_changed"); }},
      {"deliver-code", [] { return refused("pass_needed"); }},
      {"deliver-no-answer", [] { return refused("no_answer"); }},
      {"deliver-failed", [] { return refused("store_not_ready"); }},
  };
}

}  // namespace vitrine::kiosk::samples
