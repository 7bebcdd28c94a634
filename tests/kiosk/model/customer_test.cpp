// SPDX-License-Identifier: Apache-2.0
// A customer at the counter without any I/O: what is asked and in which order, what closes when they take it back, and that
// nothing is left when it is over.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "tests/kiosk/model/asked.hpp"
#include "tools/kiosk_shots/samples.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;
using samples::answer;
using samples::asked;
using samples::Scene;

namespace {

std::set<std::string> parts_asked(const Scene& scene) {
  std::set<std::string> panels;
  for (const auto& [number, panel] : scene.model.visit.desk.customer->asked) panels.insert(panel);
  return panels;
}

std::optional<CustomerOnScreen>& customer(Scene& scene) { return scene.model.visit.desk.customer; }

void refuse(Scene& scene, std::uint64_t number, const std::string& code) {
  scene.event(RequestFailed{{scene.model.visit.number, number}, code});
}
void type(Scene& scene, const std::string& text) {
  for (const char letter : text) scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, letter)}});
}
std::string by_typed(const std::string& text) {
  Scene scene = samples::with_finder();
  type(scene, text);
  scene.wish(Submit{});
  const auto* find = asked<FindCustomer>(scene);
  return find == nullptr ? "nothing" : find->by + " " + find->key + " " + find->reason;
}

CustomerSeen seen(bool shares) { return {std::string(32, '7'), "M…", "H", "81", "en", shares, false}; }

}  // namespace

TEST_CASE("F4 needs the permission; a key is what it looks like, and goes with the reason that was chosen") {
  Scene nobody = samples::with_queue();
  std::erase(nobody.model.visit.desk.session->permissions, "customers");
  nobody.wish(CounterWish{OpenFinder{}});
  CHECK_FALSE(customer(nobody));
  CHECK(shown_route(nobody.model) == Route::queue);
  CHECK(by_typed("FB00123488") == "loyalty FB00123488 advice");
  CHECK(by_typed("+447700900041") == "phone +447700900041 advice");
  CHECK(by_typed("maya@shoppers.example") == "email maya@shoppers.example advice");
  CHECK(by_typed("") == "nothing");
  Scene scene = samples::with_finder();
  scene.wish(CounterWish{ChooseWhy{"complaint"}});
  scene.event(ScanSeen{"FB 0012348-7"});
  const auto* find = asked<FindCustomer>(scene);
  REQUIRE(find != nullptr);
  CHECK(find->by == "loyalty");
  CHECK(find->reason == "complaint");
  scene.event(ScanSeen{"another"});  // one at a time
  CHECK(asked<FindCustomer>(scene) == nullptr);
  Scene pass = samples::with_finder();
  pass.event(ScanSeen{"a pass", false, true});
  REQUIRE(asked<FindCustomer>(pass) != nullptr);
  CHECK(asked<FindCustomer>(pass)->by == "pass");
  CHECK(asked<CheckIn>(pass) == nullptr);
}

TEST_CASE("who is not found is said, and the next try is asked for") {
  Scene scene = samples::with_finder();
  scene.event(ScanSeen{"FB 1"});
  refuse(scene, customer(scene)->looking, "customer_needs_hub");
  CHECK(customer(scene)->failed == "customer_needs_hub");
  CHECK(customer(scene)->looking == 0);
  type(scene, "F");
  CHECK(customer(scene)->failed.empty());
}

TEST_CASE("the parts that serve them are asked for; the rest only where they agree to it; the name only when it is wanted") {
  Scene closed = samples::with_finder();
  closed.event(ScanSeen{"FB 1"});
  answer(closed, customer(closed)->looking, seen(false));
  CHECK(customer(closed)->key.text.empty());
  CHECK(parts_asked(closed) == std::set<std::string>{"carts", "orders", "cases", "consents"});
  Scene open = samples::with_finder();
  open.event(ScanSeen{"FB 1"});
  answer(open, customer(open)->looking, seen(true));
  CHECK(parts_asked(open) ==
        std::set<std::string>{"carts", "orders", "cases", "consents", "conversations", "history", "timeline"});
  open.wish(CounterWish{ShowName{}});
  CHECK(parts_asked(open).contains("profile"));
}

