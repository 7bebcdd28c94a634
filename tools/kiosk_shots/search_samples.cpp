// SPDX-License-Identifier: Apache-2.0
// What lies over a counter's screens, in states worth looking at: the field for everything, and the keys.
#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

Scene searching(const std::string& words) {
  Scene scene = with_queue();
  scene.wish(CounterWish{OpenSearch{}});
  for (const char letter : words) scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, letter)}});
  return scene;
}

Scene answered(Scene scene, SearchFound found) {
  scene.event(ProductsFound{{scene.model.visit.number, scene.model.visit.desk.search->searching}, std::move(found)});
  return scene;
}

Scene with_keys(Scene scene) {
  scene.wish(CounterWish{ShowKeys{}});
  return scene;
}

}  // namespace

std::vector<Named> search_scenes() {
  return {
      {"find", [] { return searching(""); }},
      {"find-words", [] { return answered(searching("st"), some_products()); }, 1},
      {"find-order", [] { return answered(searching("481"), {}); }},
      {"find-none", [] { return answered(searching("amelia"), {}); }},
      {"find-failed",
       [] {
         Scene scene = searching("clock");
         scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.desk.search->searching}, "no_answer"});
         return scene;
       }},
      {"find-customer", [] { return searching("maya@example.org"); }},
      {"find-ticket",
       [] {
         Scene scene = answered(searching("t4m9rx"), {});
         scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.search->ticket_asked},
                                   TicketSeen{"T4M9RX", TicketState::paid, "GBP", 2230, "VR1:HARBOUR-STREET:T4M9RXT4M9RX"}});
         return scene;
       }},
      {"find-keyboard",
       [] {
         Scene scene = answered(searching("cl"), some_products());
         scene.wish(ShowKeyboard{true});
         return scene;
       }},
      {"keys", [] { return with_keys(with_queue()); }},
      {"keys-order", [] { return with_keys(with_order(some_counter_order(OrderStep::here))); }},
      {"keys-customer", [] { return with_keys(with_customer(true)); }},
      {"keys-sign-in", [] { return with_keys(chosen()); }},
  };
}

}  // namespace vitrine::kiosk::samples
