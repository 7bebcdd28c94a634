// SPDX-License-Identifier: Apache-2.0
// What is gone leaves the hub's streams when every store has been told, and the hub itself when nothing can ask for it any more;
// nobody who comes later keeps a ghost, and no number starts again.
#include <doctest/doctest.h>

#include "sync/tuning.hpp"
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;

namespace {

const StoreId harbour{"harbour-street"};
const StreamName catalog{"catalog"};
const StreamName own{"store.harbour-street"};
constexpr std::int64_t day_ms = 24LL * 3'600'000;
constexpr std::int64_t beat_ms = 20'000;  // a store has said where it is

std::string stock_id(int i) { return "harbour-street/" + std::to_string(i); }

struct Shop {
  SmallWorld world;
  explicit Shop(std::uint64_t seed, int goods = 30) : world(seed, {"harbour-street"}) {
    for (int i = 0; i < goods; ++i) {
      world.put({"product", std::to_string(i)}, R"({"v":1})");
      world.put({"stock", stock_id(i)}, R"({"on_hand":1})");
    }
    world.connect(harbour);
    world.run(beat_ms);
    world.check_same();
  }
  // A day's purges, day after day, as the hub does them.
  std::size_t documents_purged_in(int days) {
    std::size_t documents = 0;
    for (int day = 0; day < days; ++day) {
      world.wait(day_ms);
      documents += world.purge().documents;
    }
    return documents;
  }
  std::uint64_t horizon(const StreamName& name) { return world.authority().horizon(name); }
  std::uint64_t repairs(const StreamName& name) {
    for (const StreamState& stream : world.rows(harbour).streams()) {
      if (stream.stream == name) return stream.repairs;
    }
    return 0;
  }
};

}  // namespace

TEST_CASE("a tombstone of the own stream is purged once the store has said to be past it, and not before") {
  Shop shop(61);
  SmallWorld& world = shop.world;
  CHECK(world.purge().entries == 0);
  world.cut(harbour);
  world.take_away({"stock", stock_id(3)});
  const std::uint64_t tombstone = world.authority().head(own);
  CHECK(world.purge().entries == 0);
  world.connect(harbour);
  world.run(beat_ms);
  CHECK_FALSE(world.rows(harbour).base({"stock", stock_id(3)})->body);
  CHECK(world.purge().entries == 1);
  CHECK(shop.horizon(own) == tombstone);
  CHECK(world.purge().entries == 0);
  world.put({"stock", stock_id(4)}, R"({"on_hand":9})");
  world.run(beat_ms);
  world.check_same();
  CHECK(shop.repairs(own) == 0);
}

TEST_CASE("what a store says of another era, or of a place that the hub does not have, purges nothing it has not passed") {
  Shop shop(62);
  SmallWorld& world = shop.world;
  world.cut(harbour);
  world.take_away({"stock", stock_id(1)});
  const std::uint64_t head = world.authority().head(own);
  const auto said = [&](const Era& era, std::uint64_t seq) {
    const protocol::Beat beat{0, world.now().utc, {{own, {era, seq}}}};
    world.authority().put_presence(harbour, protocol::encode(protocol::StoreMessage{beat}), world.now().utc);
  };
  said({7, "0f0e0d0c0b0a09080706050403020100"}, head + 5);
  CHECK(world.purge().entries == 0);
  said(world.authority().era(), head - 1);
  CHECK(world.purge().entries == 0);
  world.authority().put_presence(harbour, "no JSON at all", world.now().utc);
  CHECK(world.purge().entries == 0);
  said(world.authority().era(), head);
  CHECK(world.purge().entries == 1);
}

TEST_CASE("a shared stream keeps what is gone for 90 days, whoever has read it") {
  Shop shop(63);
  SmallWorld& world = shop.world;
  world.take_away({"product", "3"});
  const std::uint64_t tombstone = world.authority().head(catalog);
  world.run(beat_ms);
  CHECK_FALSE(world.rows(harbour).base({"product", "3"}).has_value());  // the store itself keeps no such row
  CHECK(shop.documents_purged_in(static_cast<int>(tuning::hub_keeps_days)) == 0);
  CHECK(shop.horizon(catalog) == 0);
  world.wait(day_ms);
  world.purge();
  CHECK(shop.horizon(catalog) == tombstone);
}

