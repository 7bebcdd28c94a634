// SPDX-License-Identifier: Apache-2.0
// Models in states worth looking at, made by sending events as a shop would. Used by kiosk_shots and by the tests of the screens.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kiosk/model/model.hpp"

namespace vitrine::kiosk::samples {

inline constexpr Now noon{{1'763'992'800'000}, {1'000'000}};  // Mon 24 Nov 2025, 14:00 in London

StoreInfo store();
CartView cart();
CartView long_cart();  // twelve lines, long names, every freshness, sold out, without price

// A model that lives on its own clock.
struct Scene {
  Model model;
  Now now = noon;
  std::vector<Request> asked;  // by the last event

  void event(const Event& event);
  void wait(std::int64_t ms);
  void wish(const Intent& intent) { event(PersonWished{intent}); }
};

// A kiosk that is connected to a filled, online store and shows welcome.
Scene welcome();
// The same with the cart open.
Scene with_cart(const CartView& cart);

struct Named {
  std::string name;
  std::function<Scene()> make;
  int tabs = 0;           // pressed before looking
  std::string pressed{};  // the target that a finger is on
};
// The same after minutes without a line to the hub.
Scene offline(Scene scene);

SearchFound some_products();
std::vector<NearbyStore> some_nearby();
ProductPage some_page();
ProductPage full_page();  // long names, age, every attribute, a code for the room
std::vector<Named> product_scenes();

OrderView some_order();
std::vector<Named> order_scenes();

HelpView some_help();  // Nadia comes
std::vector<Named> help_scenes();
// A ticket of what can be sold of this cart.
TicketView ticket_of(const CartView& cart);
std::vector<Named> till_scenes();
// A code for a phone, of a cart with so many different products.
KeptCode some_code(std::size_t products);
std::vector<Named> keep_scenes();
CartView cart_with_coupons();
std::vector<Named> coupon_scenes();
DeliveryView some_delivery(const CartView& cart, DeliveryState state, bool at_hub);
std::vector<Named> delivery_scenes();
// choice_samples.cpp: what the owner of the cart agreed to; the same after a change that was kept.
std::vector<Choice> some_choices();
Scene with_choices();
Scene changed_choice(Scene scene, const std::string& purpose, bool granted);
std::vector<Named> choice_scenes();

// A counter: with nobody signed in, with Tom, with the design's queue, with one order open.
std::vector<Colleague> some_colleagues();
StaffSession some_session();
std::vector<HelpCall> some_calls();
std::vector<OrderCard> some_orders();
std::vector<StoreAlert> some_alerts();
CounterOrder some_counter_order(OrderStep step);
PurchaseSeen some_purchase(bool by_order);
// What staff of a shift may, and take back what the rules do not.
Scene with_purchase(const PurchaseSeen& purchase, const std::vector<std::string>& more = {});
Scene counter();
Scene chosen();
Scene typed(Scene scene, const std::string& digits);
Scene signed_in();
Scene with_queue();
Scene with_order(const CounterOrder& order);
std::vector<Named> take_back_scenes();
// stock_samples.cpp: with whoever may count, or not.
StockRecord some_record();
std::vector<StockCheck> some_checks();
Scene with_stock(bool counts = true);
Scene with_product(const StockRecord& record, bool counts = true);
std::vector<Named> stock_scenes();
// status_samples.cpp
StoreStatus some_status(bool online);
Scene with_status(const StoreStatus& status);
std::vector<Named> status_scenes();
// board_samples.cpp
BoardSeen some_board(bool week);
Scene with_board(bool week, BoardFigure drawn);
std::vector<Named> board_scenes();
// picking_samples.cpp
std::vector<PickLine> some_picking();
Scene with_picking();
Scene with_pick();
std::vector<Named> picking_scenes();
AuditPage some_audit();
std::vector<Named> audit_scenes();
Scene in_hand(Scene scene);
// Every screen of a counter that is held in a hand.
std::vector<Named> hand_scenes();
// search_samples.cpp: what lies over any screen
std::vector<Named> search_scenes();
// Every screen of a counter, which lies on its side.
std::vector<Named> counter_scenes();  // those of customers with them
// customer_samples.cpp
Scene with_finder();
Scene with_customer(bool shares);
std::vector<Named> customer_scenes();

// Every screen and overlay of a shopper's kiosk.
std::vector<Named> all();

}  // namespace vitrine::kiosk::samples
