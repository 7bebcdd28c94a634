// SPDX-License-Identifier: Apache-2.0
// Stores are lent a few units of each product, in time before they run out; and what is lent is never promised twice.
#include "hub/lending/lending.hpp"

#include <doctest/doctest.h>

#include <random>

#include "hub/database/open.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "tests/hub/support/hub_folder.hpp"

using namespace vitrine;
using namespace vitrine::hub;
using sync::Stock;
namespace rules = vitrine::sync::rules;

namespace {

const sync::StoreId harbour{"harbour-street"};
const sync::RightId id{"a0000000000000000000000000000001"};
constexpr UtcMs start{1'763'800'000'000};
constexpr std::int64_t hour = 3'600'000;

Stock shelf(std::int64_t on_hand) {
  Stock stock;
  stock.store = harbour;
  stock.sku = sync::Sku{"85123A"};
  stock.on_hand = on_hand;
  return stock;
}

Stock after(const Stock& stock, const rules::StockOperation& operation, UtcMs at, bool of_store = false) {
  rules::ApplyContext context{};
  context.transaction = sync::TransactionId{"b0000000000000000000000000000001"};
  context.at = at;
  if (of_store) context.life = sync::IncarnationId{"c0000000000000000000000000000001"};
  auto done = rules::apply(stock, stock.store, stock.sku, operation, context);
  REQUIRE(done.has_value());
  return *done;
}

}  // namespace

TEST_CASE("a share is lent, a few units at most, and nothing where there is little") {
  const LendingRule rule;
  CHECK(due_loan(shelf(20), rule, id, start)->units == 2);
  CHECK(due_loan(shelf(20), rule, id, start)->until == start.plus(48 * hour));
  CHECK(due_loan(shelf(5), rule, id, start)->units == 1);
  CHECK_FALSE(due_loan(shelf(4), rule, id, start).has_value());
  CHECK_FALSE(due_loan(shelf(-3), rule, id, start).has_value());
  CHECK_FALSE(due_loan(shelf(20), {20, 0, 48}, id, start).has_value());
  Stock kept = shelf(20);
  kept.safety = 16;
  CHECK_FALSE(due_loan(kept, rule, id, start).has_value());
}

TEST_CASE("a right is lent on when half its time is over, and filled up when it was drawn on; it never shrinks in force") {
  const LendingRule rule;
  const Stock lent = after(shelf(20), *due_loan(shelf(20), rule, id, start), start);
  CHECK_FALSE(due_loan(lent, rule, id, start.plus(23 * hour)).has_value());
  const auto longer = due_loan(lent, rule, id, start.plus(25 * hour));
  REQUIRE(longer.has_value());
  CHECK(longer->right == id);
  CHECK(longer->units == 2);
  CHECK(longer->until == start.plus(73 * hour));
  // Both are promised: two more may be, and the first two stay what they are.
  const Stock drawn =
      after(lent, rules::StockReserve{sync::ReservationId{"d0000000000000000000000000000001"}, 2, start.plus(hour), "cart/x", id},
            start, true);
  const auto more = due_loan(drawn, rule, id, start.plus(1));
  REQUIRE(more.has_value());
  CHECK(more->units == 4);
  CHECK(rules::rights_left_at(after(drawn, *more, start.plus(1)), start.plus(1)) == 2);
  // Most of it was sold: what is lent runs out, and less is lent anew.
  const Stock sold = after(lent, rules::StockMove{-14, rules::MoveReason::sale, "ticket/1"}, start.plus(hour), true);
  CHECK_FALSE(due_loan(sold, rule, id, start.plus(47 * hour)).has_value());
  const auto anew = due_loan(sold, rule, sync::RightId{"a0000000000000000000000000000002"}, start.plus(48 * hour));
  REQUIRE(anew.has_value());
  CHECK(anew->units == 1);
}

