// SPDX-License-Identifier: Apache-2.0
// What a page says is applied: of which lives it counts, and that within an era it never goes back.
#include "tests/sync/ends/counter.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;

TEST_CASE("a page that names only an earlier life acknowledges it up to the parting") {
  SmallWorld world(51, {"harbour-street"});
  Counter counter{world};
  world.connect(harbour);
  counter.add(20);
  world.run(8'000);
  counter.take_one();
  const MemoryReplica copy = world.rows(harbour);
  const IncarnationId first_life = world.rows(harbour).state().incarnation;
  world.run(8'000);
  counter.take_one();
  world.run(8'000);
  world.put_rows(harbour, copy);
  counter.take_one();
  world.connect(harbour);
  Weather nothing_new;
  nothing_new.ops_lost = true;
  nothing_new.pages_lost = true;
  world.run(9'000, nothing_new);
  REQUIRE(world.rows(harbour).line().size() == 1);
  REQUIRE(world.rows(harbour).state().ack.n == 1);
  const Document there = *world.authority().document(counter.key);
  const Hash any = world.rows(harbour).state().last_hash;
  const std::uint64_t head = world.authority().head(own);
  world.hub_says(harbour, protocol::Page{own,
                                         world.authority().era(),
                                         0,
                                         head + 1,
                                         head + 1,
                                         false,
                                         {},
                                         {{first_life, 3, any}},
                                         {{counter.key, {{1, there.lineage.now.number + 1}, {}}, there.body, false}}});
  CHECK(world.rows(harbour).state().ack.n == 2);
  CHECK(counter.seen() == 17);
}

TEST_CASE("a stranger's life acknowledges nothing") {
  SmallWorld world(54, {"harbour-street"});
  Counter counter{world};
  world.connect(harbour);
  world.run(8'000);
  Weather no_batches;
  no_batches.ops_lost = true;
  counter.add(20);
  counter.take_one();
  world.run(500, no_batches);
  REQUIRE(world.rows(harbour).state().ack.n == 0);
  const std::uint64_t at = world.rows(harbour).streams_now(own).cursor.seq;
  const Applied stranger{IncarnationId{world.chance().hex_128()}, 2, world.rows(harbour).state().last_hash};
  world.hub_says(harbour, protocol::Page{own, world.authority().era(), at, at + 1, at + 1, false, {}, {stranger}, {}});
  CHECK(world.rows(harbour).streams_now(own).cursor.seq == at + 1);
  CHECK(world.rows(harbour).state().ack.n == 0);
  CHECK(counter.seen() == 19);
}

// A store that was acknowledged, and the pages with which a hub of the same era would take that back.
TEST_CASE("a page of the same era that acknowledges less than was acknowledged is of a hub that was set back: it is not taken") {
  SmallWorld world(52, {"harbour-street"});
  Counter counter{world};
  world.connect(harbour);
  counter.add(5);
  world.run(8'000);
  MemoryReplica& rows = world.rows(harbour);
  const IncarnationId first_life = rows.state().incarnation;
  std::uint64_t acknowledged = 1;
  std::vector<Applied> applied;
  const auto stranger = [&] { return Applied{IncarnationId{world.chance().hex_128()}, 7, rows.state().last_hash}; };
  SUBCASE("it knows of no life") {}
  SUBCASE("it knows of another life only") { applied = {stranger()}; }
  SUBCASE("of this one it has less, and of another one more") {
    const Applied less{first_life, 1, rows.state().last_hash};
    counter.add(1);
    world.run(8'000);
    acknowledged = 2;
    applied = {less, stranger()};
  }
  SUBCASE("it knows a life that this one continues, and has less of it") {
    const Applied less{first_life, 1, rows.state().last_hash};
    counter.add(1);
    world.run(8'000);
    const MemoryReplica copy = rows;
    counter.add(1);  // which the copy does not have
    world.run(8'000);
    world.put_rows(harbour, copy);
    counter.go_online();
    REQUIRE(rows.line().size() == 1);
    acknowledged = 2;
    applied = {less, stranger()};
  }
  REQUIRE(rows.state().ack.n == acknowledged);
  const std::int64_t seen = counter.seen();
  const std::uint64_t at = rows.streams_now(own).cursor.seq;
  const auto number = world.authority().document(counter.key)->lineage.now.number;
  const protocol::Page page{own,
                            world.authority().era(),
                            at,
                            at + 1,
                            at + 1,
                            false,
                            {},
                            applied,
                            {{counter.key, {{1, number + 1}, {}}, std::nullopt, false}}};
  world.hub_says(harbour, page);
  CHECK(rows.streams_now(own).cursor.seq == at);
  CHECK(rows.state().ack.n == acknowledged);
  CHECK(counter.seen() == seen);
  world.run(8'000);  // it has said hello, and goes on with the hub that is there
  CHECK(counter.seen() == seen);
  REQUIRE(world.end(harbour).link().online);
  // Such a hub is greeted once, then only now and again: neither asked in a circle nor believed.
  world.hub_says(harbour, page);
  CHECK_FALSE(world.end(harbour).link().online);
  CHECK(world.end(harbour).link().reason == "history_mismatch");
  world.run(120'000);
  CHECK(world.end(harbour).link().online);
  CHECK(counter.seen() == seen);
  world.check_same();
}
