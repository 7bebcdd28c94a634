// SPDX-License-Identifier: Apache-2.0
// Stock at random, with a printed seed. The oracles are a real shelf, on which things lie whatever the records say, and a list of
// promises that is added up anew each time.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

#include "tests/sync/rules/stock_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;
using namespace vitrine::sync::rules::test;

namespace {

const UtcMs day{1'000 * hour_ms};

// What the hub hears: an operation of the store, or a row of the platform that was true at a time.
struct Heard {
  bool import = false;
  Deed deed;
  std::int64_t on_hand = 0;
  UtcMs counted_at;
};

// What happened at the shelf, in the order in which it happened.
struct Story {
  std::vector<Heard> of_store;
  std::vector<Heard> of_platform;
  std::int64_t there = 0;               // on the shelf, at last
  std::int64_t stolen_since_count = 0;  // since somebody looked
};

Story live(std::mt19937_64& dice) {
  const auto roll = [&](std::int64_t below) { return static_cast<std::int64_t>(dice() % static_cast<std::uint64_t>(below)); };
  Story story;
  story.there = roll(20);
  story.of_platform.push_back({true, {}, story.there, day});
  std::int64_t moved_since_began = 0;
  std::int64_t seen_when_began = story.there;
  bool counting = false;
  std::int64_t ms = 0;
  for (int i = 0; i < 30; ++i) {
    ms += 1 + roll(1000);
    const UtcMs at = day.plus(ms);
    switch (roll(6)) {
      case 0:
      case 1: {
        const std::int64_t units = roll(7) - 4;
        if (units == 0) break;
        story.there += units;
        moved_since_began += units;
        story.of_store.push_back({false, {StockMove{units, MoveReason::sale, "t"}, life_one, at, dice()}, 0, {}});
        break;
      }
      case 2:
        story.there -= 1;
        story.stolen_since_count += 1;
        counting = false;  // the counter would have seen half of it
        break;
      case 3:
        counting = true;
        moved_since_began = 0;
        seen_when_began = story.there;
        break;
      case 4:
        if (!counting || seen_when_began < 0) break;
        story.of_store.push_back({false, {StockCount{seen_when_began, moved_since_began}, life_one, at, dice()}, 0, {}});
        story.stolen_since_count = 0;
        counting = false;
        break;
      default:
        story.of_platform.push_back({true, {}, story.there, at});
        story.stolen_since_count = 0;
    }
  }
  return story;
}

// The store's operations in their order, the platform's rows in any order and at any time between them.
std::vector<Heard> shuffle(const Story& story, std::mt19937_64& dice) {
  std::vector<Heard> rows = story.of_platform;
  std::shuffle(rows.begin() + 1, rows.end(), dice);
  std::vector<Heard> all = {rows.front()};
  std::size_t store = 0;
  std::size_t row = 1;
  while (store < story.of_store.size() || row < rows.size()) {
    const bool from_store = row == rows.size() || (store < story.of_store.size() && dice() % 3 != 0);
    all.push_back(from_store ? story.of_store[store++] : rows[row++]);
  }
  return all;
}

}  // namespace

TEST_CASE(
    "In whatever order hub and platform hear of it, the figure is what lies on the shelf, and what was stolen since a count") {
  const std::uint64_t seed = std::random_device{}();
  MESSAGE("seed " << seed);
  std::mt19937_64 dice(seed);
  int counts = 0;
  for (int run = 0; run < 3000; ++run) {
    const Story story = live(dice);
    for (int order = 0; order < 4; ++order) {
      Shelf shelf;
      for (const Heard& heard : shuffle(story, dice)) {
        if (heard.import) {
          shelf.import(heard.on_hand, heard.counted_at, day.plus(hour_ms));
        } else {
          REQUIRE(shelf.apply(heard.deed).empty());
          counts += std::holds_alternative<StockCount>(heard.deed.operation) ? 1 : 0;
        }
      }
      REQUIRE_MESSAGE(shelf.on_hand() == story.there + story.stolen_since_count, "seed " << seed << " run " << run);
    }
  }
  CHECK(counts > 1000);
}

namespace {

// Promises added up anew from what was granted and how each ended.
struct Ledger {
  struct Granted {
    std::int64_t units = 0;
    UtcMs until;
    std::optional<RightId> right;
    std::string end;  // empty: pending
  };
  std::map<std::string, Granted> granted;
  std::map<std::string, std::pair<std::int64_t, UtcMs>> rights;  // units, until
  std::map<std::string, std::int64_t> gone;                      // by right

  [[nodiscard]] std::int64_t pending(UtcMs now) const {
    std::int64_t units = 0;
    for (const auto& [id, one] : granted) units += one.end.empty() && one.until > now ? one.units : 0;
    return units;
  }
  [[nodiscard]] std::int64_t left_of(const std::string& right, UtcMs now) const {
    const auto found = rights.find(right);
    if (found == rights.end() || found->second.second <= now) return 0;
    std::int64_t left = found->second.first;
    for (const auto& [id, one] : granted) {
      if (one.right && one.right->text == right && one.end.empty() && one.until > now) left -= one.units;
    }
    const auto used = gone.find(right);
    return left - (used == gone.end() ? 0 : used->second);
  }
  [[nodiscard]] std::int64_t lent_out(UtcMs now) const {
    std::int64_t units = 0;
    for (const auto& [id, right] : rights) units += left_of(id, now);
    return units;
  }
};

struct Promises {
  Shelf shelf;
  Ledger ledger;
  UtcMs now = day;
  std::uint64_t transaction = 1;
  std::int64_t on_hand = 6;
  std::string broken;

