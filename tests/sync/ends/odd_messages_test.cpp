// SPDX-License-Identifier: Apache-2.0
// A store against large streams, unlucky orders and messages that no hub should send: it goes on, asks no more than it must,
// and shows no change that the hub would not make.
#include <doctest/doctest.h>

#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;

namespace {

const StoreId harbour{"harbour-street"};
const StreamName own{"store.harbour-street"};

Operation add(const CartId& cart, const std::string& sku) {
  return protocol::encode_cart_operation(cart, rules::CartAdd{Sku{sku}, 1, "kiosk", harbour, std::nullopt});
}

LocalAction action(SmallWorld& world, std::vector<Operation> operations) {
  return {TransactionId{world.chance().hex_128()}, Nature::intent, "kiosk-1", std::move(operations)};
}

std::uint64_t cursor_of(SmallWorld& world, const StreamName& name) {
  for (const StreamState& stream : world.rows(harbour).streams()) {
    if (stream.stream == name) return stream.cursor.seq;
  }
  return 0;
}

}  // namespace

TEST_CASE("an own stream of more pages than one pull brings fills, and does not begin again with every pull") {
  SmallWorld world(11, {"harbour-street"});
  for (int i = 0; i < 4000; ++i) {
    world.put({"stock", "harbour-street/" + std::to_string(i)}, R"({"aisle":")" + std::string(600, 'x') + "\"}");
  }
  world.connect(harbour);
  world.run(8'000);
  world.check_same();
  CHECK(world.rows(harbour).base_rows(own).size() == 4000);
  CHECK(world.sent_up() < 20);
}

TEST_CASE("pushes while the own stream is filled do not make the store ask again") {
  SmallWorld world(12, {"harbour-street"});
  MemoryReplica& rows = world.rows(harbour);
  StoreEnd& end = world.end(harbour);
  const Era era = world.authority().era();
  end.connected(world.now());
  protocol::Welcome welcome;
  welcome.token = "t";
  welcome.era = era;
  welcome.clock = world.now().utc;
  welcome.page_bytes = 1 << 20;
  // Only the own stream is left to fill.
  for (const char* name : {"catalog", "content", "prices.uk", "settings"}) {
    rows.put_stream({StreamName{name}, true, {era, 1}, {}, {}});
  }
  StoreEnd fresh(rows, {StreamName{"catalog"}}, "test", world.chance(), world.now());
  fresh.connected(world.now());
  welcome.heads = {{own, 300, 0}};
  REQUIRE(fresh.received(welcome, world.now()).sends.size() == 1);
  const auto page = [&](std::uint64_t from, std::uint64_t to, std::uint64_t head) {
    return protocol::Page{
        own, era, from, to, head, to < head, {}, {}, {{{"stock", std::to_string(to)}, {{1, to}, {}}, "{}", false}}};
  };
  CHECK(fresh.received(page(0, 100, 300), world.now()).sends.empty());
  CHECK(fresh.received(page(300, 301, 301), world.now()).sends.empty());  // pushes
  CHECK(fresh.received(page(301, 302, 302), world.now()).sends.empty());
  CHECK(fresh.received(page(100, 200, 300), world.now()).sends.empty());
  const auto after = fresh.received(page(200, 300, 300), world.now());
  CHECK(after.sends.size() == 1);  // for what the pushes named
  CHECK(rows.base_rows(own).size() == 3);
}

