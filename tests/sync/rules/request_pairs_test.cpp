// SPDX-License-Identifier: Apache-2.0
// Every pair of kinds of operations on one request, and every order of all of them: the same document, told once or twice.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "sync/rules/request.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;

namespace {

struct Act {
  RequestOperation operation;
  std::int64_t at = 0;
  std::uint64_t transaction = 0;
};

const StoreId here{"harbour-street"};

void tell(std::optional<HelpRequest>& request, const Act& act) {
  char text[33];
  std::snprintf(text, sizeof text, "%032llx", static_cast<unsigned long long>(act.transaction));
  ApplyContext context;
  context.transaction = TransactionId{text};
  context.at = {act.at};
  request = apply(request, here, act.operation, context);
}

// In the order of RequestOperation.
std::vector<RequestOperation> variants(std::size_t kind) {
  switch (kind) {
    case 0:
      return {RequestRaise{"kiosk-1", "by the stairs", "en", "cart/0123456789abcdef0123456789abcdef"},
              RequestRaise{"kiosk-2", "", "", ""}};
    case 1:
      return {RequestSay{"finding"}, RequestSay{"access"}};
    case 2:
      return {RequestTake{"nadia", 1}, RequestTake{"tom", 0}, RequestTake{"", 0}};
    default:
      return {RequestEnd{"helped"}, RequestEnd{"cancelled"}};
  }
}

// Who spoke first of its kind, or last, looked up in a list of all that was said.
struct Oracle {
  std::vector<Act> said;

  [[nodiscard]] std::vector<Act> of(std::size_t kind) const {
    std::vector<Act> found;
    std::ranges::copy_if(said, std::back_inserter(found), [&](const Act& act) { return act.operation.index() == kind; });
    std::ranges::sort(found, {}, [](const Act& act) { return std::pair(act.at, act.transaction); });
    return found;
  }
  void check(const HelpRequest& request) const {
    const auto raises = of(0);
    const auto says = of(1);
    const auto takes = of(2);
    const auto ends = of(3);
    REQUIRE(request.raised.has_value() == !raises.empty());
    if (!raises.empty()) CHECK(request.raised->device == std::get<RequestRaise>(raises.front().operation).device);
    REQUIRE(request.topic.has_value() == !says.empty());
    if (!says.empty()) CHECK(request.topic->about == std::get<RequestSay>(says.back().operation).about);
    const std::string who = takes.empty() ? "" : std::get<RequestTake>(takes.back().operation).who;
    CHECK((request.taken ? request.taken->who : "") == who);
    if (!ends.empty()) CHECK(request.ended->how == std::get<RequestEnd>(ends.front().operation).how);
    const RequestState state = !ends.empty() ? RequestState::ended : who.empty() ? RequestState::waiting : RequestState::taken;
    CHECK(state_of(request) == state);
    CHECK(request.since.value == std::ranges::min(said, {}, &Act::at).at);
  }
};

struct Pair {
  std::string_view names;
};
constexpr std::array<std::string_view, 4> kinds = {"request.raise", "request.say", "request.take", "request.end"};
const std::vector<Pair> pairs = {
    Pair{"request.raise × request.raise"}, Pair{"request.raise × request.say request.take request.end"},
    Pair{"request.say × request.say"},     Pair{"request.say × request.take request.end"},
    Pair{"request.take × request.take"},   Pair{"request.take × request.end"},
    Pair{"request.end × request.end"}};

}  // namespace

TEST_CASE("every pair of acts on a request ends the same in either order") {
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
            for (const std::int64_t at : {4, 5, 6}) {
              const std::vector<Act> two = {{a, 5, 1}, {b, at, 2}};
              std::optional<HelpRequest> ab;
              std::optional<HelpRequest> ba;
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
  CHECK(met == 10);
}

TEST_CASE("acts on a request come to the same in every order, also told twice") {
  const unsigned seed = std::random_device{}();
  MESSAGE("seed ", seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 2'000; ++round) {
    Oracle oracle;
    for (std::uint64_t n = 1; n <= 2 + random() % 8; ++n) {
      const auto of_kind = variants(random() % kinds.size());
      oracle.said.push_back({of_kind[random() % of_kind.size()], 1 + static_cast<std::int64_t>(random() % 5), n});
    }
    std::vector<Act> told = oracle.said;
    for (std::size_t again = random() % 3; again > 0; --again) told.push_back(told[random() % told.size()]);
    std::ranges::shuffle(told, random);
    std::optional<HelpRequest> request;
    for (const Act& act : told) tell(request, act);
    oracle.check(*request);
  }
}

TEST_CASE("a request is forgotten two days after its first word") {
  std::optional<HelpRequest> request;
  tell(request, {RequestTake{"tom", 2}, 9'000, 2});
  tell(request, {RequestRaise{"kiosk-1", "", "", ""}, 1'000, 1});
  CHECK(expires_at(*request).value == 1'000 + 172'800'000);
}
