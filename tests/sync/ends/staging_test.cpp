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
