// SPDX-License-Identifier: Apache-2.0
// Collecting an order in states worth looking at.
#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

void type(Scene& scene, const std::string& digits) {
  for (const char digit : digits) scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, digit)}});
}

Scene typed(const std::string& digits) {
  Scene scene = welcome();
  scene.wish(Navigate{Route::collect});
  type(scene, digits);
  return scene;
}

Asked newest(const Scene& scene) { return {scene.model.visit.number, scene.model.visit.collection.asked}; }

Scene code_accepted() {
  Scene scene = typed("481206");
  scene.event(PickupOpened{newest(scene), {.needs_phone = true, .order = {}, .currency = {}}});
  return scene;
}

Scene refused(Scene scene, const char* code) {
  scene.event(RequestFailed{newest(scene), code});
  return scene;
}

Scene both_typed() {
  Scene scene = code_accepted();
  type(scene, "74");
  return scene;
}

Scene open(OrderStage stage, std::int64_t ahead, std::int64_t due) {
  Scene scene = both_typed();
  scene.event(PickupOpened{newest(scene), {.needs_phone = false, .order = "o-481206", .ahead = ahead, .currency = "GBP"}});
  OrderView order = some_order();
  order.stage = stage;
  order.balance_due = due;
  scene.event(OrderArrived{newest(scene), order});
  return scene;
}

}  // namespace

OrderView some_order() {
  OrderView order;
  order.order = "o-481206";
  order.stage = OrderStage::arrived;
  order.currency = "GBP";
  order.units = 5;
  order.arrived_at = noon.utc;
  order.lines = {{{{"en", "Regency cakestand, three tier"}, {"de", "Regency-Etagere mit drei Etagen"}}, "cake", "lilac", 1},
                 {{{"en", "Wicker picnic basket, small"}, {"de", "Picknickkorb aus Weide, klein"}}, "basket", "sand", 2},
                 {{{"en", "Gift wrap, vintage leaf"}, {"de", "Geschenkpapier, Blattmuster"}}, "gift", "blush", 2}};
  return order;
}

std::vector<Named> order_scenes() {
  return {
      {"collect-start", [] { return typed(""); }},
      {"collect-waiting", [] { return typed("481206"); }},
      {"collect",
       [] {
         Scene scene = code_accepted();
         type(scene, "7");
         return scene;
       }},
      {"collect-code-unknown", [] { return refused(typed("481207"), "code_unknown"); }},
      {"collect-phone-wrong", [] { return refused(both_typed(), "phone_wrong"); }},
      {"collect-no-answer", [] { return refused(typed("481206"), "no_answer"); }},
      {"collect-locked", [] { return refused(typed("481206"), "pickup_locked"); }},
      {"collect-staff-check", [] { return refused(both_typed(), "staff_check"); }},
      {"collect-not-ready", [] { return refused(both_typed(), "order_not_ready"); }},
      {"pickup", [] { return open(OrderStage::arrived, 1, 0); }},
      {"pickup-next", [] { return open(OrderStage::arrived, 0, 0); }},
      {"pickup-due", [] { return open(OrderStage::part_collected, 12, 4250); }},
      {"pickup-done", [] { return open(OrderStage::collected, 0, 0); }},
      {"pickup-still-there",
       [] {
         Scene scene = open(OrderStage::arrived, 1, 0);
         scene.wait(idle_pickup_ms + 4'000);
         return scene;
       }},
  };
}

}  // namespace vitrine::kiosk::samples