TEST_CASE("what they take back on their phone closes at the next news, and an answer that was under way opens nothing") {
  Scene scene = samples::with_customer(true);
  REQUIRE(customer(scene)->timeline);
  REQUIRE(customer(scene)->timeline->doings.size() == 7);
  scene.wish(CounterWish{ShowOlder{}});
  std::uint64_t older = 0;
  const auto* fetch = asked<FetchCustomerPart>(scene, &older);
  REQUIRE(fetch != nullptr);
  CHECK(fetch->after == "1.00000000000000000000000000000001");
  scene.event(CustomerNews{});
  std::uint64_t head = 0;
  REQUIRE(asked<FetchCustomer>(scene, &head) != nullptr);
  answer(scene, head, seen(false));
  CHECK_FALSE(customer(scene)->timeline);
  CHECK_FALSE(customer(scene)->history);
  CHECK(customer(scene)->orders);
  CustomerPart late;
  late.panel = "timeline";
  late.shown = true;
  late.doings.resize(3);
  answer(scene, older, late);
  CHECK_FALSE(customer(scene)->timeline);
  // And given again, it is read anew.
  scene.event(CustomerNews{});
  REQUIRE(asked<FetchCustomer>(scene, &head) != nullptr);
  answer(scene, head, seen(true));
  CHECK(parts_asked(scene) == std::set<std::string>{"consents", "conversations", "history", "timeline"});
}

TEST_CASE("another part of what they did is asked for anew, and an answer of the part before is not shown in it") {
  Scene scene = samples::with_customer(true);
  scene.wish(CounterWish{ShowOlder{}});
  std::uint64_t older = 0;
  REQUIRE(asked<FetchCustomerPart>(scene, &older) != nullptr);
  scene.wish(CounterWish{ShowDoings{"store"}});
  std::uint64_t number = 0;
  const auto* fetch = asked<FetchCustomerPart>(scene, &number);
  REQUIRE(fetch != nullptr);
  CHECK(fetch->where == "store");
  CHECK(fetch->after.empty());
  CHECK_FALSE(customer(scene)->timeline);
  CustomerPart page;
  page.panel = "timeline";
  page.shown = true;
  page.doings.resize(3);
  answer(scene, older, page);
  CHECK_FALSE(customer(scene)->timeline);
  page.doings.resize(2);
  page.next = "1.00000000000000000000000000000001";
  answer(scene, number, page);
  CHECK(customer(scene)->timeline->doings.size() == 2);
  scene.wish(CounterWish{ShowOlder{}});
  REQUIRE(asked<FetchCustomerPart>(scene) != nullptr);
  CHECK(asked<FetchCustomerPart>(scene)->where == "store");
  scene.wish(CounterWish{ShowDoings{"store"}});  // it is shown already
  CHECK(asked<FetchCustomerPart>(scene) == nullptr);
  CHECK(customer(scene)->timeline);
  Scene closed = samples::with_customer(false);
  closed.wish(CounterWish{ShowDoings{"online"}});
  CHECK(asked<FetchCustomerPart>(closed) == nullptr);
}

TEST_CASE("what lies ready for them can be handed over from here, by whom that is work of") {
  Scene scene = samples::with_customer(false);
  CHECK(ready_order_of(scene.model) == "481206");
  customer(scene)->orders->orders.push_back({"470001", "arrived", UtcMs{5}, 1});
  customer(scene)->orders->orders.push_back({"470000", "picking", UtcMs{4}, 1});
  CHECK(ready_order_of(scene.model) == "470001");
  std::erase(scene.model.visit.desk.session->permissions, "orders");
  CHECK(ready_order_of(scene.model).empty());
}