  Promises() { shelf.import(on_hand, day, day); }
  void check(bool holds, const char* law) {
    if (!holds && broken.empty()) broken = law;
  }
  std::string apply(StockOperation operation, const IncarnationId& life) {
    return shelf.apply({std::move(operation), life, now, transaction++});
  }
  [[nodiscard]] RightId current() const { return shelf.stock->lent ? shelf.stock->lent->id : RightId{hex_of(0x700)}; }

  void reserve(std::uint64_t number, std::int64_t units, bool web, std::int64_t for_ms) {
    const std::string id = hex_of(number);
    const std::int64_t free = std::max<std::int64_t>(0, on_hand - ledger.pending(now) - ledger.lent_out(now));
    const std::int64_t room = web ? free : ledger.left_of(current().text, now);
    const auto right = web ? std::nullopt : std::optional(current());
    const bool done =
        apply(StockReserve{ReservationId{id}, units, now.plus(for_ms), "x", right}, web ? hub_itself : life_one).empty();
    const bool known = ledger.granted.contains(id);
    check(!done || known || units <= room, "nothing is promised twice");
    check(done || known || units > room, "what is there can be promised");
    if (!done || known) return;
    UtcMs until = now.plus(for_ms);
    if (right) until = std::min(until, ledger.rights.at(right->text).second);
    ledger.granted[id] = {units, until, right, ""};
  }
  void end(std::uint64_t number, bool post) {
    const std::string id = hex_of(number);
    const auto found = ledger.granted.find(id);
    const bool pending = found != ledger.granted.end() && found->second.end.empty() && found->second.until > now;
    if (post) {
      check(apply(StockPost{ReservationId{id}, 1, MoveReason::hand_over, "x"}, life_one).empty(),
            "goods that leave are no question");
      on_hand -= 1;
      if (found == ledger.granted.end()) ledger.granted[id] = {0, now, std::nullopt, "posted"};
      if (pending && found->second.right) ledger.gone[found->second.right->text] += 1;
    } else {
      apply(StockRelease{ReservationId{id}}, life_one);
    }
    if (pending) found->second.end = post ? "posted" : "voided";
  }
  void lend(std::uint64_t number, std::int64_t units, std::int64_t for_ms) {
    const RightId id{hex_of(0x700 + number)};
    if (ledger.rights.contains(id.text) && current() != id) return;  // ids are drawn by chance: none comes twice
    const std::int64_t free = std::max<std::int64_t>(0, on_hand - ledger.pending(now) - ledger.lent_out(now));
    if (!apply(StockLend{id, units, now.plus(for_ms)}, hub_itself).empty()) return;
    const auto before = ledger.rights.find(id.text);
    const std::int64_t had = before == ledger.rights.end() ? 0 : before->second.first;
    check(units - had <= free, "what is promised is not lent");
    check(before == ledger.rights.end() || before->second.second > now, "a right that is over does not come back");
    ledger.rights[id.text] = {units, now.plus(for_ms)};
  }
  void look() {
    for (const auto& [id, one] : ledger.granted) {
      check(shelf.ends(ReservationId{id}) <= 1, "a promise ends once");
      if (one.units > 0 && one.end.empty() && one.until > now)
        check(shelf.pending(ReservationId{id}), "a promise stays until its end");
    }
    check(shelf.on_hand() == on_hand, "the figure is the sum of movements");
    check(reserved_at(*shelf.stock, now) == ledger.pending(now), "promised is the sum of promises");
    check(rights_left_at(*shelf.stock, now) == ledger.lent_out(now), "what is left of rights");
  }
  // 14 kinds of steps.
  void step(int kind) {
    switch (kind) {
      case 0:
        return reserve(1, 1, false, 1000);
      case 1:
        return reserve(2, 2, false, 5000);
      case 2:
        return reserve(3, 2, true, 1000);
      case 3:
        return reserve(4, 3, true, 5000);
      case 4:
        return end(1, true);
      case 5:
        return end(2, false);
      case 6:
        return end(3, true);
      case 7:
        return end(4, false);
      case 8:
        return lend(1, 3, 4000);
      case 9:
        return lend(2, 2, 2000);
      case 10:
        return lend(1, 4, 9000);
      case 11:
        now = now.plus(1500);
        return;
      case 12:
        on_hand -= 1;
        apply(StockMove{-1, MoveReason::sale, ""}, life_one);
        return;
      default:
        on_hand += 1;
        apply(StockMove{1, MoveReason::receipt, ""}, life_one);
    }
  }
};
constexpr int kinds = 14;

}  // namespace

TEST_CASE("Promises, all small cases: never more than there is, each ends once") {
  int cases = 0;
  for (int code = 0; code < kinds * kinds * kinds * kinds; ++code) {
    Promises world;
    int rest = code;
    for (int i = 0; i < 4; ++i, rest /= kinds) {
      world.step(rest % kinds);
      world.look();
    }
    ++cases;
    REQUIRE_MESSAGE(world.broken.empty(), "case " << code << ": " << world.broken);
  }
  MESSAGE(cases << " cases");
}

TEST_CASE("Promises at random") {
  const std::uint64_t seed = std::random_device{}();
  MESSAGE("seed " << seed);
  std::mt19937_64 dice(seed);
  for (int run = 0; run < 2000; ++run) {
    Promises world;
    for (int i = 0; i < 40; ++i) {
      world.step(static_cast<int>(dice() % kinds));
      world.look();
    }
    REQUIRE_MESSAGE(world.broken.empty(), "seed " << seed << " run " << run << ": " << world.broken);
  }
}
