// SPDX-License-Identifier: Apache-2.0
// Digests: sums that follow every change, a comparison at the right moment only, repairs that fetch what differs and no more, and
// cursors that are too old to go on from. Each also where the store dies in between.
#include <doctest/doctest.h>

#include "sync/ends/digest.hpp"
#include "sync/protocol/digest_codec.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/tuning.hpp"
#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;

namespace {

const StoreId harbour{"harbour-street"};
const StreamName catalog{"catalog"};
const StreamName own{"store.harbour-street"};

StreamState stream_of(SmallWorld& world, const StreamName& name) {
  for (StreamState& stream : world.rows(harbour).streams()) {
    if (stream.stream == name) return stream;
  }
  return {};
}

std::uint64_t repairs_of(SmallWorld& world, const StreamName& name) { return stream_of(world, name).repairs; }

void fill(SmallWorld& world, int products, int goods) {
  for (int i = 0; i < products; ++i) world.put({"product", std::to_string(i)}, R"({"title":")" + std::string(200, 'x') + "\"}");
  for (int i = 0; i < goods; ++i) world.put({"stock", "harbour-street/" + std::to_string(i)}, R"({"on_hand":1})");
  world.connect(harbour);
  world.run(10'000);
  world.check_same();
}

// A hub that comes back from a backup of its rows, in a new era.
void restore(SmallWorld& world, const MemoryAuthority& backup) {
  world.restore(backup);
  world.authority().add_era({{2, "0f0e0d0c0b0a09080706050403020100"}, world.now().utc, "restored", false, {}});
}

void check_digests(SmallWorld& world) {
  for (const StreamName& name : {catalog, own, StreamName{"content"}}) {
    CAPTURE(name.text);
    CHECK(world.rows(harbour).sums(name) == world.authority().sums(name));
    BucketSums before = world.rows(harbour).sums(name);
    CHECK(world.rows(harbour).recount(name) == 0);
    CHECK(world.rows(harbour).sums(name) == before);
  }
}

}  // namespace

TEST_CASE("a leaf is another one for another key, name, version or body, and a tombstone has none") {
  const DigestKey key{1, 2, 3};
  const auto leaf = leaf_of(key, {"product", "A"}, {1, 2}, "{}");
  REQUIRE(leaf.has_value());
  CHECK(leaf == leaf_of(key, {"product", "A"}, {1, 2}, "{}"));
  CHECK(leaf != leaf_of({9}, {"product", "A"}, {1, 2}, "{}"));
  CHECK(leaf != leaf_of(key, {"product", "B"}, {1, 2}, "{}"));
  CHECK(leaf != leaf_of(key, {"productA", ""}, {1, 2}, "{}"));
  CHECK(leaf != leaf_of(key, {"product", "A"}, {2, 2}, "{}"));
  CHECK(leaf != leaf_of(key, {"product", "A"}, {1, 3}, "{}"));
  CHECK(leaf != leaf_of(key, {"product", "A"}, {1, 2}, "[]"));
  CHECK(leaf->bucket == leaf_of(key, {"product", "A"}, {5, 6}, "other")->bucket);
  CHECK(leaf->bucket == bucket_of(key, {"product", "A"}));
  CHECK_FALSE(leaf_of(key, {"product", "A"}, {1, 2}, std::nullopt).has_value());
  CHECK(leaf_from({reinterpret_cast<const char*>(leaf_bytes(*leaf).data()), 17}) == leaf);
}

