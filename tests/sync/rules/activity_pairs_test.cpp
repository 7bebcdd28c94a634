// SPDX-License-Identifier: Apache-2.0
// What was said of somebody stands as it was said, each event once, in whatever order and however often it is told.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "sync/rules/activity.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;

namespace {

const CustomerId amelia{"17850"};

struct Act {
  int event = 0;  // of one event always the same is said
  std::int64_t known_at = 0;
};

ActivityAppend said(int event) {
  ActivityAppend append{std::string(activity_kinds.at(static_cast<std::size_t>(event) % activity_kinds.size())),
                        "web",
                        {1'000 * event},
                        {},
                        {},
                        {},
                        {}};
  if (event % 2 == 0) append.sku = Sku{"A" + std::to_string(event)};
  if (event % 3 == 0) append.text = "cake stand";
  return append;
}

using Told = std::map<int, std::optional<Activity>>;

// A document with a version above 0 was there once.
ApplyContext context_of(const Act& act, std::uint64_t number) {
  ApplyContext context;
  context.at = {act.known_at};
  context.lineage.now = {1, number};
  return context;
}

void tell(Told& told, const Act& act, const ActivityAppend& append) {
  auto& activity = told[act.event];
  const std::uint64_t number = activity ? 1 : 0;
  activity = apply(activity, amelia, append, context_of(act, number));
}

struct Pair {
  std::string_view names;
};
constexpr std::array pairs = {Pair{"activity.append × activity.append"}};

}  // namespace

TEST_CASE("two words about what somebody did: each event stands once, as it was said first") {
  static_assert(pairs.size() == 1);
  for (int one = 0; one < 4; ++one) {
    for (int other = 0; other < 4; ++other) {
      Told ab;
      Told ba;
      tell(ab, {one, 9'000}, said(one));
      tell(ab, {other, 9'000}, said(other));
      tell(ba, {other, 9'000}, said(other));
      tell(ba, {one, 9'000}, said(one));
      CHECK(ab == ba);
      CHECK(ab.size() == (one == other ? 1 : 2));
      CHECK(ab.at(one)->kind == said(one).kind);
      // Something else under its id alters nothing.
      Told twice = ab;
      tell(twice, {one, 9'000}, said(other + 5));
      CHECK(twice == ab);
    }
  }
}

TEST_CASE("in whatever order and however often events are told, the same stands") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    std::vector<Act> acts;
    for (int i = 0; i < 12; ++i) acts.push_back({static_cast<int>(random() % 8), 100'000});
    Told once;
    for (const Act& act : acts) tell(once, act, said(act.event));
    std::vector<Act> again = acts;
    again.insert(again.end(), acts.begin(), acts.end());
    std::ranges::shuffle(again, random);
    Told often;
    for (const Act& act : again) tell(often, act, said(act.event));
    CHECK(once == often);
    for (const auto& [event, activity] : once) CHECK(activity->at.value == 1'000 * event);
  }
}

TEST_CASE("what somebody did is forgotten thirty days after it, also where a clock ran ahead, and does not come back") {
  const auto on_time = apply(std::nullopt, amelia, said(4), context_of({4, 10'000}, 0));
  CHECK(on_time->expires_at == UtcMs{4'000}.plus(activity_kept_ms));
  const auto ahead = apply(std::nullopt, amelia, said(40), context_of({40, 10'000}, 0));
  CHECK(ahead->at == UtcMs{40'000});
  CHECK(ahead->expires_at == UtcMs{10'000}.plus(activity_kept_ms));
  CHECK_FALSE(apply(std::nullopt, amelia, said(4), context_of({4, 10'000}, 3)));
}
