// SPDX-License-Identifier: Apache-2.0
// Every pair of kinds of operations on one offer, and every order of all of them: the same document, told once or twice; and when
// it may be shown, against an oracle that counts what was said.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "sync/rules/offer.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;

namespace {

constexpr std::int64_t day = 86'400'000;

struct Act {
  OfferOperation operation;
  std::int64_t at = 0;
  std::uint64_t transaction = 0;
};

const CustomerId maya{"12348"};
const StoreId here{"harbour-street"};

void tell(std::optional<Offer>& offer, const Act& act) {
  char text[33];
  std::snprintf(text, sizeof text, "%032llx", static_cast<unsigned long long>(act.transaction));
  ApplyContext context;
  context.transaction = TransactionId{text};
  context.at = {act.at};
  offer = apply(offer, maya, act.operation, context);
}

OfferPut put(std::int64_t times, std::int64_t rest_days, std::int64_t until) {
  return {Sku{"22423"}, {}, {{"en", "Goes with it"}}, 500, UtcMs{0}, UtcMs{until}, times, rest_days, "NBA-7"};
}
// In the order of OfferOperation.
std::vector<OfferOperation> variants(std::size_t kind) {
  if (kind == 0) return {put(2, 0, 50 * day), put(1, 7, 20 * day), put(3, 1, 90 * day)};
  return {OfferTold{"taken", here}, OfferTold{"declined", StoreId{"quay-square"}}, OfferTold{"not_now", here}};
}

struct Oracle {
  std::vector<Act> said;

  [[nodiscard]] std::vector<Act> of(std::size_t kind) const {
    std::vector<Act> found;
    std::ranges::copy_if(said, std::back_inserter(found), [&](const Act& act) { return act.operation.index() == kind; });
    std::ranges::sort(found, {}, [](const Act& act) { return std::pair(act.at, act.transaction); });
    return found;
  }
  [[nodiscard]] bool shows(std::int64_t now) const {
    const auto puts = of(0), told = of(1);
    if (puts.empty()) return false;
    const auto& head = std::get<OfferPut>(puts.back().operation);
    const bool decided =
        std::ranges::any_of(told, [](const Act& act) { return std::get<OfferTold>(act.operation).what != "not_now"; });
    if (decided || static_cast<std::int64_t>(told.size()) >= head.times) return false;
    if (now < head.from.value || now >= head.until.value) return false;
    return told.empty() || now - told.back().at >= head.rest_days * day;
  }
  void check(const Offer& offer) const {
    REQUIRE(offer.head.has_value() == !of(0).empty());
    REQUIRE(offer.outcomes.size() == of(1).size());
    for (const std::int64_t now :
         {0L * day, 1 * day, 5 * day, 9 * day, 19 * day, 20 * day, 49 * day, 50 * day, 89 * day, 90 * day})
      CHECK(may_show(offer, UtcMs{now}) == shows(now));
    CHECK(offer.since.value == std::ranges::min(said, {}, &Act::at).at);
  }
};

struct Pair {
  std::string_view names;
};
constexpr std::array<std::string_view, 2> kinds = {"offer.put", "offer.outcome"};
const std::vector<Pair> pairs = {Pair{"offer.put × offer.put"}, Pair{"offer.put × offer.outcome"},
                                 Pair{"offer.outcome × offer.outcome"}};

}  // namespace

TEST_CASE("every pair of words about an offer ends the same in either order") {
  std::size_t met = 0;
  for (const Pair& pair : pairs) {
    const std::size_t cross = pair.names.find("×");
    for (std::size_t one = 0; one < kinds.size(); ++one) {
      if (pair.names.substr(0, cross).find(kinds[one]) == std::string_view::npos) continue;
      for (std::size_t other = 0; other < kinds.size(); ++other) {
        if (pair.names.substr(cross).find(kinds[other]) == std::string_view::npos) continue;
        ++met;
        for (const auto& a : variants(one)) {
          for (const auto& b : variants(other)) {
            for (const std::int64_t at : {2 * day, 3 * day, 4 * day}) {
              const std::vector<Act> two = {{a, 3 * day, 1}, {b, at, 2}};
              std::optional<Offer> ab;
              std::optional<Offer> ba;
              tell(ab, two[0]);
              tell(ab, two[1]);
              tell(ba, two[1]);
              tell(ba, two[0]);
              CHECK(*ab == *ba);
              Oracle{two}.check(*ab);
            }
          }
        }
      }
    }
  }
  CHECK(met == 3);
}

TEST_CASE("words about an offer come to the same in every order, also told twice") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed ", seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 2'000; ++round) {
    Oracle oracle;
    for (std::uint64_t n = 1; n <= 1 + random() % 6; ++n) {
      // Most words are "not now": what is decided is soon over.
      const auto of_kind = variants(random() % kinds.size());
      const std::size_t which = random() % 3 == 0 ? random() % of_kind.size() : of_kind.size() - 1;
      oracle.said.push_back({of_kind[which], static_cast<std::int64_t>(random() % 12) * day, n});
    }
    std::vector<Act> told = oracle.said;
    for (std::size_t again = random() % 3; again > 0; --again) told.push_back(told[random() % told.size()]);
    std::ranges::shuffle(told, random);
    std::optional<Offer> offer;
    for (const Act& act : told) tell(offer, act);
    oracle.check(*offer);
  }
}

TEST_CASE("an offer is kept two weeks after its time, and what was forgotten does not come back by a late word") {
  std::optional<Offer> offer;
  tell(offer, {put(1, 0, 20 * day), day, 1});
  CHECK(expires_at(*offer).value == 34 * day);
  ApplyContext late;
  late.transaction = TransactionId{std::string(32, '7')};
  late.lineage.now = {1, 3};
  CHECK_FALSE(apply(std::nullopt, maya, OfferTold{"taken", here}, late));
}