TEST_CASE("what may please them: what came of it is said once, the next one comes, and what is over or withdrawn goes") {
  Scene scene = samples::with_customer(true);
  REQUIRE(customer(scene)->offers);
  const auto all = customer(scene)->offers->offers;
  scene.wish(CounterWish{OfferCameTo{"not_now"}});
  std::uint64_t number = 0;
  const auto* tell = asked<TellOffer>(scene, &number);
  REQUIRE(tell != nullptr);
  CHECK(tell->id == all[0].id);
  CHECK(tell->what == "not_now");
  scene.wish(CounterWish{OfferCameTo{"taken"}});
  CHECK(asked<TellOffer>(scene) == nullptr);
  CustomerPart rest;
  rest.panel = "offers";
  rest.shown = true;
  rest.offers = {all[1]};
  answer(scene, number, rest);
  CHECK(customer(scene)->offers->offers.size() == 1);
  scene.wish(CounterWish{OfferCameTo{"taken"}});
  REQUIRE(asked<TellOffer>(scene, &number) != nullptr);
  refuse(scene, number, "offer_over");
  CHECK(scene.model.visit.desk.notice == "offer_over");
  CHECK_FALSE(customer(scene)->offers);
  // What there is now is asked for with the head; withdrawn, nothing is.
  std::uint64_t head = 0;
  REQUIRE(asked<FetchCustomer>(scene, &head) != nullptr);
  answer(scene, head, seen(true));
  CHECK_FALSE(parts_asked(scene).contains("offers"));
  CHECK_FALSE(customer(scene)->offers);
}

TEST_CASE("sizes and wishes are asked for where they agree to it, and go as soon as they do not") {
  CustomerSeen open = seen(true);
  open.shares_tastes = true;
  Scene scene = samples::with_finder();
  scene.event(ScanSeen{"FB 1"});
  answer(scene, customer(scene)->looking, open);
  CHECK(parts_asked(scene).contains("preferences"));
  std::uint64_t number = 0;
  for (const auto& [asked_as, panel] : customer(scene)->asked) {
    if (panel == "preferences") number = asked_as;
  }
  CustomerPart tastes;
  tastes.panel = "preferences";
  tastes.shown = true;
  tastes.sizes = {{"shoes", "39"}};
  answer(scene, number, tastes);
  REQUIRE(customer(scene)->tastes);
  CHECK(customer(scene)->tastes->sizes == tastes.sizes);
  scene.event(CustomerNews{});
  std::uint64_t head = 0;
  REQUIRE(asked<FetchCustomer>(scene, &head) != nullptr);
  answer(scene, head, seen(true));
  CHECK_FALSE(customer(scene)->tastes);
  CHECK_FALSE(parts_asked(scene).contains("preferences"));
}

TEST_CASE("their cart and their orders are read anew when they change, and nobody else's") {
  Scene scene = samples::with_customer(true);
  const std::string cart = customer(scene)->cart->cart.text;
  scene.event(CartNews{sync::CartId{std::string(32, '9')}});
  CHECK(asked<FetchCustomerCart>(scene) == nullptr);
  scene.event(CartNews{sync::CartId{cart}});
  REQUIRE(asked<FetchCustomerCart>(scene) != nullptr);
  CHECK(asked<FetchCustomerCart>(scene)->cart == cart);
  scene.event(OrderNews{"999"});
  CHECK(asked<FetchCustomerPart>(scene) == nullptr);
  scene.event(OrderNews{"481206"});
  REQUIRE(asked<FetchCustomerPart>(scene) != nullptr);
  CHECK(asked<FetchCustomerPart>(scene)->panel == "orders");
}

namespace {

CartView with_units(CartView cart, std::size_t line, std::int64_t units) {
  cart.lines[line].units = units;
  cart.tag = std::string(32, static_cast<char>('a' + units));
  return cart;
}

}  // namespace