TEST_CASE("a store that comes back with a cursor before the horizon keeps no ghost, and fetches only what differs") {
  Shop shop(64, 300);
  SmallWorld& world = shop.world;
  const MemoryReplica copy = world.rows(harbour);
  for (const int i : {3, 4, 5}) {
    world.take_away({"stock", stock_id(i)});
    world.take_away({"product", std::to_string(i)});
  }
  world.run(beat_ms);
  CHECK(world.purge().entries == 3);
  shop.documents_purged_in(static_cast<int>(tuning::hub_keeps_days) + 2);
  REQUIRE(shop.horizon(catalog) > 0);
  world.put_rows(harbour, copy);  // a box from a backup: it has all six
  REQUIRE(world.rows(harbour).base({"stock", stock_id(3)})->body);
  const std::size_t down = world.entries_down();
  world.connect(harbour);
  world.run(60'000);
  world.check_same();
  for (const int i : {3, 4, 5}) {
    CHECK_FALSE(world.rows(harbour).base({"stock", stock_id(i)}).has_value());
    CHECK_FALSE(world.rows(harbour).base({"product", std::to_string(i)}).has_value());
  }
  CHECK(world.entries_down() - down < 60);  // of 600
}

TEST_CASE("one step purges a bounded number of entries, and the next goes on there") {
  const int count = static_cast<int>(tuning::purged_entries_max) + 500;
  Shop shop(65, count);
  SmallWorld& world = shop.world;
  for (int i = 0; i < count; ++i) world.take_away({"stock", stock_id(i)});
  world.run(60'000);
  HubEnd hub(world.authority(), world.chance());
  const HubEnd::Purged first = hub.purge({}, world.now());
  CHECK(first.entries == tuning::purged_entries_max);
  CHECK(first.place < own);
  CHECK_FALSE(first.place.empty());
  const HubEnd::Purged second = hub.purge(first.place, world.now());
  CHECK(second.entries == 500);
  CHECK(second.place.empty());  // the round is over
  world.run(60'000);
  world.check_same();
}

TEST_CASE("a document that has long been a tombstone is forgotten, and one that is made anew goes on above its number") {
  Shop shop(66);
  SmallWorld& world = shop.world;
  const DocumentKey key{"stock", stock_id(3)};
  for (int i = 2; i < 9; ++i) world.put(key, R"({"on_hand":)" + std::to_string(i) + "}");
  world.take_away(key);
  const std::uint64_t number = world.authority().document(key)->lineage.now.number;
  world.run(beat_ms);
  CHECK(world.purge().documents == 0);  // it stands in no stream now, and that is noted
  CHECK(shop.documents_purged_in(static_cast<int>(tuning::hub_keeps_days) - 1) == 0);
  REQUIRE(world.authority().document(key).has_value());
  CHECK(shop.documents_purged_in(2) == 1);
  CHECK_FALSE(world.authority().document(key).has_value());
  world.put(key, R"({"on_hand":1})");
  CHECK(world.authority().document(key)->lineage.now.number > number);
  // Of another collection nothing was forgotten.
  world.put({"affinity", "new"}, "{}");
  CHECK(world.authority().document({"affinity", "new"})->lineage.now.number == 1);
  world.run(beat_ms);
  world.check_same();
}

TEST_CASE("a tombstone that came back to life meanwhile begins its time anew, and a person's is never forgotten") {
  Shop shop(67);
  SmallWorld& world = shop.world;
  const DocumentKey key{"stock", stock_id(3)};
  world.put({"customer", "amelia"}, "{}");
  world.take_away({"customer", "amelia"});
  world.take_away(key);
  world.run(beat_ms);
  world.purge();
  CHECK(shop.documents_purged_in(80) == 0);
  world.run(beat_ms);
  world.put(key, R"({"on_hand":1})");
  world.take_away(key);
  world.run(beat_ms);
  CHECK(shop.documents_purged_in(80) == 0);
  CHECK(shop.documents_purged_in(20) == 1);
  CHECK(world.authority().document({"customer", "amelia"}).has_value());
}

TEST_CASE("a store keeps the tombstone of a cart as long as a pass may ask for it, and no longer") {
  Shop shop(68);
  SmallWorld& world = shop.world;
  const CartId cart{world.chance().hex_128()};
  const DocumentKey key{"cart", cart.text};
  const auto add = rules::CartAdd{Sku{"A"}, 2, "phone", harbour, std::nullopt};
  world.at_hub({TransactionId{world.chance().hex_128()}, "phone", {protocol::encode_cart_operation(cart, add)}});
  world.run(beat_ms);
  world.take_away(key);
  world.run(beat_ms);
  world.purge();
  world.wait(24 * 3'600'000);
  world.run(beat_ms);
  REQUIRE(world.rows(harbour).base(key).has_value());
  const rules::PassReference pass{PassId{std::string(32, 'a')}, {1, 1}};
  const auto resume = rules::CartResume{pass, {{Sku{"A"}, 2}}, world.now().utc, "the pass"};
  CHECK(world
            .at_store(harbour, {TransactionId{world.chance().hex_128()},
                                Nature::intent,
                                "kiosk-1",
                                {protocol::encode_cart_operation(cart, resume)}})
            .reason == "cart_unknown");
  world.wait(25 * 3'600'000);
  world.run(beat_ms);
  CHECK_FALSE(world.rows(harbour).base(key).has_value());
  world.check_same();
}
