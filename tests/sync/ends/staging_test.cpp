// SPDX-License-Identifier: Apache-2.0
// Pages of the own stream that are staged, and pushes that come late: together they may be no state that the stream ever had.
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;

TEST_CASE("a push that was read before the staged pages does not end them, and one that was read after them does") {
  const StoreId harbour{"harbour-street"};
  const StreamName own = protocol::own_stream(harbour);
  SmallWorld world(81, {"harbour-street"});
  const DocumentKey key{"cart", std::string(32, 'c')};
  const auto add = [&](const char* sku) {
    auto operation = protocol::encode_cart_operation(CartId{key.id}, rules::CartAdd{Sku{sku}, 1, "kiosk", harbour, std::nullopt});
    const TransactionId id{world.chance().hex_128()};
    REQUIRE(world.at_store(harbour, {id, Nature::intent, "kiosk-1", {std::move(operation)}}).what == Performance::done);
  };
  world.connect(harbour);
  add("A");
  world.run(8'000);
  MemoryReplica& rows = world.rows(harbour);
  const std::uint64_t at = rows.streams_now(own).cursor.seq;
  Weather no_pages;
  no_pages.pages_lost = true;
  add("B");
  world.run(3'000, no_pages);
  REQUIRE(rows.state().applied_n == 2);
  const std::string before = rows.seen(key).value_or("");
  // The cart has changed once more since, so it stands at at + 5, and nothing of it is in what comes before.
  const auto& ack = world.authority().applied(harbour);
  const auto page = [&](std::uint64_t from, std::uint64_t to, std::uint64_t head, bool more) {
    protocol::Page one;
    one.stream = own;
    one.era = world.authority().era();
    one.from = from;
    one.to = to;
    one.head = head;
    one.more = more;
    one.applied = ack;
    return one;
  };
  world.hub_says(harbour, page(at, at + 3, at + 5, true));
  world.hub_says(harbour, page(at + 3, at + 4, at + 4, false));
  CHECK(rows.streams_now(own).cursor.seq == at);
  CHECK(rows.state().ack.n == 1);
  CHECK(rows.seen(key).value_or("") == before);
  world.hub_says(harbour, page(at + 3, at + 5, at + 5, false));
  CHECK(rows.streams_now(own).cursor.seq == at + 5);
  CHECK(rows.state().ack.n == 2);
}

TEST_CASE("a state of many pages enters a portion at a time, and what is too much to be named is said to be much") {
  const StoreId harbour{"harbour-street"};
  const StreamName own = protocol::own_stream(harbour);
  std::size_t documents = 3;
  SUBCASE("a few") {}
  SUBCASE("more than a portion") { documents = tuning::staged_at_once + 7; }
  SUBCASE("more than are named") { documents = tuning::changed_named_max + 7; }
  SmallWorld world(82, {"harbour-street"});
  world.connect(harbour);
  world.run(8'000);
  MemoryReplica& rows = world.rows(harbour);
  const std::uint64_t at = rows.streams_now(own).cursor.seq;
  REQUIRE(rows.streams_now(own).filled);
  // One action on two documents, whose words of the hub come in two portions.
  const DocumentKey first{"cart", std::string(32, '0')};
  const DocumentKey second{"cart", std::string(32, 'f')};
  const auto add = [&](const DocumentKey& key) {
    return protocol::encode_cart_operation(CartId{key.id}, rules::CartAdd{Sku{"A"}, 1, "kiosk", harbour, std::nullopt});
  };
  REQUIRE(world.at_store(harbour, {TransactionId{world.chance().hex_128()}, Nature::intent, "kiosk-1", {add(first), add(second)}})
              .what == Performance::done);
  Weather no_operations;
  no_operations.ops_lost = true;
  world.run(3'000, no_operations);
  const std::string shown = rows.seen(second).value_or("");

  protocol::Page page;
  page.stream = own;
  page.era = world.authority().era();
  page.from = at;
  page.head = at + 2;
  page.to = at + 1;
  page.more = true;
  for (std::size_t i = 0; i < documents; ++i) {
    std::string name = std::to_string(i);
    page.entries.push_back(
        {{"affinity", std::string(8 - name.size(), '0') + name}, {{1, 1}, {}}, R"({"n":)" + name + "}", false});
  }
  page.entries.push_back({second, {{1, 1}, {}}, std::nullopt, false});
  world.hub_says(harbour, page);
  CHECK(rows.streams_now(own).cursor.seq == at);
  CHECK_FALSE(rows.base({"affinity", "00000000"}));
  page.entries = {{{"affinity", "00000001"}, {{1, 2}, {}}, "{}", false}};
  page.from = at + 1;
  page.to = at + 2;
  page.more = false;
  const StoreEffects effects = world.end(harbour).received(page, world.now());
  CHECK(rows.streams_now(own).cursor.seq == at + 2);
  CHECK(rows.staged(0, 1).empty());
  CHECK(rows.base({"affinity", "00000001"})->body == "{}");
  for (std::size_t i = 2; i < documents; ++i) {
    const std::string name = std::to_string(i);
    const auto base = rows.base({"affinity", std::string(8 - name.size(), '0') + name});
    REQUIRE(base);
    REQUIRE(base->body == R"({"n":)" + name + "}");
  }
  CHECK(rows.seen(second).value_or("") == shown);
  CHECK(effects.much_changed == (documents > tuning::changed_named_max));
  CHECK(effects.changed.size() == (effects.much_changed ? 0 : documents + 3));
}
