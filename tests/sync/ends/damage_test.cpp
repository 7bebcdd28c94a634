// SPDX-License-Identifier: Apache-2.0
// A disk that turns a bit over in what a store has: nothing of it is shown or said, what the hub has comes from the hub, and an
// own transaction that nobody else has goes to a person while those after it go on.
#include "tests/sync/ends/other_versions.hpp"
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;

namespace {

const StoreId harbour{"harbour-street"};

std::string units_of(const std::optional<std::string>& body) {
  if (!body) return "nothing";
  const auto cart = protocol::decode_cart(CartId{std::string(32, 'c')}, *body);
  if (!cart) return "unreadable";
  std::string text;
  for (const CartLine& line : cart->lines) text += line.sku.text + std::to_string(line.units());
  return text;
}

struct Counter {
  SmallWorld& world;
  DocumentKey key{"cart", std::string(32, 'c')};
  void add(const std::string& sku) {
    const TransactionId id{world.chance().hex_128()};
    auto operation = protocol::encode_cart_operation(CartId{key.id}, rules::CartAdd{Sku{sku}, 1, "kiosk", harbour, std::nullopt});
    REQUIRE(world.at_store(harbour, {id, Nature::intent, "kiosk-1", {std::move(operation)}}).what == Performance::done);
  }
  std::string at_hub() { return units_of(world.authority().document(key)->body); }
  std::string seen() { return units_of(world.rows(harbour).seen(key)); }
};

}  // namespace

TEST_CASE("a damaged transaction that the hub has not is told to a person, and those around it reach the hub once") {
  for (const std::uint64_t damaged : {2ULL, 3ULL, 5ULL}) {
    CAPTURE(damaged);
    SmallWorld world(71, {"harbour-street"});
    Counter counter{world};
    world.connect(harbour);
    counter.add("A");
    world.run(8'000);
    world.cut(harbour);
    for (const char* sku : {"B", "C", "D", "E"}) counter.add(sku);
    MemoryReplica& rows = world.rows(harbour);
    const IncarnationId life = rows.state().incarnation;
    rows.damage_outbox(damaged);
    world.restart(harbour);
    world.end(harbour).look_over(world.now());
    const std::string expected = damaged == 2 ? "A1C1D1E1" : damaged == 3 ? "A1B1D1E1" : "A1B1C1D1";
    CHECK(counter.seen() == expected);
    world.connect(harbour);
    world.run(60'000);
    world.check_same();
    CHECK(counter.at_hub() == expected);
    CHECK(rows.set_aside().size() == 1);
    CHECK(rows.state().last_n == 4);
    CHECK(rows.state().incarnation != life);
    CHECK(world.authority().conduct(harbour).forks == 0);
    CHECK(world.authority().conduct(harbour).offences_total == 0);
    counter.add("F");
    world.run(8'000);
    CHECK(counter.at_hub() == expected + "F1");
    world.check_same();
  }
}

TEST_CASE("a transaction that is damaged while the store runs leaves the screen when it is found, not when the hub answers") {
  SmallWorld world(74, {"harbour-street"});
  Counter counter{world};
  world.connect(harbour);
  counter.add("A");
  world.run(8'000);
  world.cut(harbour);
  for (const char* sku : {"B", "C", "D"}) counter.add(sku);
  world.rows(harbour).damage_outbox(3);
  REQUIRE(counter.seen() == "A1B1C1D1");
  world.connect(harbour);
  Weather no_pages;
  no_pages.pages_lost = true;
  world.run(30'000, no_pages);
  REQUIRE(world.rows(harbour).set_aside().size() == 1);
  CHECK(counter.seen() == "A1B1D1");
  world.run(60'000);
  world.check_same();
  CHECK(counter.at_hub() == "A1B1D1");
}

TEST_CASE("a damaged transaction that the hub has is not replayed, and the hub's word replaces it") {
  SmallWorld world(72, {"harbour-street"});
  Counter counter{world};
  world.connect(harbour);
  counter.add("A");
  counter.add("B");
  Weather no_pages;
  no_pages.pages_lost = true;
  world.run(3'000, no_pages);
  REQUIRE(world.rows(harbour).state().applied_n == 2);
  REQUIRE(world.rows(harbour).state().ack.n < 2);
  world.rows(harbour).damage_outbox(2);
  world.restart(harbour);
  world.end(harbour).look_over(world.now());
  CHECK(counter.seen().find("B") == std::string::npos);
  CHECK(counter.seen().find("@") == std::string::npos);
  world.connect(harbour);
  world.run(60'000);
  world.check_same();
  CHECK(counter.seen() == "A1B1");
  CHECK(world.rows(harbour).set_aside().empty());
}

TEST_CASE("a store whose own documents were damaged shows nothing of people until the hub's word is here") {
  SmallWorld world(73, {"harbour-street"});
  Counter counter{world};
  const DocumentKey goods{"product", "A"};
  world.put(goods, R"({"sku":"A"})");
  world.connect(harbour);
  counter.add("A");
  world.run(20'000);
  world.cut(harbour);
  MemoryReplica& rows = world.rows(harbour);
  world.restart(harbour);
  world.end(harbour).look_over(world.now());
  CHECK_FALSE(rows.state().in_doubt);
  rows.damage(goods);  // no person's document
  world.restart(harbour);
  world.end(harbour).look_over(world.now());
  CHECK_FALSE(rows.state().in_doubt);
  rows.damage(counter.key);
  world.restart(harbour);
  world.end(harbour).look_over(world.now());
  CHECK(rows.state().in_doubt);
  world.restart(harbour);  // what was found is not forgotten with the process
  world.end(harbour).look_over(world.now());
  CHECK(rows.state().in_doubt);
  world.connect(harbour);
  world.run(60'000);
  CHECK_FALSE(rows.state().in_doubt);
  CHECK(counter.seen() == "A1");
  world.check_same();
}

TEST_CASE("of a hub that says no digests what the disk has damaged is fetched anew all the same") {
  SmallWorld world(74, {"harbour-street"});
  Counter counter{world};
  world.other_version = [](const std::string& json, bool up) { return up ? json : without_digests(json); };
  world.connect(harbour);
  counter.add("A");
  world.run(20'000);
  world.cut(harbour);
  world.rows(harbour).damage(counter.key);
  world.restart(harbour);
  world.end(harbour).look_over(world.now());
  CHECK(world.rows(harbour).state().in_doubt);
  world.connect(harbour);
  world.run(60'000);
  CHECK_FALSE(world.rows(harbour).state().in_doubt);
  CHECK(counter.seen() == "A1");
  world.check_same();
}