TEST_CASE("staff change their cart: one change at a time, while it is as it was shown; the last one is undone by its opposite") {
  Scene scene = samples::with_customer(true);
  customer(scene)->cart->tag = std::string(32, 'f');
  scene.wish(CounterWish{CountCart{"85123A", 1}});  // not open yet
  CHECK(asked<ChangeCustomerCart>(scene) == nullptr);
  scene.wish(CounterWish{OpenCart{}});
  const CartViewLine line = customer(scene)->cart->lines[0];
  scene.wish(CounterWish{CountCart{line.key, 1}});
  std::uint64_t number = 0;
  const auto* change = asked<ChangeCustomerCart>(scene, &number);
  REQUIRE(change != nullptr);
  CHECK(change->action == "add");
  CHECK(change->units == 1);
  CHECK(change->seen == std::string(32, 'f'));
  scene.wish(CounterWish{CountCart{line.key, 1}});  // one is on its way
  CHECK(asked<ChangeCustomerCart>(scene) == nullptr);
  answer(scene, number, with_units(*customer(scene)->cart, 0, line.units + 1));
  CHECK(customer(scene)->cart->lines[0].units == line.units + 1);
  REQUIRE(customer(scene)->cart_work->undo);
  scene.wish(CounterWish{UndoCart{}});
  change = asked<ChangeCustomerCart>(scene, &number);
  REQUIRE(change != nullptr);
  CHECK(change->action == "decrease");
  CHECK(change->units == 1);
  CHECK(change->shown == line.shown);
  CHECK(change->seen == customer(scene)->cart->tag);
  answer(scene, number, with_units(*customer(scene)->cart, 0, line.units));
  scene.wish(CounterWish{DropFromCart{line.key}});
  change = asked<ChangeCustomerCart>(scene, &number);
  REQUIRE(change != nullptr);
  CHECK(change->action == "remove");
  CartView without = *customer(scene)->cart;
  without.lines.erase(without.lines.begin());
  answer(scene, number, without);
  scene.wish(CounterWish{UndoCart{}});
  change = asked<ChangeCustomerCart>(scene);
  REQUIRE(change != nullptr);
  CHECK(change->action == "add");
  CHECK(change->sku == line.sku.text);
  CHECK(change->units == line.units);
}

TEST_CASE("changed on the phone in between: the cart is shown as it is now, and nothing was done") {
  Scene scene = samples::with_customer(true);
  scene.wish(CounterWish{OpenCart{}});
  scene.wish(CounterWish{CountCart{customer(scene)->cart->lines[0].key, -1}});
  std::uint64_t number = 0;
  REQUIRE(asked<ChangeCustomerCart>(scene, &number) != nullptr);
  refuse(scene, number, "changed_meanwhile");
  CHECK(scene.model.visit.desk.notice == "cart_changed");
  CHECK(customer(scene)->cart_work->acting == 0);
  CHECK_FALSE(customer(scene)->cart_work->undo);
  REQUIRE(asked<FetchCustomerCart>(scene, &number) != nullptr);
  answer(scene, number, with_units(*customer(scene)->cart, 0, 3));
  CHECK(customer(scene)->cart->lines[0].units == 3);
  scene.wish(CounterWish{CountCart{customer(scene)->cart->lines[0].key, -1}});
  REQUIRE(asked<ChangeCustomerCart>(scene) != nullptr);
  CHECK(asked<ChangeCustomerCart>(scene)->seen == customer(scene)->cart->tag);
}

TEST_CASE("goods are scanned into their cart, or found in words; another line of the same product is that line") {
  Scene scene = samples::with_customer(true);
  scene.wish(CounterWish{OpenCart{}});
  scene.event(ScanSeen{"5012345678900", true});
  const std::uint64_t scan = customer(scene)->cart_work->scanned;
  REQUIRE(scan != 0);
  ProductPage page;
  page.card = samples::some_products().products.front();
  page.card.sku = customer(scene)->cart->lines[1].sku;
  scene.event(ProductArrived{{scene.model.visit.number, scan}, page});
  std::uint64_t number = 0;
  const auto* change = asked<ChangeCustomerCart>(scene, &number);
  REQUIRE(change != nullptr);
  CHECK(change->line == customer(scene)->cart->lines[1].key);
  answer(scene, number, *customer(scene)->cart);
  scene.wish(ShowKeyboard{true});
  type(scene, "jam");
  REQUIRE(customer(scene)->cart_work->searching != 0);
  scene.event(ProductsFound{{scene.model.visit.number, customer(scene)->cart_work->searching}, samples::some_products()});
  scene.wish(Submit{});
  change = asked<ChangeCustomerCart>(scene);
  REQUIRE(change != nullptr);
  CHECK(change->sku == samples::some_products().products.front().sku.text);
  CHECK_FALSE(customer(scene)->cart_work->keyboard);
  CHECK(customer(scene)->cart_work->words.text.empty());
}

