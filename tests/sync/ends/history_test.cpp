// SPDX-License-Identifier: Apache-2.0
// A store's box that was restored from a copy, carried or doubled: it finds what it has in common with the hub and goes on in a
// new life; nothing is lost or counted twice; and two boxes that answer for one store are stopped and shown to a person.
#include <doctest/doctest.h>

#include "tests/sync/ends/counter.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;

TEST_CASE("a store that was restored from an older copy goes on, and what it did since is neither lost nor doubled") {
  SmallWorld world(41, {"harbour-street"});
  Counter counter{world};
  world.connect(harbour);
  counter.add(20);
  world.run(8'000);
  for (int i = 0; i < 3; ++i) counter.take_one();
  SUBCASE("the copy knows that these were taken") { world.run(8'000); }
  SUBCASE("the copy has them waiting") {}
  const MemoryReplica copy = world.rows(harbour);
  const std::uint64_t copied_n = world.rows(harbour).state().last_n;
  world.run(8'000);
  for (int i = 0; i < 4; ++i) counter.take_one();
  world.run(8'000);
  REQUIRE(counter.at_hub() == 13);
  const IncarnationId first_life = world.rows(harbour).state().incarnation;

  world.put_rows(harbour, copy);
  counter.take_one();  // offline, on the restored copy
  counter.take_one();
  CHECK(counter.seen() == 15);
  counter.go_online();
  world.check_same();
  CHECK(counter.at_hub() == 11);
  CHECK(counter.seen() == 11);
  const StoreState state = world.rows(harbour).state();
  CHECK(state.incarnation != first_life);
  CHECK(state.last_n == copied_n + 2);
  CHECK(state.ack.n == state.last_n);
  const auto line = world.rows(harbour).line();
  REQUIRE(line.size() == 1);
  CHECK(line[0].incarnation == first_life);
  CHECK(line[0].n == copied_n);
  CHECK(world.authority().conduct(harbour).forks == 1);
  CHECK(world.authority().conduct(harbour).frozen_at.value == 0);

  counter.add(1);
  world.run(8'000);
  world.restart(harbour);
  counter.go_online();
  world.check_same();
  CHECK(counter.at_hub() == 12);
  CHECK(world.authority().lives(harbour) == 2);
}

TEST_CASE("a base contains the store's own earlier transactions along its line of descent, up to each parting") {
  SmallWorld world(42, {"harbour-street"});
  Counter counter{world};
  world.connect(harbour);
  counter.add(20);
  world.run(8'000);
  counter.take_one();  // n = 2, waiting in the copy
  const MemoryReplica copy = world.rows(harbour);
  world.run(8'000);
  counter.take_one();  // n = 3 of the first life
  world.run(8'000);
  REQUIRE(counter.at_hub() == 18);
  world.put_rows(harbour, copy);
  counter.take_one();  // n = 3 of the second
  REQUIRE(world.rows(harbour).state().ack.n == 1);
  // The new life is opened and welcomed; nothing of it has reached the hub when the first page comes.
  world.connect(harbour);
  Weather no_batches;
  no_batches.ops_lost = true;
  world.run(9'000, no_batches);
  REQUIRE(world.rows(harbour).line().size() == 1);
  REQUIRE(world.rows(harbour).base(counter.key)->lineage.now == world.authority().document(counter.key)->lineage.now);
  // n = 2 is in that base and not taken again; n = 3 of this life is not, although the first life's is.
  CHECK(world.rows(harbour).state().ack.n == 2);
  CHECK(counter.seen() == 17);
  world.run(60'000);
  world.check_same();
  CHECK(counter.at_hub() == 17);
}

TEST_CASE("a long roll-back and a fork deep in the past are found") {
  SmallWorld world(43, {"harbour-street"});
  Counter counter{world};
  counter.add(900);
  std::optional<MemoryReplica> copy;
  for (int i = 0; i < 250; ++i) {
    if (i == 37) copy = world.rows(harbour);
    counter.take_one();
  }
  counter.go_online();
  REQUIRE(counter.at_hub() == 650);
  world.put_rows(harbour, *copy);
  for (int i = 0; i < 100; ++i) counter.take_one();  // other transactions under numbers that the hub has
  counter.go_online();
  world.check_same();
  CHECK(counter.at_hub() == 550);
  REQUIRE(world.rows(harbour).line().size() == 1);
  CHECK(world.rows(harbour).line()[0].n == 38);
}

TEST_CASE("restored again and again, a line of descent grows and nothing is counted twice") {
  SmallWorld world(44, {"harbour-street"});
  Counter counter{world};
  world.connect(harbour);
  counter.add(500);
  world.run(8'000);
  std::int64_t expected = 500;
  for (int round = 0; round < 8; ++round) {
    counter.take_one();
    --expected;
    const MemoryReplica copy = world.rows(harbour);
    world.run(9'000);
    counter.take_one();
    --expected;
    world.run(9'000);
    world.put_rows(harbour, copy);
    world.run(3'700'000);  // more than an hour passes: copies, not two boxes
    counter.take_one();
    --expected;
    counter.go_online();
    CAPTURE(round);
    REQUIRE(counter.at_hub() == expected);
    world.check_same();
  }
  CHECK(world.rows(harbour).line().size() == 8);
  CHECK(world.authority().conduct(harbour).forks == 8);
  CHECK(world.authority().conduct(harbour).frozen_at.value == 0);
}

TEST_CASE("where no common number can be proved, what waits goes to a person and not to the hub") {
  SmallWorld world(45, {"harbour-street"});
  Counter counter{world};
  world.connect(harbour);
  counter.add(20);
  world.run(8'000);
  const MemoryReplica copy = world.rows(harbour);
  for (int i = 0; i < 5; ++i) counter.take_one();
  world.run(8'000);
  REQUIRE(counter.at_hub() == 15);
  world.authority().forget_chain_below(6);
  world.put_rows(harbour, copy);
  counter.take_one();
  counter.take_one();
  counter.go_online();
  world.check_same();
  CHECK(counter.at_hub() == 15);
  CHECK(world.rows(harbour).set_aside().size() == 2);
  CHECK(world.rows(harbour).line().empty());
  counter.take_one();  // and the store goes on
  counter.go_online();
  world.check_same();
  CHECK(counter.at_hub() == 14);
}

TEST_CASE("two boxes that answer for one store are stopped at the second fork, until a person has looked") {
  SmallWorld world(46, {"harbour-street"});
  Counter counter{world};
  world.connect(harbour);
  counter.add(50);
  world.run(8'000);
  MemoryReplica second_box = world.rows(harbour);  // the folder is cloned
  counter.take_one();                              // the first box
  world.run(8'000);
  MemoryReplica first_box = world.rows(harbour);

  world.put_rows(harbour, second_box);
  counter.take_one();
  counter.go_online();
  second_box = world.rows(harbour);
  CHECK(counter.at_hub() == 48);
  CHECK(world.authority().conduct(harbour).forks == 1);

  world.put_rows(harbour, first_box);  // the first box speaks again, in a life that another one has followed
  counter.take_one();
  counter.go_online();
  CHECK(world.authority().conduct(harbour).forks == 2);
  CHECK(world.authority().conduct(harbour).frozen_at.value > 0);
  CHECK_FALSE(world.end(harbour).link().online);
  CHECK(world.end(harbour).link().reason == "frozen");
  CHECK(counter.at_hub() == 48);
  CHECK(counter.seen() == 48);  // kept, shown, and waiting
  // Nothing that the hub changes is told to that certificate.
  world.put({"stock", "harbour-street/A"}, "{}");
  world.run(60'000);
  CHECK_FALSE(world.rows(harbour).base({"stock", "harbour-street/A"}).has_value());

  world.authority().put_conduct(harbour, {});  // a person switched one box off
  world.run(120'000);
  world.check_same();
  CHECK(counter.at_hub() == 47);
}

TEST_CASE("a hub that lost what it knew of two boxes counts their forks again") {
  for (const bool knows_life : {true, false}) {
    CAPTURE(knows_life);
    SmallWorld world(55, {"harbour-street"});
    Counter counter{world};
    const MemoryAuthority empty = world.backup();
    world.connect(harbour);
    counter.add(50);
    world.run(8'000);
    const MemoryAuthority backup = knows_life ? world.backup() : empty;
    MemoryReplica boxes[2] = {world.rows(harbour), world.rows(harbour)};
    const auto speak = [&](int box) {
      world.put_rows(harbour, boxes[box]);
      counter.take_one();
      counter.go_online();
      boxes[box] = world.rows(harbour);
    };
    speak(0);
    speak(1);
    speak(0);  // frozen
    REQUIRE(world.authority().conduct(harbour).frozen_at.value > 0);
    world.restore(backup);
    world.restart(harbour);
    REQUIRE(world.authority().conduct(harbour).forks == 0);
    speak(0);
    CHECK(world.authority().conduct(harbour).forks == 0);
    speak(1);
    CHECK(world.authority().conduct(harbour).forks == 1);
    speak(0);
    CHECK(world.authority().conduct(harbour).frozen_at.value > 0);
    CHECK(world.authority().conduct(harbour).forks == 2);
  }
}

TEST_CASE("a hub that lost all but an early life of one box sees no second one in what continues it") {
  SmallWorld world(56, {"harbour-street"});
  Counter counter{world};
  world.connect(harbour);
  counter.add(50);
  world.run(8'000);
  const MemoryAuthority backup = world.backup();
  for (int i = 0; i < 2; ++i) {
    const MemoryReplica copy = world.rows(harbour);
    counter.take_one();
    world.run(8'000);
    world.run(3'700'000);
    world.put_rows(harbour, copy);
    counter.take_one();
    counter.go_online();
  }
  REQUIRE(world.rows(harbour).line().size() == 2);
  world.restore(backup);
  world.restart(harbour);
  REQUIRE(world.authority().conduct(harbour).forks == 0);
  counter.go_online();
  CHECK(world.authority().conduct(harbour).forks == 0);
  CHECK(world.end(harbour).link().online);
}

TEST_CASE("what a second box had to say comes on a stick, though the first one has spoken under the same numbers") {
  for (const int in_common : {0, 1, 2}) {
    CAPTURE(in_common);
    SmallWorld world(54, {"harbour-street"});
    Counter counter{world};
    world.connect(harbour);
    counter.add(50);
    world.run(8'000);
    for (int i = 0; i < in_common; ++i) counter.take_one();  // waiting in both
    MemoryReplica second_box = world.rows(harbour);
    for (int i = 0; i < 3; ++i) counter.take_one();
    world.run(8'000);
    const MemoryReplica first_box = world.rows(harbour);
    REQUIRE(counter.at_hub() == 50 - in_common - 3);

    world.put_rows(harbour, second_box);  // never connected
    for (int i = 0; i < 4; ++i) counter.take_one();
    MemoryReplica& rows = world.rows(harbour);
    const StoreState state = rows.state();
    protocol::OutboxText outbox;
    outbox.store = harbour;
    outbox.hello.incarnation = state.incarnation;
    outbox.hello.last_n = state.last_n;
    for (std::uint64_t n = state.applied_n; n < state.last_n;) {
      auto some = rows.transactions_after(n, 2, 1 << 20);
      outbox.batches.push_back({{}, "", state.incarnation, n + 1, *rows.hash_at(n), some});
      n = some.back().n;
    }
    for (int times = 0; times < 2; ++times) {
      HubEnd hub(world.authority(), world.chance());
      protocol::OutboxText stick = outbox;
      hub.import_greeting(harbour, stick, world.now());
      for (const protocol::Ops& batch : stick.batches) {
        const auto answer = hub.import_batch(harbour, batch, world.now());
        REQUIRE(answer.has_value());
        CHECK(std::holds_alternative<protocol::OpsApplied>(*answer));
      }
      hub.finish(world.now());
      CHECK(counter.at_hub() == 50 - in_common - 7);
      CHECK(world.authority().conduct(harbour).forks == 1);
    }
    // The first box goes on, and the other is not missed.
    world.put_rows(harbour, first_box);
    counter.take_one();
    counter.go_online();
    if (world.authority().conduct(harbour).frozen_at.value > 0) {
      world.authority().put_conduct(harbour, {});
      world.run(120'000);
    }
    world.check_same();
    CHECK(counter.at_hub() == 50 - in_common - 8);
  }
}

TEST_CASE("a greeting that comes twice or late opens nothing and freezes nobody") {
  SmallWorld world(47, {"harbour-street"});
  Counter counter{world};
  world.connect(harbour);
  counter.add(20);
  world.run(8'000);
  const MemoryReplica copy = world.rows(harbour);
  const StoreState before = copy.state_now();
  counter.take_one();
  world.run(8'000);
  world.put_rows(harbour, copy);
  counter.go_online();
  REQUIRE(world.authority().conduct(harbour).forks == 1);
  const StoreState now = world.rows(harbour).state();
  HubEnd hub(world.authority(), world.chance());
  protocol::Hello late;
  late.incarnation = before.incarnation;
  late.last_n = before.last_n;
  late.hash = before.last_hash;
  for (int i = 0; i < 3; ++i) {
    hub.receive(harbour, late, world.now());
    for (const HubSend& send : hub.finish(world.now())) {
      if (const auto* welcome = std::get_if<protocol::Welcome>(&send.message)) world.hub_says(harbour, *welcome);
    }
  }
  world.run(60'000);
  CHECK(world.rows(harbour).state().incarnation == now.incarnation);
  CHECK(world.authority().conduct(harbour).forks == 1);
  CHECK(world.authority().lives(harbour) == 2);
  CHECK(world.end(harbour).link().online);
}

TEST_CASE("whatever the wire does while stores are restored, every action is at the hub once") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    SmallWorld world(seed + 1000, {"harbour-street"});
    std::mt19937_64 random(seed);
    const Weather storm{.lost = 0.15, .repeated = 0.1, .reordered = 0.3};
    Counter counter{world};
    world.connect(harbour);
    counter.add(900);
    world.run(9'000);
    std::int64_t expected = 900;
    std::optional<MemoryReplica> copy;
    for (int step = 0; step < 40; ++step) {
      switch (random() % 6) {
        case 0:
        case 1:
          counter.take_one();
          --expected;
          break;
        case 2:
          copy = world.rows(harbour);
          break;
        case 3:
          if (copy && random() % 2 == 0) {
            // What was not at the hub is lost with the disk, except what the copy has waiting.
            world.run(400'000);
            world.put_rows(harbour, *copy);
            copy.reset();
            world.run(4'000'000);
            world.connect(harbour);
          }
          break;
        default:
          world.run(static_cast<std::int64_t>(random() % 4000), storm);
      }
    }
    world.run(4'000'000);
    world.restart(harbour);
    world.connect(harbour);
    world.run(200'000);
    world.check_same();
    CHECK(counter.at_hub() == expected);
    CHECK(world.rows(harbour).set_aside().empty());
  }
}

TEST_CASE("acknowledged transactions are kept, then forgotten in small steps, and never one that the hub has not") {
  SmallWorld world(48, {"harbour-street"});
  Counter counter{world};
  world.connect(harbour);
  counter.add(900);
  for (int i = 0; i < 499; ++i) counter.take_one();
  world.run(20'000);
  MemoryReplica& rows = world.rows(harbour);
  REQUIRE(rows.state().ack.n == 500);
  world.run_days(13);
  CHECK(rows.forgotten_upto() == 0);
  world.cut(harbour);
  counter.take_one();
  world.run_days(2);
  CHECK(rows.forgotten_upto() == 0);  // an absent hub confirms nothing
  world.connect(harbour);
  world.run(5'000);
  std::uint64_t before = rows.forgotten_upto();
  for (int beat = 0; beat < 5; ++beat) {
    world.run(15'000);
    CHECK(rows.forgotten_upto() - before <= tuning::forgotten_per_beat);
    before = rows.forgotten_upto();
  }
  CHECK(rows.forgotten_upto() == 500);
  CHECK(rows.transactions_after(0, 10, 1 << 20).size() == 1);  // done two days ago
  CHECK(rows.hash_at(500).has_value());
  counter.take_one();
  world.run(20'000);
  world.check_same();
  CHECK(counter.at_hub() == 399);
  // A restored copy in which less was forgotten still has something in common with the hub.
  const MemoryReplica copy = rows;
  counter.take_one();
  world.run(20'000);
  world.put_rows(harbour, copy);
  counter.take_one();
  counter.go_online();
  world.check_same();
  CHECK(counter.at_hub() == 397);
}

TEST_CASE("what weighs too much goes early, but only what the hub's verified backup holds") {
  for (const std::uint64_t safe : {0ULL, 60ULL, 90ULL}) {
    CAPTURE(safe);
    SmallWorld world(49, {"harbour-street"});
    Counter counter{world};
    world.authority().put_safe(safe);
    world.connect(harbour);
    world.end(harbour).keep({14, 30 * 200});
    counter.add(900);
    for (int i = 0; i < 99; ++i) counter.take_one();
    world.run(60'000);
    world.connect(harbour);  // how far the backup goes is said with the welcome
    world.run(60'000);
    MemoryReplica& rows = world.rows(harbour);
    REQUIRE(rows.state().ack.n == 100);
    CHECK(rows.forgotten_upto() <= safe);
    CHECK((safe == 0) == (rows.forgotten_upto() == 0));
    const std::uint64_t kept = rows.newest_kept()->bytes_upto - rows.kept_after(0, 1)[0].bytes_upto;
    if (safe == 90) CHECK(kept <= 30 * 200 + 1000);
  }
}

TEST_CASE("a database in doubt is trusted again after a welcome and the whole of the own stream, not before") {
  SmallWorld world(53, {"harbour-street"});
  Counter counter{world};
  world.connect(harbour);
  counter.add(20);
  world.run(8'000);
  world.cut(harbour);
  world.put({"stock", "harbour-street/A"}, "{}");
  StoreState state = world.rows(harbour).state();
  state.in_doubt = true;
  world.rows(harbour).put_state(state);
  world.restart(harbour);
  world.run(100'000);
  CHECK(world.rows(harbour).state().in_doubt);
  world.connect(harbour);
  Weather no_pages;
  no_pages.pages_lost = true;
  world.run(5'000, no_pages);
  REQUIRE(world.end(harbour).link().online);
  CHECK(world.rows(harbour).state().in_doubt);
  world.run(30'000);
  CHECK_FALSE(world.rows(harbour).state().in_doubt);
  world.check_same();
}
