// SPDX-License-Identifier: Apache-2.0
// First fills at once: never more than there are places for, in the order in which stores came, and nobody is forgotten.
#include <doctest/doctest.h>

#include "tests/sync/ends/small_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::ends;

namespace {

StoreId store(int i) { return StoreId{"store-" + std::to_string(i)}; }

}  // namespace

TEST_CASE("places are given in the order of coming, kept while they are used, and given on") {
  Admissions admissions(2);
  CHECK(admissions.ask(store(1), {0}) == 0);
  CHECK(admissions.ask(store(2), {0}) == 0);
  CHECK(admissions.ask(store(1), {1}) == 0);  // greets again in the middle of its fill
  for (int i = 3; i <= 6; ++i) CHECK(admissions.ask(store(i), {10}) > 0);
  CHECK(admissions.ask(store(5), {20}) >= admissions.ask(store(3), {20}));
  admissions.done(store(1));
  CHECK(admissions.ask(store(6), {30}) > 0);  // the place is for who came first
  CHECK(admissions.ask(store(3), {40}) == 0);
  CHECK(admissions.filling() == 2);
  // Who is silent loses its place, and who does not come back loses its turn.
  CHECK(admissions.ask(store(5), {60'000}) == 0);
  CHECK(admissions.ask(store(6), {60'000}) == 0);
  CHECK(admissions.filling() == 2);
  for (int i = 0; i < 50; ++i) admissions.fills(store(5), {60'000 + i * 20'000});
  CHECK(admissions.ask(store(7), {1'050'000}) == 0);  // of store 6, not of store 5
  CHECK(admissions.ask(store(8), {1'050'000}) > 0);
}

TEST_CASE("a hundred waiting stores are told to come again within bounds") {
  Admissions admissions(1);
  std::int64_t longest = 0;
  for (int i = 0; i < 100; ++i) longest = std::max(longest, admissions.ask(store(i), {0}));
  CHECK(longest == tuning::ask_again_s_max);
  CHECK(admissions.waiting() == 99);
}

TEST_CASE("ten new stores fill two at a time, all of them, whatever the wire does") {
  for (const double lost : {0.0, 0.1}) {
    CAPTURE(lost);
    std::vector<std::string> names;
    for (int i = 0; i < 10; ++i) names.push_back(store(i).text);
    SmallWorld world(61, names);
    for (int i = 0; i < 3000; ++i) world.put({"product", std::to_string(i)}, R"({"t":")" + std::string(1'000, 'x') + "\"}");
    const Admissions& admissions = world.admit_only(2);
    for (int i = 0; i < 10; ++i) world.connect(store(i));
    std::size_t most = 0;
    std::size_t waiting = 0;
    for (int step = 0; step < 4000; ++step) {
      world.run(100, {.lost = lost});
      most = std::max(most, admissions.filling());
      waiting = std::max(waiting, admissions.waiting());
      if (step % 150 == 0) world.say_heads();
    }
    CHECK(most == 2);
    CHECK(waiting >= 6);
    world.say_heads();
    world.run(60'000);
    world.check_same();
    CHECK(admissions.filling() == 0);
  }
}

TEST_CASE("a hub that says to ask again in a year is asked in five minutes") {
  SmallWorld world(62, {"store-1"});
  world.connect(store(1));
  protocol::Welcome welcome;
  welcome.token = "t";
  welcome.era = world.authority().era();
  welcome.clock = world.now().utc;
  welcome.ask_again_s = 31'536'000;
  world.hub_says(store(1), welcome);
  CHECK(world.end(store(1)).link().reason == "not_admitted");
  world.run(302'000);
  CHECK(world.end(store(1)).link().online);
}