TEST_CASE("their cart goes to the till or to their phone; a change puts the code away, and Escape goes one step at a time") {
  Scene scene = samples::with_customer(true);
  scene.wish(CounterWish{OpenCart{}});
  scene.wish(CounterWish{SendCart{true}});
  std::uint64_t number = 0;
  REQUIRE(asked<MakeCustomerTicket>(scene, &number) != nullptr);
  TicketView ticket = samples::ticket_of(*customer(scene)->cart);
  answer(scene, number, ticket);
  REQUIRE(customer(scene)->cart_work->ticket);
  scene.event(TicketNews{ticket.ticket});
  REQUIRE(asked<FetchCustomerTicket>(scene, &number) != nullptr);
  ticket.state = TicketState::paid;
  answer(scene, number, ticket);
  CHECK(customer(scene)->cart_work->ticket->state == TicketState::paid);
  scene.wish(GoBack{});
  CHECK_FALSE(customer(scene)->cart_work->ticket);
  scene.wish(CounterWish{SendCart{false}});
  REQUIRE(asked<KeepCustomerCart>(scene, &number) != nullptr);
  answer(scene, number, samples::some_code(3));
  REQUIRE(customer(scene)->cart_work->code);
  scene.wish(CounterWish{CountCart{customer(scene)->cart->lines[0].key, 1}});
  CHECK_FALSE(customer(scene)->cart_work->code);
  scene.wish(GoBack{});
  CHECK_FALSE(customer(scene)->cart_work);
  CHECK(customer(scene)->cart);
  scene.wish(GoBack{});
  CHECK_FALSE(customer(scene));
}

TEST_CASE("a cart is changed by whoever may, and by nobody when their time is over") {
  Scene scene = samples::with_customer(true);
  std::erase(scene.model.visit.desk.session->permissions, "carts");
  scene.wish(CounterWish{OpenCart{}});
  CHECK_FALSE(customer(scene)->cart_work);
  CHECK(scene.model.visit.desk.notice == "not_permitted");
}

TEST_CASE("a part that is refused closes too; older pages come below what is there") {
  Scene scene = samples::with_customer(true);
  scene.wish(CounterWish{ShowOlder{}});
  std::uint64_t number = 0;
  REQUIRE(asked<FetchCustomerPart>(scene, &number) != nullptr);
  CustomerPart page;
  page.panel = "timeline";
  page.shown = true;
  page.doings.resize(2);
  answer(scene, number, page);
  CHECK(customer(scene)->timeline->doings.size() == 9);
  CHECK(customer(scene)->timeline->next.empty());
  scene.wish(CounterWish{ShowOlder{}});
  CHECK(asked<FetchCustomerPart>(scene) == nullptr);
  scene.event(CustomerNews{});
  std::uint64_t head = 0;
  REQUIRE(asked<FetchCustomer>(scene, &head) != nullptr);
  CHECK(customer(scene)->timeline);  // until the answer
  refuse(scene, head, "look_up_over");
  CHECK_FALSE(customer(scene));
  CHECK(shown_route(scene.model) == Route::queue);
}

