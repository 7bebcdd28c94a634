// SPDX-License-Identifier: Apache-2.0
// What comes back over the counter, in states worth looking at.
#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

constexpr std::int64_t day = 86'400'000;

PurchaseLine line(std::int64_t number, const char* sku, const char* title, const char* pictogram, const char* tile,
                  std::int64_t bought, std::int64_t paid) {
  PurchaseLine made;
  made.line = number;
  made.sku = sku;
  made.title = {{"en", title}};
  made.pictogram = pictogram;
  made.tile = tile;
  made.bought = bought;
  made.paid = paid;
  made.until = noon.utc.plus(26 * day);
  return made;
}

ProductCard glass() {
  ProductCard card;
  card.sku = sync::Sku{"22423"};
  card.title = {{"en", "Regency cake stand, 3 tier"}};
  card.price = sync::Money{1095, "GBP"};
  return card;
}

Scene typed_words(Scene scene, const std::string& words) {
  for (const char letter : words) scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, letter)}});
  return scene;
}

Scene looking() {
  Scene scene = with_queue();
  scene.wish(CounterWish{OpenTakeBack{}});
  return scene;
}

Scene refused(Scene scene, const std::string& code) {
  scene.wish(Submit{});
  scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.desk.back->looking}, code});
  return scene;
}

Scene filled(Scene scene) {
  scene.wish(CounterWish{CountBack{1, 1}});
  scene.wish(CounterWish{ChooseReason{"damaged"}});
  scene.wish(CounterWish{ChooseCondition{"damaged"}});
  return scene;
}

Scene swapped(const PurchaseSeen& purchase) {
  Scene scene = with_purchase(purchase);
  scene.wish(CounterWish{CountBack{2, 0}});
  scene.wish(CounterWish{ChooseReason{"not_wanted"}});
  scene.wish(CounterWish{ChooseCondition{"resell"}});
  scene.wish(CounterWish{SwapInstead{true}});
  scene.event(ScanSeen{"5012345678917", true});
  ProductPage page;
  page.card = glass();
  scene.event(ProductArrived{{scene.model.visit.number, scene.model.visit.desk.product}, page});
  return scene;
}

ReturnDone done(bool by_hub, ReturnState state) {
  ReturnDone made;
  made.id = std::string(32, '7');
  made.state = state;
  made.currency = "GBP";
  made.refund = 295;
  made.by_hub = by_hub;
  return made;
}

// A till would give it back.
ReturnDone owed(ReturnState state) {
  ReturnDone made = done(false, state);
  made.ticket = std::string(32, '8');
  made.code = "7K2Q9M";
  made.qr = "VT1:HARBOUR-STREET:" + made.ticket;
  made.to_pay = -295;
  return made;
}

PurchaseSeen elsewhere() {
  PurchaseSeen purchase = some_purchase(false);
  purchase.name = "VR1:QUAY-SQUARE:7K2Q9MBCDFGH";
  purchase.right_here = false;
  return purchase;
}

Scene taken_back(Scene scene, const ReturnDone& answer) {
  scene.wish(CounterWish{ConfirmBack{}});
  scene.wish(CounterWish{ConfirmBack{}});
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.back->sending}, answer});
  return scene;
}

}  // namespace

PurchaseSeen some_purchase(bool by_order) {
  PurchaseSeen purchase;
  purchase.name = by_order ? "480977" : "VR1:HARBOUR-STREET:7K2Q9MBCDFGH";
  purchase.by_order = by_order;
  purchase.currency = "GBP";
  purchase.channel = by_order ? "web" : "store";
  purchase.bought_at = noon.utc.plus(-4 * day);
  purchase.lines = {line(1, "22699", "Roses teacup and saucer", "teapot", "blush", 4, 1180),
                    line(2, "48111", "Doormat, New England", "rug", "mint", 1, 795),
                    line(3, "22727", "Alarm clock, Bakelite red", "clock", "butter", 1, 375)};
  purchase.lines[2].returned = 1;
  purchase.lines[2].barred = Barred::nothing_left;
  purchase.reasons = {"damaged", "not_wanted", "not_as_described", "wrong_item"};
  purchase.conditions = {{"resell", true}, {"discount", true}, {"damaged", false}};
  return purchase;
}

