// SPDX-License-Identifier: Apache-2.0
// Every pair of words about one consent, every order of a few, and random ones: what is withdrawn stays so until a grant that saw
// the withdrawal, whoever is heard first.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sync/rules/consent.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;

namespace {

const CustomerId amelia{"17850"};

struct Act {
  ConsentOperation operation;
  std::int64_t at = 0;
  std::uint64_t transaction = 0;
};

std::string hex(std::uint64_t number) {
  char text[33];
  std::snprintf(text, sizeof text, "%032llx", static_cast<unsigned long long>(number));
  return text;
}
std::string name(std::uint64_t transaction) { return hex(transaction) + ".0"; }

// The reason of a refusal; empty: it counts.
std::string tell(std::optional<ConsentRegister>& consents, const Act& act) {
  ApplyContext context;
  context.transaction = TransactionId{hex(act.transaction)};
  context.at = {act.at};
  auto after = apply(consents, amelia, act.operation, context);
  if (!after) return after.error().reason;
  consents = std::move(*after);
  return "";
}

Act grant(std::uint64_t n, std::vector<std::string> seen, std::string purpose = "history") {
  return {ConsentGive{std::move(purpose), "counter", std::move(seen)}, static_cast<std::int64_t>(n), n};
}
Act withdrawal(std::uint64_t n, std::string purpose = "history") {
  return {ConsentWithdraw{std::move(purpose), "kiosk"}, static_cast<std::int64_t>(n), n};
}

// From a list of all that was said: some grant names every withdrawal.
bool should_be_granted(const std::vector<Act>& said, const std::string& purpose) {
  std::set<std::string> withdrawn;
  for (const Act& act : said) {
    const auto* withdraw = std::get_if<ConsentWithdraw>(&act.operation);
    if (withdraw != nullptr && withdraw->purpose == purpose) withdrawn.insert(name(act.transaction));
  }
  if (withdrawn.size() >= consent_withdrawals_max) return false;
  return std::ranges::any_of(said, [&](const Act& act) {
    const auto* give = std::get_if<ConsentGive>(&act.operation);
    if (give == nullptr || give->purpose != purpose) return false;
    return std::ranges::all_of(withdrawn,
                               [&](const std::string& one) { return std::ranges::find(give->seen, one) != give->seen.end(); });
  });
}

std::optional<ConsentRegister> told(const std::vector<Act>& acts) {
  std::optional<ConsentRegister> consents;
  for (const Act& act : acts) tell(consents, act);
  return consents;
}

bool granted(const std::optional<ConsentRegister>& consents, const std::string& purpose = "history") {
  return consents && is_granted(*consents, purpose);
}

struct Pair {
  std::string_view names;
};
constexpr std::array<std::string_view, 2> kinds = {"consent.grant", "consent.withdraw"};
const std::vector<Pair> pairs = {Pair{"consent.grant × consent.grant"}, Pair{"consent.grant × consent.withdraw"},
                                 Pair{"consent.withdraw × consent.withdraw"}};

std::vector<Act> variants(std::string_view kind, std::uint64_t n, std::uint64_t other) {
  if (kind == "consent.withdraw") return {withdrawal(n), withdrawal(n, "profiling")};
  return {grant(n, {}), grant(n, {name(other)}), grant(n, {name(7)}), grant(n, {}, "profiling")};
}

}  // namespace

TEST_CASE("every pair of words about a consent ends the same in either order") {
  std::size_t met = 0;
  for (const Pair& pair : pairs) {
    const std::size_t cross = pair.names.find("×");
    for (const auto one : kinds) {
      if (pair.names.substr(0, cross).find(one) == std::string_view::npos) continue;
      for (const auto other : kinds) {
        if (pair.names.substr(cross).find(other) == std::string_view::npos) continue;
        ++met;
        for (const Act& a : variants(one, 1, 2)) {
          for (const Act& b : variants(other, 2, 1)) {
            const std::vector<Act> said = {a, b};
            const auto ab = told({a, b});
            const auto ba = told({b, a});
            CHECK(ab == ba);
            CHECK(granted(ab) == should_be_granted(said, "history"));
            CHECK(granted(ab, "profiling") == should_be_granted(said, "profiling"));
          }
        }
      }
    }
  }
  CHECK(met == 3);
}

TEST_CASE("nobody said anything: no; withdrawn, and granted by who did not know: no; by who did: yes") {
  std::optional<ConsentRegister> consents;
  CHECK_FALSE(granted(consents));
  CHECK(tell(consents, grant(1, {})).empty());
  CHECK(granted(consents));
  CHECK_FALSE(granted(consents, "profiling"));
  CHECK(tell(consents, withdrawal(2)).empty());
  CHECK_FALSE(granted(consents));
  // Later by every clock, and still one that did not see it.
  CHECK(tell(consents, grant(900, {})) == "consent_withdrawn");
  CHECK_FALSE(granted(consents));
  CHECK(tell(consents, grant(3, {name(2)})).empty());
  CHECK(granted(consents));
  CHECK(grant_of(*consents, "history")->stamp.by == name(3));
}

TEST_CASE("a withdrawal is never refused, and where there are too many the answer stays no") {
  std::optional<ConsentRegister> consents;
  std::vector<std::string> all;
  for (std::uint64_t n = 1; n <= consent_withdrawals_max + 3; ++n) {
    CHECK(tell(consents, withdrawal(n)).empty());
    all.push_back(name(n));
  }
  CHECK(consents->purposes.at("history").withdrawals.size() == consent_withdrawals_max);
  CHECK(tell(consents, grant(1'000, all)) == "consent_full");
  CHECK_FALSE(granted(consents));
  for (int purpose = 0; purpose < 40; ++purpose) CHECK(tell(consents, withdrawal(2'000, "p" + std::to_string(purpose))).empty());
  CHECK(consents->purposes.size() == consent_purposes_max);
}

TEST_CASE("words about a consent come to the same in every order, also told twice") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed ", seed);
  std::mt19937 random(seed);
  std::size_t yes = 0;
  for (int round = 0; round < 4'000; ++round) {
    std::vector<Act> said;
    const std::uint64_t count = 2 + random() % 7;
    for (std::uint64_t n = 1; n <= count; ++n) {
      if (random() % 2 == 0) {
        said.push_back(withdrawal(n));
        continue;
      }
      std::vector<std::string> seen;
      for (std::uint64_t other = 1; other <= count; ++other) {
        if (random() % 4 != 0) seen.push_back(name(other));
      }
      said.push_back(grant(n, std::move(seen)));
    }
    std::vector<Act> order = said;
    const auto first = told(order);
    for (int again = 0; again < 4; ++again) {
      std::ranges::shuffle(order, random);
      std::vector<Act> twice = order;
      twice.push_back(order[random() % order.size()]);
      CHECK(told(twice) == first);
    }
    CHECK(granted(first) == should_be_granted(said, "history"));
    yes += granted(first) ? 1U : 0U;
  }
  CHECK(yes > 100);  // else it proves nothing
}
