// SPDX-License-Identifier: Apache-2.0
// What is said of the hours of a day, in every order and told twice: of each hour the last word, as it was said.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string_view>
#include <vector>

#include "sync/rules/measures.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;

namespace {

struct Said {
  std::int64_t hour = 0;
  std::int64_t resumes = 0;
  std::int64_t at = 0;
  std::uint64_t transaction = 0;
};

struct Pair {
  std::string_view names;
};
const std::vector<Pair> pairs = {Pair{"measures.put × measures.put"}};

void tell(std::optional<MeasuredDay>& day, const Said& said) {
  char text[33];
  std::snprintf(text, sizeof text, "%032llx", static_cast<unsigned long long>(said.transaction));
  ApplyContext context;
  context.transaction = TransactionId{text};
  context.at = {said.at};
  MeasuresPut put;
  put.from = {said.hour * 10};
  put.until = {said.hour * 10 + 10};
  put.counts.resumes = said.resumes;
  put.waits = said.resumes;
  put.wait_median_ms = said.resumes * 7;
  day = apply(day, StoreId{"harbour-street"}, "2026-11-30", put, context);
}

// By a table of hours, the latest row of each.
void check(const std::optional<MeasuredDay>& day, const std::vector<Said>& all) {
  std::map<std::int64_t, Said> last;
  for (const Said& one : all) {
    const auto known = last.find(one.hour);
    const bool later =
        known == last.end() || std::pair(known->second.at, known->second.transaction) < std::pair(one.at, one.transaction);
    if (later) last[one.hour] = one;
  }
  while (last.size() > measures_hours_max) last.erase(std::prev(last.end()));
  REQUIRE(day->hours.size() == last.size());
  std::size_t i = 0;
  for (const auto& [hour, said] : last) {
    CHECK(day->hours[i].from.value == hour * 10);
    CHECK(day->hours[i].counts.resumes == said.resumes);
    CHECK(day->hours[i].wait_median_ms == said.resumes * 7);
    ++i;
  }
  CHECK(expires_at(*day).value == last.begin()->first * 10 + measures_kept_ms);
}

}  // namespace

TEST_CASE("every pair of words about hours ends the same in either order") {
  CHECK(pairs.size() == 1);
  for (const std::int64_t hour : {3, 4}) {
    for (const std::int64_t at : {4, 5, 6}) {
      const std::vector<Said> two = {{3, 10, 5, 1}, {hour, 2, at, 2}};
      std::optional<MeasuredDay> ab;
      std::optional<MeasuredDay> ba;
      tell(ab, two[0]);
      tell(ab, two[1]);
      tell(ba, two[1]);
      tell(ba, two[0]);
      CHECK(*ab == *ba);
      check(ab, two);
    }
  }
}

TEST_CASE("words about hours come to the same in every order, also told twice; and there is an end to them") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed ", seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 500; ++round) {
    std::vector<Said> all;
    const std::int64_t hours = round % 10 == 0 ? 80 : 6;
    for (std::uint64_t n = 1; n <= 2 + random() % 90; ++n)
      all.push_back({static_cast<std::int64_t>(random() % static_cast<unsigned>(hours)), static_cast<std::int64_t>(random() % 9),
                     static_cast<std::int64_t>(random() % 5), n});
    std::optional<MeasuredDay> first;
    for (const Said& one : all) tell(first, one);
    check(first, all);
    std::vector<Said> again = all;
    again.insert(again.end(), all.begin(), all.begin() + static_cast<std::ptrdiff_t>(random() % all.size()));
    std::ranges::shuffle(again, random);
    std::optional<MeasuredDay> second;
    for (const Said& one : again) tell(second, one);
    CHECK(*first == *second);
  }
}