TEST_CASE("a store never asks to be woken at a time that is over") {
  SmallWorld world(20, {"harbour-street"});
  StoreEnd& end = world.end(harbour);
  const Now start = world.now();
  const auto after = [start](std::int64_t ms) { return Now{start.utc.plus(ms), start.mono.plus(ms)}; };
  protocol::Welcome welcome;
  welcome.token = "t";
  welcome.era = world.authority().era();
  welcome.clock = start.utc;
  for (const char* name : {"catalog", "content", "prices.uk", "settings"}) welcome.heads.push_back({StreamName{name}, 5, 0});
  welcome.heads.push_back({own, 5, 0});
  end.connected(start);
  end.received(welcome, start);
  // Five streams are wanted and two pulls are under way: the others wait for these, not for the clock.
  CHECK(end.woke(after(1)).wake_at.value() > after(1).mono);
  // A beat falls due while the store is greeting again.
  end.received(protocol::OpsRefused{welcome.era, "token", 0}, after(14'000));
  CHECK(end.woke(after(15'000)).wake_at.value() > after(15'000).mono);
}

TEST_CASE("a head that the hub does not have is not asked for for ever") {
  SmallWorld world(13, {"harbour-street"});
  world.put({"product", "1"}, "{}");
  world.connect(harbour);
  world.run(8'000);
  const std::size_t before = world.sent_up();
  world.hub_says(harbour, protocol::Heads{world.authority().era(), {{StreamName{"catalog"}, 1'000'000, 0}}, world.now().utc});
  world.run(14'000);
  CHECK(world.sent_up() < before + 6);
  world.put({"product", "2"}, "{}");
  world.run(8'000);
  world.check_same();
}

TEST_CASE("a store that is turned away, or not answered, says hello again by itself") {
  for (const int what : {0, 1, 2}) {
    CAPTURE(what);
    SmallWorld world(14, {"harbour-street"});
    world.connect(harbour);
    protocol::Welcome welcome;
    welcome.token = "t";
    welcome.era = world.authority().era();
    welcome.clock = world.now().utc;
    if (what == 0) welcome.protocol = 9;
    if (what == 1) welcome.applied = Applied{world.rows(harbour).state().incarnation, 7, Hash{}};
    if (what == 2) {
      world.run(2'000);
      world.hub_says(harbour, protocol::OpsRefused{welcome.era, "fork", 0});
    } else {
      world.hub_says(harbour, welcome);
    }
    world.run(60'000);
    CHECK(world.end(harbour).link().online);
  }
}

TEST_CASE("a hub that refuses and refuses is not asked in a circle") {
  SmallWorld world(15, {"harbour-street"});
  world.connect(harbour);
  world.run(2'000);
  const std::size_t before = world.sent_up();
  for (int i = 0; i < 50; ++i) {
    world.hub_says(harbour, protocol::OpsRefused{world.authority().era(), "token", 0});
    world.run(20);
  }
  CHECK(world.sent_up() < before + 25);
  world.run(60'000);
  CHECK(world.end(harbour).link().online);
}

TEST_CASE("an acknowledgement that overtakes the hub's word frees the outbox") {
  SmallWorld world(16, {"harbour-street"});
  const CartId cart{world.chance().hex_128()};
  world.connect(harbour);
  world.run(3'000);
  world.at_store(harbour, action(world, {add(cart, "A")}));
  const StoreState state = world.rows(harbour).state();
  const std::uint64_t cursor = cursor_of(world, own);
  protocol::Page page{own, world.authority().era(), cursor, cursor + 2, cursor + 2, false, {}, {}, {}};
  page.applied = {{state.incarnation, state.last_n, state.last_hash}};
  world.hub_says(harbour, page);
  const std::size_t before = world.sent_up();
  world.at_store(harbour, action(world, {add(cart, "B")}));
  CHECK(world.sent_up() == before + 1);
}

TEST_CASE("an intent that a new base refuses hides all that it did, in every document") {
  SmallWorld world(17, {"harbour-street"});
  const CartId owned{world.chance().hex_128()};
  const CartId other{world.chance().hex_128()};
  const DocumentKey key{"cart", owned.text};
  world.at_hub({TransactionId{world.chance().hex_128()}, "phone", {add(owned, "A")}});
  world.connect(harbour);
  world.run(3'000);
  world.cut(harbour);
  const Operation assign = protocol::encode_cart_operation(owned, rules::CartAssign{CustomerId{"amelia"}, std::nullopt});
  REQUIRE(world.at_store(harbour, action(world, {assign, add(other, "B")})).what == Performance::done);
  CHECK(world.rows(harbour).seen({"cart", other.text}).has_value());

  world.connect(harbour);
  protocol::Welcome welcome;
  welcome.token = "t";
  welcome.era = world.authority().era();
  welcome.clock = world.now().utc;
  world.hub_says(harbour, welcome);
  auto cart = protocol::decode_cart(owned, *world.authority().document(key)->body);
  cart->owner = CustomerId{"someone-else"};
  const std::uint64_t cursor = cursor_of(world, own);
  world.hub_says(harbour, protocol::Page{own,
                                         welcome.era,
                                         cursor,
                                         cursor + 1,
                                         cursor + 1,
                                         false,
                                         {},
                                         {},
                                         {{key, {{1, 9}, {}}, protocol::encode_cart(*cart), false}}});
  REQUIRE(cursor_of(world, own) == cursor + 1);
  CHECK_FALSE(world.rows(harbour).seen({"cart", other.text}).has_value());
}

TEST_CASE("an action is confirmed only if it can travel") {
  SmallWorld world(18, {"harbour-street"});
  const CartId cart{world.chance().hex_128()};
  REQUIRE(world.at_store(harbour, action(world, {add(cart, "A")})).what == Performance::done);
  rules::CartRemove all{"A", {}, std::nullopt};
  for (std::size_t i = 0; i < rules::cart_dots_max; ++i) all.shown.push_back(DotId{world.chance().hex_128() + ".0"});
  // As much as a cart can hold goes up …
  REQUIRE(world.at_store(harbour, action(world, {protocol::encode_cart_operation(cart, all)})).what == Performance::done);
  // … and what the hub could not read is refused at once.
  CHECK(world.at_store(harbour, action(world, std::vector<Operation>(65, add(cart, "A")))).what == Performance::refused);
  world.connect(harbour);
  world.run(5'000);
  world.check_same();
  CHECK(world.rows(harbour).state().ack.n == 2);
}

TEST_CASE("a page whose keys are written in two ways is refused") {
  const std::string head = R"({"kind":"page","stream":"catalog","era":{"n":1,"id":"000102030405060708090a0b0c0d0e0f"},"from":0,)"
                           R"("to":2,"head":2,"more":false,"applied":[],)";
  const std::string entry = R"({"c":"product","i":"1","v":[1,1],"b":{}})";
  CHECK(protocol::decode_hub_message(head + R"("entries":[)" + entry + "]}").has_value());
  CHECK_FALSE(protocol::decode_hub_message(head + R"("entr\u0069es":[],"entries":[)" + entry + "," + entry + "]}").has_value());
}
