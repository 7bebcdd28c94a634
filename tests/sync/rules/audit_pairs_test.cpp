// SPDX-License-Identifier: Apache-2.0
// A store's lines are taken whatever they say; where they do not go on from what was there, it is noted once and of the right
// kind.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "sync/rules/audit.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;

namespace {

// One history of lines; another `life` makes other hashes from `from` on, as an older copy that went on does.
Hash hash_at(std::uint64_t n, int life, std::uint64_t from) {
  Hash hash{};
  if (n == 0) return hash;
  hash[0] = static_cast<std::uint8_t>(n);
  hash[1] = static_cast<std::uint8_t>(n >> 8U);
  hash[2] = n >= from ? static_cast<std::uint8_t>(life) : 0;
  hash[3] = 1;
  return hash;
}

AuditAppend lines(std::uint64_t first, std::uint64_t last, int life = 0, std::uint64_t from = 0) {
  AuditAppend append;
  append.before = hash_at(first - 1, life, from);
  for (std::uint64_t n = first; n <= last; ++n)
    append.entries.push_back(
        {n, UtcMs{static_cast<std::int64_t>(n)}, "1001", "counter-1", "orders.get", "", "seen", "", hash_at(n, life, from)});
  append.said = hash_at(last, life, from);
  return append;
}

ApplyContext context_of(int number) {
  ApplyContext context;
  context.transaction.text = std::string(31, 'a') + std::to_string(number % 10);
  context.at = UtcMs{1'000 + number};
  return context;
}

AuditChain told(const std::vector<AuditOperation>& operations) {
  std::optional<AuditChain> chain;
  for (std::size_t i = 0; i < operations.size(); ++i) chain = apply(chain, operations[i], context_of(static_cast<int>(i)));
  return chain.value_or(AuditChain{});
}

std::vector<std::string> breaks(const AuditChain& chain) {
  std::vector<std::string> all;
  for (const AuditBreak& one : chain.breaks) all.push_back(one.what + " " + std::to_string(one.n));
  return all;
}

using Breaks = std::vector<std::string>;

struct Pair {
  std::string_view names;
};
constexpr std::array pairs = {Pair{"audit.append × audit.append"}, Pair{"audit.append × audit.settle"},
                              Pair{"audit.settle × audit.settle"}};

}  // namespace

TEST_CASE("lines that go on from those before are no break, and any others are one, of their kind") {
  static_assert(pairs.size() == 3);
  CHECK(breaks(told({lines(1, 3), lines(4, 4), lines(5, 9)})).empty());
  CHECK(breaks(told({lines(1, 3), lines(5, 9)})) == Breaks{"gap 4"});
  CHECK(breaks(told({lines(2, 3)})) == Breaks{"gap 1"});
  CHECK(breaks(told({lines(1, 9), lines(6, 7, 1, 6)})) == Breaks{"parted 6"});
  CHECK(breaks(told({lines(1, 9), lines(10, 11, 1, 6)})) == Breaks{"parted 10"});
  CHECK(breaks(told({lines(1, 9), lines(1, 2, 1)})) == Breaks{"parted 1"});
  // Two boxes in turn: each goes on from its own.
  CHECK(breaks(told({lines(1, 5), lines(6, 9, 1, 6), lines(6, 7, 2, 6), lines(10, 11, 1, 6)})) ==
        Breaks{"parted 6", "parted 10"});
  AuditAppend hole = lines(4, 8);
  hole.entries.erase(hole.entries.begin() + 2);
  CHECK(breaks(told({lines(1, 3), hole, lines(9, 9)})) == Breaks{"gap 6"});
  AuditAppend altered = lines(4, 8);
  altered.entries.back().hash[9] = 1;
  CHECK(breaks(told({lines(1, 3), altered, lines(9, 9)})) == Breaks{"altered 4"});
  AuditAppend found;
  found.found = AuditBreak{7, "cut", {}};
  CHECK(breaks(told({lines(1, 9), found, found})) == Breaks{"cut 7"});
  CHECK(told({lines(1, 9), found}).last == AuditMark{9, hash_at(9, 0, 0)});
}

TEST_CASE("what is settled is what was there; a break that comes later is open, and settling twice is settling once") {
  const AuditChain one = told({lines(1, 3), lines(5, 5), AuditSettle{1}});
  CHECK(one.broken == 1);
  CHECK(one.settled == 1);
  CHECK(one == apply(one, AuditSettle{1}, context_of(9)));
  CHECK(apply(one, AuditSettle{0}, context_of(9)).settled == 1);
  CHECK(apply(one, AuditSettle{99}, context_of(9)).settled == 1);
  const AuditChain more = apply(one, lines(8, 8), context_of(9));
  CHECK(more.broken - more.settled == 1);
}

TEST_CASE(
    "however many words and lives: nothing is refused, each wrong word is counted once, and a copy finds a place near its end") {
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    std::optional<AuditChain> chain;
    std::uint64_t n = 0;
    std::uint64_t wrong = 0;
    for (int i = 0; i < 120; ++i) {
      const bool skips = random() % 10 == 0;
      const std::uint64_t first = n + (skips ? 2 : 1);
      n = first + random() % 3;
      chain = apply(chain, lines(first, n), context_of(i));
      wrong += skips ? 1 : 0;
      CHECK(chain->broken == wrong);
      CHECK(chain->last.n == n);
      CHECK(chain->marks.size() <= audit_marks_max);
      CHECK(chain->breaks.size() <= audit_breaks_max);
      CHECK(std::ranges::is_sorted(chain->marks, {}, &AuditMark::n));
    }
    CHECK(chain->marks.back().n == n);
    CHECK(chain->marks.front().n < 10);
  }
}
