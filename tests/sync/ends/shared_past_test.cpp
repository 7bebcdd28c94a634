// SPDX-License-Identifier: Apache-2.0
// The last common n is found wherever it is, in few questions; and where nothing can be proved, that is the answer.
#include "sync/ends/shared_past.hpp"

#include <doctest/doctest.h>

#include "sync/tuning.hpp"

using namespace vitrine::sync;
using namespace vitrine::sync::ends;
using State = SharedPast::State;

namespace {

Hash hash_of(std::uint64_t n, bool other) {
  Hash hash{};
  if (n == 0) return hash;
  for (std::size_t i = 0; i < 8; ++i) hash[i] = static_cast<std::uint8_t>(n >> (8 * i));
  hash[8] = other ? 1 : 2;
  return hash;
}

struct Chains {
  std::uint64_t own_oldest = 0;
  std::uint64_t own_last = 0;
  std::uint64_t hub_oldest = 1;
  std::uint64_t hub_last = 0;
  std::uint64_t common = 0;
};

struct Searched {
  State state = State::searching;
  std::uint64_t n = 0;
  int questions = 0;
};

Searched search(const Chains& chains) {
  SharedPast history(chains.own_oldest, chains.own_last);
  Searched out;
  for (; history.state() == State::searching && out.questions < 20; ++out.questions) {
    const auto asked = history.numbers();
    REQUIRE(asked.size() <= tuning::chain_numbers_max);
    protocol::ChainAnswer answer;
    answer.oldest = chains.hub_last == 0 ? 0 : chains.hub_oldest;
    answer.n = chains.hub_last;
    for (const std::uint64_t n : asked) {
      if (n >= chains.hub_oldest && n <= chains.hub_last) answer.links.push_back({n, hash_of(n, n > chains.common)});
    }
    history.take(answer, [&](std::uint64_t n) -> std::optional<Hash> {
      if (n < chains.own_oldest || n > chains.own_last) return std::nullopt;
      return hash_of(n, false);
    });
  }
  out.state = history.state();
  if (out.state == State::found) out.n = history.n();
  return out;
}

}  // namespace

TEST_CASE("every small pair of chains gives the last common n, or says that nothing is proved") {
  std::size_t found = 0;
  std::size_t unprovable = 0;
  for (std::uint64_t own_last = 0; own_last <= 9; ++own_last) {
    for (std::uint64_t hub_last = 0; hub_last <= 9; ++hub_last) {
      for (std::uint64_t own_oldest = 0; own_oldest <= own_last; ++own_oldest) {
        for (std::uint64_t hub_oldest = 1; hub_oldest <= std::max<std::uint64_t>(hub_last, 1); ++hub_oldest) {
          for (std::uint64_t common = 0; common <= std::min(own_last, hub_last); ++common) {
            const Chains chains{own_oldest, own_last, hub_oldest, hub_last, common};
            CAPTURE(own_oldest);
            CAPTURE(own_last);
            CAPTURE(hub_oldest);
            CAPTURE(hub_last);
            CAPTURE(common);
            const Searched out = search(chains);
            const std::uint64_t lowest = std::max(own_oldest, hub_oldest <= 1 ? 0 : hub_oldest);
            if (own_last == 0 || common >= lowest) {
              REQUIRE(out.state == State::found);
              CHECK(out.n == common);
              ++found;
            } else {
              REQUIRE(out.state == State::unprovable);
              ++unprovable;
            }
          }
        }
      }
    }
  }
  CHECK(found > 500);
  CHECK(unprovable > 500);
}

TEST_CASE("two hundred thousand numbers take four questions at most, a plain roll-back one") {
  for (const std::uint64_t common : {0ULL, 1ULL, 17ULL, 99'999ULL, 123'456ULL, 199'999ULL}) {
    const Searched out = search({0, 200'000, 1, 250'000, common});
    REQUIRE(out.state == State::found);
    CHECK(out.n == common);
    CHECK(out.questions <= 5);
  }
  CHECK(search({0, 5'000, 1, 8'000, 5'000}).questions == 1);
}

TEST_CASE("a hub that does not answer what it is asked does not keep the store asking") {
  SharedPast history(0, 1000);
  protocol::ChainAnswer answer;
  answer.oldest = 1;
  answer.n = 2000;
  history.take(answer, [](std::uint64_t) { return std::optional<Hash>(Hash{}); });
  history.take(answer, [](std::uint64_t) { return std::optional<Hash>(Hash{}); });
  CHECK(history.state() == State::found);
  CHECK(history.n() == 0);
}