// A stranger's implementation must find the same numbers (docs/PROTOCOL.md, "Digests").
TEST_CASE("the digest of a known document is a known number") {
  const DigestKey key{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  const auto leaf = leaf_of(key, {"product", "85123A"}, {1, 7}, R"({"sku":"85123A"})");
  BucketSums sums;
  sums.add(leaf);
  sums.add(leaf);
  sums.subtract(leaf);
  CHECK(sums.total() == leaf->hash);
  CHECK(protocol::to_hex(sums.total()) == "835d802b907758460de135a9604914c1");
  CHECK(leaf->bucket == 237);
}

TEST_CASE("sums follow pages, pushes, removals and tombstones at both ends") {
  SmallWorld world(31, {"harbour-street"});
  fill(world, 300, 40);
  check_digests(world);
  for (int i = 0; i < 20; ++i) world.put({"product", std::to_string(i * 3)}, R"({"v":)" + std::to_string(i) + "}");
  world.take_away({"product", "7"});
  world.take_away({"stock", "harbour-street/3"});
  world.run(8'000);
  check_digests(world);
  CHECK(repairs_of(world, catalog) == 0);
  CHECK(repairs_of(world, own) == 0);
}

TEST_CASE("a body that the disk changed is noticed, fetched anew and counted; the rest stays") {
  for (const bool shared : {true, false}) {
    CAPTURE(shared);
    SmallWorld world(32, {"harbour-street"});
    fill(world, 900, 200);
    const DocumentKey key = shared ? DocumentKey{"product", "77"} : DocumentKey{"stock", "harbour-street/77"};
    const std::string body = *world.rows(harbour).base(key)->body;
    world.rows(harbour).damage(key);
    REQUIRE(*world.rows(harbour).base(key)->body != body);
    const std::size_t pages_before = world.entries_down();
    world.run(200'000);  // a dozen beats: each reads some of the base
    CHECK(*world.rows(harbour).base(key)->body == body);
    CHECK(repairs_of(world, shared ? catalog : own) == 1);
    CHECK(repairs_of(world, shared ? own : catalog) == 0);
    CHECK(world.entries_down() - pages_before < 40);  // one bucket of 256
    world.check_same();
    check_digests(world);
  }
}

TEST_CASE("a damaged body is fetched anew also where the answer to the check is lost") {
  SmallWorld world(33, {"harbour-street"});
  fill(world, 300, 20);
  const DocumentKey key{"product", "77"};
  const std::string body = *world.rows(harbour).base(key)->body;
  world.rows(harbour).damage(key);
  Weather lost;
  lost.pages_lost = true;
  world.run(60'000, lost);
  REQUIRE(*world.rows(harbour).base(key)->body != body);
  world.run(60'000);
  CHECK(*world.rows(harbour).base(key)->body == body);
  CHECK(repairs_of(world, catalog) == 1);
  world.check_same();
  check_digests(world);
}

TEST_CASE("sums that are wrong by themselves are put right, and nothing travels") {
  SmallWorld world(33, {"harbour-street"});
  fill(world, 500, 10);
  world.rows(harbour).spoil_sums(catalog);
  const std::size_t before = world.entries_down();
  world.put({"product", "1"}, R"({"v":1})");
  world.run(10'000);
  CHECK(repairs_of(world, catalog) == 1);
  CHECK(world.entries_down() - before == 1);
  check_digests(world);
}

TEST_CASE("digests are compared at the highest head only, or honest differences would be repaired") {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    CAPTURE(seed);
    SmallWorld world(seed, {"harbour-street"});
    std::mt19937_64 random(seed);
    fill(world, 30, 10);
    const Weather storm{.lost = 0.1, .repeated = 0.1, .reordered = 0.5};
    for (int step = 0; step < 60; ++step) {
      world.put({"product", std::to_string(random() % 40)}, R"({"v":)" + std::to_string(step) + "}");
      if (step % 3 == 0)
        world.put({"stock", "harbour-street/" + std::to_string(random() % 12)}, R"({"v":)" + std::to_string(step) + "}");
      if (step % 7 == 0) world.take_away({"product", std::to_string(random() % 40)});
      world.run(static_cast<std::int64_t>(random() % 30), storm);
    }
    world.say_heads();
    world.run(60'000);
    world.check_same();
    check_digests(world);
    CHECK(repairs_of(world, catalog) == 0);
    CHECK(repairs_of(world, own) == 0);
  }
}

TEST_CASE("a store whose cursor is of another era, or too old, keeps what agrees and fetches what does not") {
  enum class Why { era, horizon };
  for (const Why why : {Why::era, Why::horizon}) {
    CAPTURE(static_cast<int>(why));
    SmallWorld world(34, {"harbour-street"});
    fill(world, 900, 200);
    const auto before = world.backup();
    world.put({"product", "11"}, R"({"lost":"future"})");
    world.put({"product", "new"}, R"({"lost":"future"})");
    world.put({"stock", "harbour-street/11"}, R"({"lost":"future"})");
    world.put({"stock", "harbour-street/new"}, R"({"lost":"future"})");
    world.run(8'000);
    REQUIRE(world.rows(harbour).base({"product", "new"}).has_value());
    world.cut(harbour);
    if (why == Why::era) {
      restore(world, before);  // to a backup, with a new era
    } else {
      for (const char* id : {"new", "12", "13"}) world.take_away({"product", id});
      world.take_away({"stock", "harbour-street/new"});
      world.authority().purge_gone(catalog, UINT64_MAX, SIZE_MAX);
      world.authority().purge_gone(own, UINT64_MAX, SIZE_MAX);
    }
    world.put({"product", "late"}, "{}");
    world.connect(harbour);
    const std::size_t down = world.entries_down();
    world.run(20'000);
    world.check_same();
    check_digests(world);
    CHECK_FALSE(world.rows(harbour).base({"product", "new"}).has_value());
    CHECK_FALSE(world.rows(harbour).base({"stock", "harbour-street/new"}).has_value());
    CHECK(world.rows(harbour).base({"product", "late"}).has_value());
    CHECK(world.entries_down() - down < 200);  // of 1,100
    CHECK(repairs_of(world, catalog) == 0);    // no damage: nothing for an operator to look into
  }
}

TEST_CASE("a repair may be cut off at every message and still ends") {
  for (int cut_after = 1; cut_after <= 24; cut_after += 1 + cut_after / 6) {
    CAPTURE(cut_after);
    SmallWorld world(35, {"harbour-street"});
    fill(world, 300, 40);
    const auto before = world.backup();
    for (int i = 0; i < 300; i += 2) world.put({"product", std::to_string(i)}, R"({"w":")" + std::string(6000, 'y') + "\"}");
    for (int i = 0; i < 50; ++i) world.put({"stock", "harbour-street/x" + std::to_string(i)}, "{}");
    world.run(20'000);
    world.cut(harbour);
    restore(world, before);
    world.connect(harbour);
    for (int i = 0; i < cut_after; ++i) world.run(1);
    world.restart(harbour);
    world.put({"product", "3"}, R"({"while":"away"})");
    world.put({"stock", "harbour-street/3"}, R"({"while":"away"})");
    world.connect(harbour);
    world.run(60'000);
    world.check_same();
    check_digests(world);
  }
}

TEST_CASE("the own stream is repaired from one state of the hub to another, never to something between") {
  SmallWorld world(36, {"harbour-street"});
  world.put({"stock", "harbour-street/0-from"}, R"({"units":1})");
  for (int i = 0; i < 600; ++i)
    world.put({"stock", "harbour-street/" + std::to_string(i)}, R"({"aisle":")" + std::string(5000, 'x') + "\"}");
  world.connect(harbour);
  world.run(20'000);
  const auto before = world.backup();
  for (int i = 0; i < 600; ++i)
    world.put({"stock", "harbour-street/" + std::to_string(i)}, R"({"aisle":")" + std::string(5000, 'z') + "\"}");
  world.run(30'000);
  world.cut(harbour);
  restore(world, before);
  world.connect(harbour);
  // One unit goes from one document to another, again and again, while the repair runs.
  bool at_from = true;
  for (int i = 0; i < 400; ++i) {
    if (i % 5 == 0) {
      at_from = !at_from;
      world.put_both({"stock", "harbour-street/0-from"}, at_from ? R"({"units":1})" : R"({"units":0})",
                     {"stock", "harbour-street/z-to"}, at_from ? R"({"units":0})" : R"({"units":1})");
    }
    world.run(1);
    const auto from = world.rows(harbour).base({"stock", "harbour-street/0-from"});
    const auto to = world.rows(harbour).base({"stock", "harbour-street/z-to"});
    const bool here = from && from->body->find("1") != std::string::npos;
    const bool there = to && to->body->find("1") != std::string::npos;
    CHECK(here != there);
  }
  world.run(60'000);
  world.check_same();
  check_digests(world);
}

TEST_CASE("a late push after a fill brings back neither an older version nor what has gone") {
  SmallWorld world(37, {"harbour-street"});
  world.put({"product", "a"}, R"({"v":1})");
  world.put({"product", "b"}, R"({"v":1})");
  world.connect(harbour);
  world.run(5'000);
  const Era era = world.authority().era();
  const std::uint64_t head = stream_of(world, catalog).cursor.seq;
  const auto version = [&](std::uint64_t n) { return Lineage{{era.number, n}, {}}; };
  // What a pull read at head + 3 without having come so far.
  protocol::Page pulled{catalog, era, head, head + 1, head + 3, true, {}, {}, {}};
  pulled.entries = {{{"product", "a"}, version(3), R"({"v":3})", false}, {{"product", "b"}, version(2), std::nullopt, false}};
  world.hub_says(harbour, pulled);
  REQUIRE(world.rows(harbour).base({"product", "a"})->body == R"({"v":3})");
  protocol::Page late{catalog, era, head + 1, head + 2, head + 2, false, {}, {}, {}};
  late.entries = {{{"product", "a"}, version(2), R"({"v":2})", false}, {{"product", "c"}, version(1), "{}", false}};
  world.hub_says(harbour, late);
  CHECK(world.rows(harbour).base({"product", "a"})->body == R"({"v":3})");
  CHECK_FALSE(world.rows(harbour).base({"product", "c"}).has_value());
  // The rows hold the same line by themselves.
  CHECK_FALSE(world.rows(harbour).put_base(catalog, late.entries[0]));
}

TEST_CASE("pushes that came too early are held within bounds") {
  SmallWorld world(38, {"harbour-street"});
  fill(world, 5, 5);
  const Era era = world.authority().era();
  const std::uint64_t head = stream_of(world, catalog).cursor.seq;
  const std::string large(700'000, 'x');
  for (std::uint64_t i = 1; i <= 20; ++i) {
    protocol::Page page{catalog, era, head + i, head + i + 1, head + i + 1, false, {}, {}, {}};
    page.entries = {{{"product", "p"}, {{era.number, i}, {}}, "{\"b\":\"" + large + "\"}", false}};
    world.hub_says(harbour, page);
    world.hub_says(harbour, page);
  }
  CHECK(world.end(harbour).held_bytes() <= tuning::pushes_held_bytes_max);
  CHECK(world.end(harbour).held_bytes() > 0);
}

TEST_CASE("many small pushes that came too early are held in a small number") {
  SmallWorld world(39, {"harbour-street"});
  fill(world, 5, 5);
  const Era era = world.authority().era();
  const std::uint64_t head = stream_of(world, catalog).cursor.seq;
  for (std::uint64_t i = 1; i <= 40; ++i) {
    protocol::Page page{catalog, era, head + i, head + i + 1, head + i + 1, false, {}, {}, {}};
    page.entries = {{{"product", "p"}, {{era.number, i}, {}}, "{}", false}};
    world.hub_says(harbour, page);
  }
  CHECK(world.end(harbour).held_bytes() == tuning::pushes_held_max * 3);
}

TEST_CASE("a digest of a head that is not the highest heard is not compared, even where the cursor is there") {
  SmallWorld world(40, {"harbour-street"});
  world.put({"product", "a"}, R"({"v":1})");
  world.connect(harbour);
  world.run(5'000);
  const Era era = world.authority().era();
  const std::uint64_t head = stream_of(world, catalog).cursor.seq;
  // Read at head + 3, and it does not end there: `a` has moved on in the stream, so the place is passed without it.
  protocol::Page pulled{catalog, era, head, head + 1, head + 3, true, {}, {}, {}};
  world.hub_says(harbour, pulled);
  REQUIRE(stream_of(world, catalog).cursor.seq == head + 1);
  protocol::Page late{catalog, era, head, head + 1, head + 1, false, {}, {}, {}};
  late.digest = Sum128{1, 2};
  world.hub_says(harbour, late);
  const protocol::Page rest{catalog, era, head + 1, head + 3, head + 3, false, {}, {}, {}};
  const StoreEffects after = world.end(harbour).received(rest, world.now());
  REQUIRE(stream_of(world, catalog).cursor.seq == head + 3);
  for (const protocol::StoreMessage& message : after.sends) CHECK(protocol::kind_of(message) != "digest");
  CHECK(repairs_of(world, catalog) == 0);
}
