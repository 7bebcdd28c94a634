// SPDX-License-Identifier: Apache-2.0
// Orders between the hub and stores over a wire: where they stand, what a store may do to one, and what becomes of a hand-over
// and a cancel that did not know of each other.
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

const DocumentKey key{"order", the_order.text};

struct World {
  SmallWorld world{31, {"harbour-street", "mill-lane"}};

  std::optional<MemoryAuthority> before_the_order;

  World() {
    for (const StoreId& store : {here, there}) world.connect(store);
    world.run(20'000);
    before_the_order = world.backup();
    hub_does(two_lines(2, 2));
    world.run(40'000);
  }
  HubPerformed hub_does(const rules::OrderOperation& operation) {
    Operation one = protocol::encode_order_operation(the_order, operation);
    one.salt = world.chance().hex_128();
    return world.at_hub({TransactionId{world.chance().hex_128()}, "platform", {one}});
  }
  Performed store_does(const StoreId& store, const rules::OrderOperation& operation, Nature nature = Nature::fact) {
    LocalAction action{TransactionId{world.chance().hex_128()}, nature, "counter-1", {}};
    action.operations.push_back(protocol::encode_order_operation(the_order, operation));
    return world.at_store(store, action);
  }
  Order at_hub() { return *protocol::decode_order(the_order, *world.authority().document(key)->body); }
  std::optional<Order> seen_in(const StoreId& store) {
    const auto overlay = world.rows(store).overlay(key);
    const auto base = world.rows(store).base(key);
    const auto body = overlay ? overlay->body : base ? base->body : std::nullopt;
    if (!body) return std::nullopt;
    return *protocol::decode_order(the_order, *body);
  }
};

std::size_t outcomes(SmallWorld& world, const StoreId& store) {
  std::size_t count = 0;
  for (const auto& [row, value] : world.authority().placed(protocol::own_stream(store)))
    count += row.collection == "outcome" ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("an order stands in the store where it is collected and nowhere else, moves with it, and leaves when it is archived") {
  World w;
  CHECK(w.seen_in(here).has_value());
  CHECK_FALSE(w.seen_in(there).has_value());
  auto moved = two_lines(2, 2, 2);
  moved.store = there;
  w.hub_does(moved);
  w.world.run(40'000);
  CHECK_FALSE(w.seen_in(here).has_value());
  CHECK(w.seen_in(there).has_value());
  moved.revision = 3;
  moved.archived = true;
  w.hub_does(moved);
  w.world.run(40'000);
  CHECK_FALSE(w.seen_in(there).has_value());
  w.world.check_same();
}

TEST_CASE("handed over in a store without a line while the hub cancels: one exception at both ends, whoever was first") {
  World w;
  w.store_does(here, rules::OrderStage{"A3"});
  w.world.run(40'000);
  w.world.cut(here);
  w.hub_does(rules::OrderCancel{"buyer"});
  REQUIRE(w.store_does(here, rules::OrderHandOver{here, {{1, 2}, {2, 2}}, "pass", false}).what == Performance::done);
  CHECK(rules::status_of(*w.seen_in(here)) == rules::OrderStatus::collected);
  w.world.connect(here);
  w.world.run(60'000);
  CHECK(rules::open_exceptions(w.at_hub()) == std::vector<std::string_view>{"handed_over_after_cancel"});
  CHECK(w.seen_in(here) == w.at_hub());
  CHECK(rules::places_of(w.at_hub()).customer == 4);
  w.world.check_same();
}

TEST_CASE("a store may not touch money, nor speak for another store, nor for an order that is not its own") {
  World w;
  const auto before = w.at_hub();
  w.store_does(here, rules::OrderPay{2'700}, Nature::intent);
  w.store_does(here, rules::OrderCancel{"store"}, Nature::fact);
  w.store_does(here, rules::OrderHandOver{there, {{1, 1}}, "pass", false});
  w.store_does(there, rules::OrderPicked{1, 1, 0});
  w.world.run(60'000);
  CHECK(w.at_hub().paid_minor == 0);
  CHECK_FALSE(w.at_hub().cancelled.has_value());
  CHECK(w.at_hub().lines == before.lines);
  CHECK(outcomes(w.world, here) == 3);
  CHECK_FALSE(w.seen_in(there).has_value());
  w.world.check_same();
}

TEST_CASE("goods handled for an order that a restored hub has not got make it anew, and the platform's placing fills it in") {
  World w;
  SmallWorld& world = w.world;
  w.store_does(here, rules::OrderPicked{1, 2, 0});
  w.store_does(here, rules::OrderHandOver{here, {{1, 2}}, "pass", false});
  world.run(40'000);
  REQUIRE(w.at_hub().lines.front().tally.handed == 2);
  world.cut(here);
  world.restore(*w.before_the_order);
  world.connect(here);
  world.run(90'000);
  CHECK(w.at_hub().revision == 0);
  CHECK(w.at_hub().lines.front().tally.handed == 2);
  CHECK(w.at_hub().unknown_fields.find("from_fact") != std::string::npos);
  w.hub_does(two_lines(2, 2));
  world.run(60'000);
  CHECK(rules::status_of(w.at_hub()) == rules::OrderStatus::part_collected);
  CHECK(w.seen_in(here) == w.at_hub());
  world.check_same();
}

TEST_CASE(
    "an order that was made anew from a fact stays with its store, whatever the hub does to it before the platform places it") {
  World w;
  SmallWorld& world = w.world;
  w.store_does(here, rules::OrderPicked{1, 2, 0});
  world.run(40'000);
  world.cut(here);
  world.restore(*w.before_the_order);
  world.connect(here);
  world.run(90'000);
  REQUIRE(w.at_hub().revision == 0);
  w.hub_does(rules::OrderPay{500});
  world.run(40'000);
  w.store_does(here, rules::OrderHandOver{here, {{1, 2}}, "staff", false});
  world.run(40'000);
  CHECK(w.at_hub().lines.front().tally.handed == 2);
  CHECK(outcomes(world, here) == 0);
  CHECK(w.seen_in(here) == w.at_hub());
  world.check_same();
}
