// SPDX-License-Identifier: Apache-2.0
// What comes back, and the money for it: never more than was bought, never more than was paid, to the penny in any order.
#include "sync/rules/returning.hpp"

#include <doctest/doctest.h>

#include <random>

#include "tests/sync/rules/order_world.hpp"

using namespace vitrine;
using namespace vitrine::sync::rules;
using namespace vitrine::sync::rules::test;

namespace {

constexpr std::int64_t day = 86'400'000;

ReturnBar bar(const ReturnRules& rules, std::string_view sku, std::int64_t units, UtcMs now) {
  const std::vector<std::string> categories = {"candles", "gifts"};
  return bar_of(rules, {sku, categories, units, UtcMs{1'000}}, now);
}

// Both lines handed over and paid for.
std::optional<sync::Order> collected(std::int64_t first, std::int64_t second, std::int64_t paid) {
  std::optional<sync::Order> order;
  REQUIRE(tell(order, {two_lines(first, second), 1, {1'000}}));
  if (paid > 0) REQUIRE(tell(order, {OrderPay{paid}, 2, {2'000}}));
  REQUIRE(tell(order, {OrderHandOver{here, {{1, first}, {2, second}}, "code", false}, 3, {3'000}}));
  return order;
}

}  // namespace

TEST_CASE("a line comes back within the window, unless it is sold for good or nothing of it is left") {
  ReturnRules rules;
  CHECK(bar(rules, "85123A", 1, {1'000 + 30 * day - 1}) == ReturnBar::none);
  CHECK(bar(rules, "85123A", 1, {1'000 + 30 * day}) == ReturnBar::too_late);
  CHECK(bar(rules, "85123A", 0, {1'000}) == ReturnBar::nothing_left);
  rules.skus_kept = {"22423"};
  CHECK(bar(rules, "22423", 1, {1'000}) == ReturnBar::kept);
  CHECK(bar(rules, "85123A", 1, {1'000}) == ReturnBar::none);
  rules.categories_kept = {"gifts"};
  CHECK(bar(rules, "85123A", 1, {1'000}) == ReturnBar::kept);
  // What nobody has cannot come back, whatever the rules say of it.
  CHECK(bar(rules, "85123A", 0, {1'000}) == ReturnBar::nothing_left);
  rules = {};
  rules.window_days = 0;
  CHECK(bar(rules, "85123A", 1, {1'000}) == ReturnBar::too_late);
  CHECK(condition_of(rules, "damaged")->restock == false);
  CHECK(condition_of(rules, "resell")->restock);
  CHECK(condition_of(rules, "wet") == nullptr);
}

TEST_CASE("parts of a line come to what was paid for it, to the penny, however they come back") {
  for (std::int64_t paid = 0; paid <= 60; ++paid) {
    for (std::int64_t bought = 1; bought <= 9; ++bought) {
      for (std::int64_t first = 0; first <= bought; ++first) {
        std::int64_t one_by_one = 0;
        for (std::int64_t before = 0; before < bought; ++before) {
          const std::int64_t part = refund_of(paid, bought, before, 1);
          CHECK(part >= paid / bought);
          CHECK(part <= paid / bought + 1);
          one_by_one += part;
        }
        CHECK(one_by_one == paid);
        CHECK(refund_of(paid, bought, 0, first) + refund_of(paid, bought, first, bought - first) == paid);
      }
    }
  }
  // As large as a line may be.
  const std::int64_t most = order_price_minor_max * order_units_max;
  CHECK(refund_of(most, order_units_max, 0, order_units_max) == most);
  CHECK(refund_of(most - 1, order_units_max, 0, 1) + refund_of(most - 1, order_units_max, 1, order_units_max - 1) == most - 1);
}

TEST_CASE("random returns of random orders: units never beyond what went out, money never beyond what was paid") {
  for (unsigned seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    std::mt19937 dice(seed);
    const auto between = [&](std::int64_t least, std::int64_t most) {
      return least + static_cast<std::int64_t>(dice() % static_cast<unsigned>(most - least + 1));
    };
    const std::int64_t first = between(1, 6), second = between(1, 6);
    const std::int64_t worth = first * 255 + second * 1095;
    const std::int64_t paid = between(0, 3) == 0 ? between(1, worth) : worth;
    auto order = collected(first, second, paid);
    const std::int64_t unpaid = unpaid_of(*order);
    CHECK(unpaid == worth - paid);
    std::int64_t refunds = 0, back = 0;
    for (std::uint64_t n = 10; back < first + second; ++n) {
      std::vector<LineUnits> lines;
      std::int64_t units = 0;
      for (const auto& line : order->lines) {
        const std::int64_t left = returnable_units(line);
        if (left > 0 && (between(0, 1) == 0 || lines.empty())) lines.push_back({line.number, between(1, left)});
      }
      REQUIRE_FALSE(lines.empty());
      for (const LineUnits& one : lines) units += one.units;
      const std::int64_t due = refund_of(*order, lines);
      CHECK(due >= 0);
      REQUIRE(tell(order, {OrderReturn{here, lines, "not_wanted", "resell"}, n, {static_cast<std::int64_t>(4'000 + n)}}));
      back += units;
      refunds += due;
      // What was said at the counter is what the hub's own register comes to owe.
      CHECK(refund_due(*order) == refunds);
      CHECK(refunds <= paid);
      CHECK(open_exceptions(*order).empty());
    }
    CHECK(refunds == paid);
    CHECK(back == first + second);
  }
}

TEST_CASE("a return that contradicts the order moves no money until a person has looked") {
  auto order = collected(1, 1, 1'350);
  REQUIRE(tell(order, {OrderReturn{there, {{1, 1}}, "damaged", "damaged"}, 10, {4'000}}));
  CHECK(refund_due(*order) == 255);
  REQUIRE(tell(order, {OrderReturn{here, {{1, 1}}, "damaged", "damaged"}, 11, {4'001}}));
  CHECK(refund_due(*order) == 0);
  CHECK(refund_of(*order, {{2, 1}}) == 0);
  CHECK(order->events.back().condition == "damaged");
}

TEST_CASE("the right is the store's that holds the order's lease, while it holds") {
  auto order = collected(1, 1, 1'350);
  CHECK_FALSE(may_settle_return(*order, here, {10'000}));
  REQUIRE(tell(order, {OrderLease{{50'000}}, 10, {4'000}}));
  CHECK(may_settle_return(*order, here, {49'999}));
  CHECK_FALSE(may_settle_return(*order, here, {50'000}));
  CHECK_FALSE(may_settle_return(*order, there, {10'000}));
  CHECK(handed_at(*order, 1) == UtcMs{3'000});
  CHECK(handed_at(*order, 7) == order->changed_at);
}
