// SPDX-License-Identifier: Apache-2.0
// Orders that are asked for in a store, out of a cart: units are in the cart or in the order, whoever did what meanwhile, and a
// store orders for nobody but the cart's owner.
#include <doctest/doctest.h>

#include "sync/protocol/order_codec.hpp"
#include "sync/rules/order_state.hpp"
#include "tests/sync/ends/small_world.hpp"
#include "tests/sync/rules/order_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;
using namespace vitrine::sync::rules::test;

namespace {

const CustomerId amelia{"amelia"};
const OrderId number{"K7Q2MN"};
const DocumentKey order_key{"order", number.text};

struct World {
  SmallWorld world{41, {"harbour-street", "mill-lane"}};
  CartId cart{world.chance().hex_128()};
  TransactionId added{world.chance().hex_128()};

  explicit World(bool owned = true) {
    world.put({"customer", amelia.text}, R"({"display_name":"Amelia"})");
    for (const StoreId& store : {here, there}) world.connect(store);
    world.run(20'000);
    hub_does(rules::CartAdd{Sku{"85123A"}, 3, "phone", here, owned ? std::optional(amelia) : std::nullopt}, added);
    hub_does(rules::CartAssign{std::nullopt, there});
    world.run(40'000);
  }

  HubPerformed hub_does(const rules::CartOperation& operation, std::optional<TransactionId> id = std::nullopt) {
    Operation one = protocol::encode_cart_operation(cart, operation);
    one.salt = world.chance().hex_128();
    return world.at_hub({id.value_or(TransactionId{world.chance().hex_128()}), "phone", {one}});
  }
  HubPerformed platform_does(const rules::OrderOperation& operation) {
    Operation one = protocol::encode_order_operation(number, operation);
    one.salt = world.chance().hex_128();
    return world.at_hub({TransactionId{world.chance().hex_128()}, "platform", {one}});
  }
  [[nodiscard]] Operation takes(std::int64_t units) const {
    return protocol::encode_cart_operation(cart, rules::CartOrder{number, {{"85123A", DotId{added.text + ".0"}, units}}, {}});
  }
  [[nodiscard]] Operation asks(std::int64_t units, const StoreId& store = here) const {
    rules::OrderAsk ask = asked_for(units, 1);
    ask.store = store;
    ask.cart = cart;
    ask.lines.resize(1);
    return protocol::encode_order_operation(number, ask);
  }
  Performed store_does(const StoreId& store, std::vector<Operation> operations) {
    return world.at_store(store, {TransactionId{world.chance().hex_128()}, Nature::intent, "kiosk-1", std::move(operations)});
  }
  std::optional<Order> order_in(const StoreId& store) {
    const auto overlay = world.rows(store).overlay(order_key);
    const auto base = world.rows(store).base(order_key);
    const auto body = overlay ? overlay->body : base ? base->body : std::nullopt;
    return body ? std::optional(*protocol::decode_order(number, *body)) : std::nullopt;
  }
  std::optional<Order> at_hub() {
    const auto held = world.authority().document(order_key);
    return held && held->body ? std::optional(*protocol::decode_order(number, *held->body)) : std::nullopt;
  }
  std::int64_t in_cart() {
    const auto held = world.authority().document({"cart", cart.text});
    return held && held->body ? protocol::decode_cart(cart, *held->body)->lines.front().units() : 0;
  }
  std::string outcome_in(const StoreId& store) {
    for (const auto& [row, value] : world.authority().placed(protocol::own_stream(store))) {
      if (row.collection == "outcome" && value.second) return *value.second;
    }
    return "";
  }
};

}  // namespace

TEST_CASE("asked for without a line, an order is there at once, and at the hub with its buyer when the line is back") {
  World w;
  w.world.cut(here);
  REQUIRE(w.store_does(here, {w.takes(2), w.asks(2)}).what == Performance::done);
  REQUIRE(w.order_in(here).has_value());
  CHECK(rules::status_of(*w.order_in(here)) == rules::OrderStatus::asked);
  w.world.connect(here);
  w.world.run(60'000);
  REQUIRE(w.at_hub().has_value());
  CHECK(w.at_hub()->customer == amelia);
  CHECK(w.in_cart() == 1);
  CHECK(w.order_in(here) == w.at_hub());
  CHECK_FALSE(w.order_in(there).has_value());
  w.world.check_same();
}

TEST_CASE("two stores that do not hear each other order the same units: the first that the hub hears has them") {
  World w;
  for (const StoreId& store : {here, there}) w.world.cut(store);
  REQUIRE(w.store_does(here, {w.takes(3), w.asks(3)}).what == Performance::done);
  const OrderId other{"K9XX"};
  Operation take =
      protocol::encode_cart_operation(w.cart, rules::CartOrder{other, {{"85123A", DotId{w.added.text + ".0"}, 1}}, {}});
  Operation ask = w.asks(1, there);
  ask.document.id = other.text;
  REQUIRE(w.store_does(there, {take, ask}).what == Performance::done);
  w.world.connect(here);
  w.world.run(60'000);
  w.world.connect(there);
  w.world.run(60'000);
  CHECK(w.at_hub().has_value());
  CHECK_FALSE(w.world.authority().document({"order", other.text}).has_value());
  CHECK_FALSE(w.world.rows(there).overlay({"order", other.text}).has_value());
  CHECK(w.outcome_in(there).find("cart_changed") != std::string::npos);
  CHECK(w.in_cart() == 0);
  w.world.check_same();
}

TEST_CASE("what was taken out on the phone meanwhile is not ordered, and nothing else of it is") {
  World w;
  w.world.cut(here);
  REQUIRE(w.store_does(here, {w.takes(3), w.asks(3)}).what == Performance::done);
  w.hub_does(rules::CartDecrease{"85123A", {DotId{w.added.text + ".0"}}, 1, {}});
  w.world.connect(here);
  w.world.run(60'000);
  CHECK_FALSE(w.at_hub().has_value());
  CHECK_FALSE(w.order_in(here).has_value());
  CHECK(w.in_cart() == 2);
  w.world.check_same();
}

TEST_CASE("a store orders in no other store's name, under no number that there is, and for nobody but a cart's owner") {
  World w;
  w.store_does(here, {w.takes(1), w.asks(1, there)});
  w.world.run(60'000);
  CHECK(w.outcome_in(here).find("not_allowed") != std::string::npos);
  w.store_does(here, {w.asks(1)});
  w.world.run(60'000);
  CHECK_FALSE(w.at_hub().has_value());
  CHECK(w.in_cart() == 3);

  World taken;
  rules::OrderPlaced placed = two_lines(1, 1);
  placed.store = there;
  taken.platform_does(placed);
  taken.world.run(40'000);
  taken.store_does(here, {taken.takes(1), taken.asks(1)});
  taken.world.run(60'000);
  CHECK(taken.outcome_in(here).find("order_exists") != std::string::npos);
  CHECK_FALSE(taken.at_hub()->asked.has_value());
  CHECK(taken.in_cart() == 3);

  World nobodys(false);
  nobodys.store_does(here, {nobodys.takes(1), nobodys.asks(1)});
  nobodys.world.run(60'000);
  CHECK(nobodys.outcome_in(here).find("cart_without_owner") != std::string::npos);
  CHECK_FALSE(nobodys.at_hub().has_value());
  CHECK(nobodys.in_cart() == 3);
}

TEST_CASE("the platform's answer stands where it was asked for, until it is archived") {
  World w;
  w.store_does(here, {w.takes(2), w.asks(2)});
  w.world.run(60'000);
  rules::OrderPlaced placed = two_lines(1, 1, 2);
  placed.store.reset();
  placed.customer = amelia;
  w.platform_does(placed);
  w.world.run(40'000);
  REQUIRE(w.order_in(here).has_value());
  CHECK(rules::status_of(*w.order_in(here)) == rules::OrderStatus::confirmed);
  placed.revision = 3;
  placed.archived = true;
  w.platform_does(placed);
  w.world.run(40'000);
  CHECK_FALSE(w.order_in(here).has_value());
  CHECK(rules::status_of(*w.at_hub()) == rules::OrderStatus::completed);
  w.world.check_same();
}

TEST_CASE("whoever is erased while a store without a line orders for them gets no order") {
  World w;
  w.world.cut(here);
  REQUIRE(w.store_does(here, {w.takes(2), w.asks(2)}).what == Performance::done);
  w.world.erase(amelia);
  w.world.connect(here);
  w.world.run(60'000);
  CHECK_FALSE(w.at_hub().has_value());
  CHECK_FALSE(w.order_in(here).has_value());
  w.world.check_same();
}