TEST_CASE("who is erased while a counter shows them is closed there, and the counter says why") {
  Scene scene = samples::with_customer(true);
  scene.event(CustomerNews{});
  std::uint64_t head = 0;
  REQUIRE(asked<FetchCustomer>(scene, &head) != nullptr);
  refuse(scene, head, "customer_erased");
  CHECK_FALSE(customer(scene));
  CHECK(shown_route(scene.model) == Route::queue);
  CHECK(scene.model.visit.desk.notice == "customer_erased");
}

TEST_CASE("they agree at the counter, or no longer: said with the withdrawals that were shown, and in force at once") {
  Scene scene = samples::with_customer(false);
  customer(scene)->withdrawals = {std::string(32, 'f') + ".0"};
  scene.wish(CounterWish{LetSee{true}});
  std::uint64_t number = 0;
  const auto* change = asked<ChangeSharing>(scene, &number);
  REQUIRE(change != nullptr);
  CHECK(change->granted);
  CHECK(change->shown == std::vector<std::string>{std::string(32, 'f') + ".0"});
  scene.wish(CounterWish{LetSee{true}});
  CHECK(asked<ChangeSharing>(scene) == nullptr);  // once
  answer(scene, number, SharingChanged{true});
  CHECK(asked<FetchCustomer>(scene) != nullptr);
  Scene open = samples::with_customer(true);
  open.wish(CounterWish{LetSee{false}});
  REQUIRE(asked<ChangeSharing>(open, &number) != nullptr);
  answer(open, number, SharingChanged{false});
  CHECK_FALSE(customer(open)->timeline);
  CHECK_FALSE(customer(open)->seen->shares_history);
}

TEST_CASE("back, the queue, an order, the lock and a quarter of an hour leave nothing of them") {
  for (const int how : {0, 1, 2, 3, 4}) {
    CAPTURE(how);
    Scene scene = samples::with_customer(true);
    if (how == 0) scene.wish(GoBack{});
    if (how == 1) scene.wish(Navigate{Route::queue});
    if (how == 2) scene.wish(CounterWish{OpenOrder{"481206"}});
    if (how == 3) scene.wish(CounterWish{LockCounter{}});
    if (how == 4) {
      for (int minute = 0; minute < 15; ++minute) {
        scene.wait(60'000);
        scene.event(PersonDid{});
      }
      scene.wait(1);
      CHECK(scene.model.visit.desk.notice == "look_up_over");
    }
    CHECK_FALSE(customer(scene));
    CHECK(shown_route(scene.model) == (how == 2 ? Route::order : how == 3 ? Route::sign_in : Route::queue));
  }
}

TEST_CASE("staff put a coupon on their cart, typed or scanned; it is undone by its opposite") {
  Scene scene = samples::with_customer(true);
  scene.event(ScanSeen{"VC1:SAVE10", false, false, true});  // the cart is not on the screen
  CHECK(asked<ChangeCustomerCart>(scene) == nullptr);
  scene.wish(CounterWish{OpenCart{}});
  scene.wish(CounterWish{TypeCoupon{}});
  CHECK(customer(scene)->cart_work->keyboard);
  for (const char letter : std::string("tea5")) scene.wish(TypeKey{{KeyTouch::Kind::text, std::string(1, letter)}});
  CHECK(customer(scene)->cart_work->searching == 0);
  scene.wish(Submit{});
  std::uint64_t number = 0;
  const auto* change = asked<ChangeCustomerCart>(scene, &number);
  REQUIRE(change != nullptr);
  CHECK(change->action == "add_coupon");
  CHECK(change->coupon == "tea5");
  CHECK_FALSE(customer(scene)->cart_work->keyboard);
  answer(scene, number, samples::cart_with_coupons());
  scene.wish(CounterWish{UndoCart{}});
  change = asked<ChangeCustomerCart>(scene, &number);
  REQUIRE(change != nullptr);
  CHECK(change->action == "remove_coupon");
  answer(scene, number, *customer(scene)->cart);
  scene.event(ScanSeen{"VC1:SAVE10", false, false, true});
  change = asked<ChangeCustomerCart>(scene);
  REQUIRE(change != nullptr);
  CHECK(change->coupon == "SAVE10");
}
