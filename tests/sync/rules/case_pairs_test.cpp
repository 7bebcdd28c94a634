// SPDX-License-Identifier: Apache-2.0
// Every pair of kinds of operations on one conversation, and every order of all of them: the same document, told once or twice;
// and nothing that a customer wrote is closed before somebody has seen it.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sync/rules/case.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;

namespace {

struct Act {
  CaseOperation operation;
  std::int64_t at = 0;
  std::uint64_t transaction = 0;
};

const CustomerId maya{"12348"};
const StoreId here{"harbour-street"};

std::string hex(std::uint64_t number) {
  char text[33];
  std::snprintf(text, sizeof text, "%032llx", static_cast<unsigned long long>(number));
  return text;
}
Stamp stamp_of(const Act& act) { return {UtcMs{act.at}, hex(act.transaction) + ".0"}; }

void tell(std::optional<Case>& one, const Act& act) {
  ApplyContext context;
  context.transaction = TransactionId{hex(act.transaction)};
  context.at = {act.at};
  one = apply(one, maya, act.operation, context);
}

// In the order of CaseOperation. `seen`: what whoever closes it has on the screen.
std::vector<CaseOperation> variants(std::size_t kind, const std::vector<Stamp>& seen) {
  switch (kind) {
    case 0:
      return {CaseOpen{"chat", "Cake stand", here}, CaseOpen{"email", "", {}}};
    case 1:
      return {CaseNote{true, "", {}, "Is it dishwasher safe?"}, CaseNote{false, "Nadia K.", here, "No, by hand."}};
    case 2:
      return {CaseTake{"1001", "Nadia K.", here}, CaseTake{"1002", "Tom B.", here}, CaseTake{"", "", here}};
    default:
      return {CaseClose{"answered", "Nadia K.", here, seen}, CaseClose{"not_needed", "", {}, {}}};
  }
}

// What was said, looked up in a list of all of it.
struct Oracle {
  std::vector<Act> said;

  [[nodiscard]] std::vector<Act> of(std::size_t kind) const {
    std::vector<Act> found;
    std::ranges::copy_if(said, std::back_inserter(found), [&](const Act& act) { return act.operation.index() == kind; });
    std::ranges::sort(found, {}, [](const Act& act) { return std::pair(act.at, act.transaction); });
    return found;
  }
  void check(const Case& one) const {
    const auto opens = of(0), notes = of(1), takes = of(2), closes = of(3);
    REQUIRE(one.head.has_value() == !opens.empty());
    if (!opens.empty()) CHECK(one.head->channel == std::get<CaseOpen>(opens.back().operation).channel);
    REQUIRE(one.messages.size() == notes.size());
    for (std::size_t i = 0; i < notes.size(); ++i) CHECK(one.messages[i].text == std::get<CaseNote>(notes[i].operation).text);
    const std::string who = takes.empty() ? "" : std::get<CaseTake>(takes.back().operation).who;
    CHECK((one.owner ? one.owner->who : "") == who);
    bool all_seen = true;
    for (const Act& note : notes) {
      if (!std::get<CaseNote>(note.operation).by_customer) continue;
      all_seen = all_seen && std::ranges::any_of(closes, [&](const Act& close) {
                   const auto& seen = std::get<CaseClose>(close.operation).seen;
                   return std::ranges::find(seen, stamp_of(note)) != seen.end();
                 });
    }
    const bool closed = !closes.empty() && all_seen;
    CHECK(state_of(one) == (closed ? CaseState::closed : who.empty() ? CaseState::open : CaseState::taken));
    const auto store = opens.empty() || closed ? std::nullopt : std::get<CaseOpen>(opens.back().operation).store;
    CHECK(waits_for(one) == store);
    CHECK(one.since.value == std::ranges::min(said, {}, &Act::at).at);
    CHECK(expires_at(one).value == std::ranges::max(said, {}, &Act::at).at + case_kept_ms);
  }
};

struct Pair {
  std::string_view names;
};
constexpr std::array<std::string_view, 4> kinds = {"case.open", "case.note", "case.take", "case.close"};
const std::vector<Pair> pairs = {Pair{"case.open × case.open"},  Pair{"case.open × case.note case.take case.close"},
                                 Pair{"case.note × case.note"},  Pair{"case.note × case.take"},
                                 Pair{"case.note × case.close"}, Pair{"case.take × case.take"},
                                 Pair{"case.take × case.close"}, Pair{"case.close × case.close"}};

}  // namespace