TEST_CASE(
    "whatever happens: lent, promised and kept back are never more than there was when it was lent, and the web gets the rest") {
  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 dice(seed);
  const auto below = [&](int n) { return static_cast<std::int64_t>(dice() % static_cast<unsigned>(n)); };
  for (int run = 0; run < 300; ++run) {
    Stock stock = shelf(below(40));
    stock.safety = below(4);
    const LendingRule rule{1 + below(100), below(8), 1 + below(72)};
    UtcMs now = start;
    for (int step = 0; step < 40; ++step) {
      now = now.plus(below(20) * hour);
      const std::string hex = std::string(30, 'e') + "0123456789"[step / 10] + "0123456789"[step % 10];
      const std::int64_t free = rules::free_at(stock, now);
      if (const auto loan = due_loan(stock, rule, sync::RightId{hex}, now)) {
        stock = after(stock, *loan, now);  // refused is none
        CHECK(loan->until > now);
        CHECK(rules::free_at(stock, now) >= 0);
        CHECK(rules::reserved_at(stock, now) + rules::rights_left_at(stock, now) + stock.safety <=
              std::max(stock.on_hand, stock.safety));
        CHECK(rules::free_at(stock, now) <= free);
      }
      if (const std::int64_t left = rules::rights_left_at(stock, now); left > 0 && below(2) == 0) {
        stock = after(stock,
                      rules::StockReserve{sync::ReservationId{hex}, 1 + below(static_cast<int>(left)), now.plus(hour), "cart/x",
                                          stock.lent->id},
                      now, true);
      }
    }
  }
}

TEST_CASE("the command goes once over all stores, twice changes nothing, and a web promise finds only the rest") {
  test::HubFolder folder;
  {
    auto connection = database::open_hub_database(folder.database(), test::HubFolder::chance(), folder.now().utc);
    REQUIRE(connection.has_value());
    database::SqlAuthority authority(**connection);
    sync::ends::HubEnd end(authority, test::HubFolder::chance());
    authority.begin();
    for (const char* store : {"harbour-street", "quay-square"}) {
      end.put({"content", "store/" + std::string(store)}, R"({"kind":"store","zone":"uk"})", folder.now());
      authority.add_store(sync::StoreId{store});
      for (int i = 0; i < 30; ++i) {
        Stock stock = shelf(i);
        stock.store.text = store;
        stock.sku.text = "S" + std::to_string(100 + i);
        end.put({"stock", std::string(store) + "/" + stock.sku.text}, sync::protocol::encode_stock(stock), folder.now());
      }
    }
    REQUIRE_FALSE(authority.commit().has_value());
  }
  REQUIRE(folder.run(hub::lend).value() == 0);
  // From five on hand on, a fifth is one.
  CHECK(folder.out() == "looked at the stock of 60 products in stores; 50 rights were lent or made longer\n");
  REQUIRE(folder.run(hub::lend).value() == 0);
  CHECK(folder.out() == "looked at the stock of 60 products in stores; 0 rights were lent or made longer\n");

  auto connection = database::open_hub_database(folder.database(), test::HubFolder::chance(), folder.now().utc);
  REQUIRE(connection.has_value());
  database::SqlAuthority authority(**connection);
  sync::ends::HubEnd end(authority, test::HubFolder::chance());
  authority.begin();
  const auto promise = [&](std::int64_t units) {
    sync::ends::HubAction action{sync::TransactionId{test::HubFolder::chance().hex_128()}, "web", {}};
    action.operations.push_back(sync::protocol::encode_stock_operation(
        harbour, sync::Sku{"S129"},
        rules::StockReserve{
            sync::ReservationId{test::HubFolder::chance().hex_128()}, units, folder.now().utc.plus(hour), "order/1", {}}));
    action.operations.back().salt = test::HubFolder::chance().hex_128();
    return end.perform(action, folder.now());
  };
  // 29 on hand, of which two are lent.
  CHECK(promise(28).reason == "not_enough");
  CHECK(promise(27).what == sync::ends::HubPerformed::What::done);
  CHECK(promise(1).reason == "not_enough");
  REQUIRE_FALSE(authority.commit().has_value());
}