Scene with_purchase(const PurchaseSeen& purchase, const std::vector<std::string>& more) {
  Scene scene = looking();
  auto& permissions = scene.model.visit.desk.session->permissions;
  permissions.insert(permissions.end(), more.begin(), more.end());
  scene = typed_words(std::move(scene), "480977");
  scene.wish(Submit{});
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.back->looking}, purchase});
  return scene;
}

std::vector<Named> take_back_scenes() {
  return {
      {"take-back", looking},
      {"take-back-typed", [] { return typed_words(looking(), "7K2Q-9MBC"); }},
      {"take-back-no-keys",
       [] {
         Scene scene = looking();
         scene.wish(ShowKeyboard{false});
         return scene;
       }},
      {"take-back-unknown", [] { return refused(typed_words(looking(), "480978"), "purchase_unknown"); }},
      {"take-back-offline", [] { return refused(offline(typed_words(looking(), "480978")), "purchase_needs_hub"); }},
      {"take-back-elsewhere-offline",
       [] { return refused(offline(typed_words(looking(), "7K2Q-9MBC-DFGH")), "receipt_needs_hub"); }},
      {"take-back-elsewhere", [] { return filled(with_purchase(elsewhere())); }},
      {"take-back-elsewhere-pending", [] { return taken_back(filled(with_purchase(elsewhere())), owed(ReturnState::pending)); }},
      {"take-back-elsewhere-denied", [] { return taken_back(filled(with_purchase(elsewhere())), owed(ReturnState::denied)); }},
      {"take-back-order", [] { return with_purchase(some_purchase(true)); }},
      {"take-back-filled", [] { return filled(with_purchase(some_purchase(true))); }},
      {"take-back-undo",
       [] {
         Scene scene = filled(with_purchase(some_purchase(true)));
         scene.wish(CounterWish{ConfirmBack{}});
         return scene;
       }},
      {"take-back-late",
       [] {
         PurchaseSeen purchase = some_purchase(false);
         for (PurchaseLine& each : purchase.lines) each.until = noon.utc.plus(-3 * day);
         purchase.lines[0].barred = Barred::too_late;
         purchase.lines[1].barred = Barred::not_taken_back;
         return with_purchase(purchase);
       }},
      {"take-back-overrule",
       [] {
         PurchaseSeen purchase = some_purchase(false);
         purchase.lines[0].until = noon.utc.plus(-3 * day);
         purchase.lines[0].barred = Barred::too_late;
         Scene scene = filled(with_purchase(purchase, {"late_returns"}));
         scene.wish(CounterWish{ChooseOverrule{"goodwill"}});
         return scene;
       }},
      {"take-back-nothing",
       [] {
         PurchaseSeen purchase = some_purchase(true);
         purchase.lines.clear();
         return with_purchase(purchase);
       }},
      {"take-back-swap", [] { return swapped(some_purchase(false)); }},
      {"take-back-swap-order", [] { return swapped(some_purchase(true)); }},
      {"take-back-held",
       [] {
         PurchaseSeen purchase = some_purchase(true);
         purchase.questioned = true;
         return filled(with_purchase(purchase));
       }},
      {"take-back-done", [] { return taken_back(filled(with_purchase(some_purchase(true))), done(true, ReturnState::settled)); }},
      {"take-back-done-pending",
       [] { return taken_back(offline(filled(with_purchase(some_purchase(true)))), done(true, ReturnState::pending)); }},
      {"take-back-done-questioned",
       [] { return taken_back(filled(with_purchase(some_purchase(true))), done(true, ReturnState::questioned)); }},
      {"take-back-done-till",
       [] {
         ReturnDone owed = done(false, ReturnState::settled);
         owed.ticket = std::string(32, '8');
         owed.code = "7K2Q9M";
         owed.qr = "VT1:HARBOUR-STREET:" + std::string(32, '8');
         owed.to_pay = -295;
         return taken_back(filled(with_purchase(some_purchase(false))), owed);
       }},
  };
}

}  // namespace vitrine::kiosk::samples