TEST_CASE("every pair of acts on a conversation ends the same in either order") {
  std::size_t met = 0;
  for (const Pair& pair : pairs) {
    const std::size_t cross = pair.names.find("×");
    for (std::size_t one = 0; one < kinds.size(); ++one) {
      if (pair.names.substr(0, cross).find(kinds[one]) == std::string_view::npos) continue;
      for (std::size_t other = 0; other < kinds.size(); ++other) {
        if (pair.names.substr(cross).find(kinds[other]) == std::string_view::npos) continue;
        ++met;
        for (const bool seen_it : {false, true}) {
          for (const std::int64_t at : {4, 5, 6}) {
            // Whoever closes may have seen what the other one of the two says, or not.
            const std::vector<Stamp> seen =
                seen_it ? std::vector<Stamp>{{UtcMs{5}, hex(1) + ".0"}, {UtcMs{at}, hex(2) + ".0"}} : std::vector<Stamp>{};
            for (const auto& a : variants(one, seen)) {
              for (const auto& b : variants(other, seen)) {
                const std::vector<Act> two = {{a, 5, 1}, {b, at, 2}};
                std::optional<Case> ab;
                std::optional<Case> ba;
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
  }
  CHECK(met == 10);
}

TEST_CASE("acts on a conversation come to the same in every order, also told twice") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed ", seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 2'000; ++round) {
    Oracle oracle;
    std::vector<Stamp> spoken;  // what may have been seen by now
    for (std::uint64_t n = 1; n <= 2 + random() % 10; ++n) {
      std::vector<Stamp> seen;
      std::ranges::copy_if(spoken, std::back_inserter(seen), [&](const Stamp&) { return random() % 4 != 0; });
      const auto of_kind = variants(random() % kinds.size(), seen);
      oracle.said.push_back({of_kind[random() % of_kind.size()], 1 + static_cast<std::int64_t>(random() % 5), n});
      if (oracle.said.back().operation.index() == 1) spoken.push_back(stamp_of(oracle.said.back()));
    }
    std::vector<Act> told = oracle.said;
    for (std::size_t again = random() % 3; again > 0; --again) told.push_back(told[random() % told.size()]);
    std::ranges::shuffle(told, random);
    std::optional<Case> one;
    for (const Act& act : told) tell(one, act);
    oracle.check(*one);
  }
}

TEST_CASE("of very many messages the newest stay, in every order, and what is closed stays closed") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed ", seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 20; ++round) {
    std::vector<Act> said;
    for (std::uint64_t n = 1; n <= 130; ++n) {
      said.push_back({CaseNote{true, "", {}, std::to_string(n)}, static_cast<std::int64_t>(n), n});
      // Each close names what its screen shows: the newest of them.
      std::vector<Stamp> seen;
      for (std::uint64_t m = n > case_messages_max ? n - case_messages_max + 1 : 1; m <= n; ++m)
        seen.push_back({UtcMs{static_cast<std::int64_t>(m)}, hex(m) + ".0"});
      if (n % 10 == 0) said.push_back({CaseClose{"answered", "", here, seen}, static_cast<std::int64_t>(n), 1000 + n});
    }
    std::optional<Case> in_order, shuffled;
    for (const Act& act : said) tell(in_order, act);
    std::ranges::shuffle(said, random);
    for (const Act& act : said) tell(shuffled, act);
    CHECK(*in_order == *shuffled);
    REQUIRE(shuffled->messages.size() == case_messages_max);
    CHECK(shuffled->messages.front().text == "81");
    CHECK(state_of(*shuffled) == CaseState::closed);
  }
}

TEST_CASE("what was forgotten does not come back by a late word") {
  ApplyContext late;
  late.transaction = TransactionId{hex(7)};
  late.at = {5};
  late.lineage.now = {1, 3};
  CHECK_FALSE(apply(std::nullopt, maya, CaseNote{false, "Tom B.", here, "late"}, late));
}
