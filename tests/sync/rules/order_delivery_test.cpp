// SPDX-License-Identifier: Apache-2.0
// Orders that are asked for in a shop and sent home: what asking makes, what the platform answers, and what people are shown.
#include <doctest/doctest.h>

#include "tests/sync/rules/order_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;
using namespace vitrine::sync::rules::test;

namespace {

constexpr std::size_t ask_kind = order_kinds.size() - 1;

OrderPlaced confirmed(std::int64_t revision) {
  OrderPlaced placed = two_lines(2, 1, revision);
  placed.store.reset();
  placed.hold_until = placed.promise_at = {};
  return placed;
}

std::optional<Order> asked_order() {
  std::optional<Order> order;
  REQUIRE(tell(order, {asked_for(2, 2), 1, {1'000}}));
  return order;
}

}  // namespace

TEST_CASE("where there is no order, asking makes one, and nothing else but a placing does") {
  for (std::size_t kind = 0; kind < ask_kind; ++kind) {
    for (const OrderOperation& other : order_variants(kind, 0)) {
      CAPTURE(order_kinds[kind]);
      std::optional<Order> after = asked_order();
      const bool placing = std::holds_alternative<OrderPlaced>(other);
      const bool refunding = std::holds_alternative<OrderRefund>(other);
      CHECK(tell(after, {other, 2, {2'000}}) == !refunding);  // nothing was paid
      std::optional<Order> before;
      CHECK(tell(before, {other, 2, {500}}) == placing);
      CHECK(tell(before, {asked_for(2, 2), 1, {1'000}}) == !placing);
      if (!placing) CHECK(before == asked_order());
    }
  }
}

TEST_CASE("an order is asked for once") {
  std::optional<Order> order = asked_order();
  CHECK_FALSE(tell(order, {asked_for(1, 1), 2, {2'000}}));
  CHECK(order == asked_order());
}

TEST_CASE("what was asked for has its lines and prices, the total that was shown, and no store where it is collected") {
  const Order order = *asked_order();
  CHECK(is_delivery(order));
  CHECK_FALSE(order.store.has_value());
  CHECK(order.asked->store == here);
  CHECK(order.asked->total_minor == 2'500);
  CHECK(order.revision == 1);
  REQUIRE(order.lines.size() == 2);
  CHECK(order.lines[1].ordered == 2);
  CHECK(order.lines[1].unit_price == 1095);
}

TEST_CASE("the platform's placing is its answer, and what was asked for stays beside it") {
  for (const std::int64_t revision : {1, 2}) {
    std::optional<Order> order = asked_order();
    REQUIRE(tell(order, {confirmed(revision), 2, {2'000}}));
    CHECK(status_of(*order) == OrderStatus::confirmed);
    CHECK(order->lines[1].ordered == 1);
    CHECK(order->asked->total_minor == 2'500);
  }
  // It may say as well that it is collected after all.
  std::optional<Order> collected = asked_order();
  REQUIRE(tell(collected, {two_lines(2, 2, 2), 2, {2'000}}));
  CHECK_FALSE(is_delivery(*collected));
  CHECK(status_of(*collected) == OrderStatus::placed);
}

TEST_CASE("the shown status of what is sent home is a total function as well") {
  struct Row {
    std::vector<OrderOperation> acts;
    OrderStatus status;
  };
  OrderPlaced done = confirmed(3);
  done.archived = true;
  const OrderHandOver all{here, {{1, 2}, {2, 1}}, "staff", false};
  const std::vector<Row> rows = {
      {{}, OrderStatus::asked},
      {{OrderPay{2'500}}, OrderStatus::asked},
      {{OrderCancel{"buyer"}}, OrderStatus::cancelled},
      {{OrderRelease{"buyer"}}, OrderStatus::cancelled},
      {{confirmed(2)}, OrderStatus::confirmed},
      {{confirmed(2), OrderPick{{1}, "tom"}}, OrderStatus::confirmed},
      {{confirmed(2), OrderStage{"A3"}, OrderArrive{"kiosk-1"}}, OrderStatus::confirmed},
      {{confirmed(2), OrderCancel{"buyer"}}, OrderStatus::cancelled},
      {{OrderCancel{"buyer"}, confirmed(2)}, OrderStatus::cancelled},
      {{confirmed(2), done}, OrderStatus::completed},
      {{confirmed(2), all}, OrderStatus::completed},
      {{confirmed(2), all, OrderReturn{here, {{1, 2}, {2, 1}}, "not_wanted"}}, OrderStatus::returned},
      {{OrderCancel{"buyer"}, all}, OrderStatus::exception},
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::optional<Order> order = asked_order();
    std::uint64_t n = 1;
    for (const OrderOperation& operation : rows[i].acts) {
      ++n;
      REQUIRE(tell(order, {operation, n, {1'000 + static_cast<std::int64_t>(n)}}));
    }
    CAPTURE(i);
    CHECK(word_of(status_of(*order)) == word_of(rows[i].status));
    CHECK(is_over(*order) == (rows[i].status == OrderStatus::cancelled || rows[i].status == OrderStatus::completed ||
                              rows[i].status == OrderStatus::returned));
  }
}

TEST_CASE("whoever is erased has asked for nothing any more") {
  Order order = *asked_order();
  order.customer = CustomerId{"17850"};
  erase_buyer(order);
  CHECK_FALSE(order.customer.has_value());
  CHECK(status_of(order) == OrderStatus::asked);
}
