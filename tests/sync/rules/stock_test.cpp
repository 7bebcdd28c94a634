// SPDX-License-Identifier: Apache-2.0
// Stock by example: each sentence of the rules once.
#include <doctest/doctest.h>

#include "tests/sync/rules/stock_world.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;
using namespace vitrine::sync::rules::test;

namespace {

const UtcMs noon{1'000 * hour_ms};
const RightId right_one{hex_of(0x71)};
const ReservationId promise{hex_of(0x91)};
const ReservationId other{hex_of(0x92)};

Shelf shelf_of(std::int64_t on_hand) {
  Shelf shelf;
  shelf.import(on_hand, noon.plus(-hour_ms), noon.plus(-hour_ms));
  return shelf;
}

Deed moved(std::int64_t units, std::uint64_t n = 1, UtcMs at = noon) {
  return {StockMove{units, MoveReason::sale, "ticket/1"}, life_one, at, n};
}
Deed lend(std::int64_t units, UtcMs until = noon.plus(2 * hour_ms), const RightId& right = right_one, UtcMs at = noon) {
  return {StockLend{right, units, until}, hub_itself, at, 50};
}
Deed reserved(std::int64_t units, const ReservationId& id = promise, UtcMs until = noon.plus(hour_ms)) {
  return {StockReserve{id, units, until, "cart/1", right_one}, life_one, noon, 60};
}
Deed reserved_by_web(std::int64_t units, const ReservationId& id = promise) {
  return {StockReserve{id, units, noon.plus(hour_ms), "order/1", std::nullopt}, hub_itself, noon, 61};
}

}  // namespace

TEST_CASE("A sale is never refused by a number; a balance below nothing is for people") {
  Shelf shelf = shelf_of(1);
  CHECK(shelf.apply(moved(-3)).empty());
  CHECK(shelf.on_hand() == -2);
  CHECK(shelf.kinds() == std::vector<std::string>{"negative"});
  CHECK(shelf.apply(moved(-1, 2)).empty());
  REQUIRE(shelf.stock->discrepancies.size() == 1);
  CHECK(shelf.stock->discrepancies.front().units == -3);
  CHECK(shelf.apply({StockSettle{{shelf.stock->discrepancies.front().id}}, life_one, noon, 3}).empty());
  CHECK(shelf.kinds().empty());
}

TEST_CASE("Goods of which there is no record begin one") {
  Shelf shelf;
  CHECK(shelf.apply(moved(-1)).empty());
  CHECK(shelf.on_hand() == -1);
  CHECK(shelf.kinds() == std::vector<std::string>{"unlisted", "negative"});
  Shelf nothing;
  CHECK(nothing.apply({StockSettle{{"x"}}, life_one, noon, 3}) == "stock_unknown");
  CHECK(!nothing.stock);
}

TEST_CASE("A count says what moved since it began, and its difference is for people") {
  Shelf shelf = shelf_of(10);
  const std::int64_t began = shelf.stock->moved;
  shelf.apply(moved(-2));
  CHECK(shelf.apply({StockCount{9, shelf.stock->moved - began}, life_one, noon, 2}).empty());
  CHECK(shelf.on_hand() == 7);
  REQUIRE(shelf.kinds() == std::vector<std::string>{"count"});
  CHECK(shelf.stock->discrepancies.front().units == -1);
  shelf.apply(moved(-1, 3));
  CHECK(shelf.on_hand() == 6);
}

TEST_CASE("A movement of another life that was made before the count and comes after it is in the count") {
  Shelf shelf = shelf_of(10);
  shelf.apply({StockCount{8, 0}, life_two, noon, 1});
  CHECK(shelf.apply(moved(-2, 2, noon.plus(-60'000))).empty());
  CHECK(shelf.on_hand() == 8);
  CHECK(shelf.kinds() == std::vector<std::string>{"count", "late_move"});
  CHECK(shelf.apply(moved(-1, 3, noon.plus(60'000))).empty());
  CHECK(shelf.on_hand() == 7);
}

TEST_CASE("The platform's file undoes no movement, and twice is once") {
  Shelf shelf = shelf_of(10);
  shelf.apply(moved(-2, 1, noon));
  shelf.import(10, noon.plus(-60'000), noon.plus(hour_ms));
  CHECK(shelf.on_hand() == 8);
  const Shelf once = shelf;
  shelf.import(10, noon.plus(-60'000), noon.plus(hour_ms));
  CHECK(shelf.stock == once.stock);
  shelf.import(12, noon.plus(60'000), noon.plus(hour_ms));
  CHECK(shelf.on_hand() == 12);
  shelf.import(50, noon.plus(-60'000), noon.plus(hour_ms));
  CHECK(shelf.on_hand() == 12);  // older than the one in force
}

TEST_CASE("A count of the store outlasts an older file; a file of the future is of now") {
  Shelf shelf = shelf_of(10);
  shelf.apply({StockCount{7, 0}, life_one, noon, 1});
  shelf.import(10, noon.plus(-60'000), noon.plus(hour_ms));
  CHECK(shelf.on_hand() == 7);
  shelf.import(10, noon.plus(900 * hour_ms), noon.plus(hour_ms));
  CHECK(shelf.stock->counted_at == noon.plus(hour_ms));
  CHECK(shelf.apply({StockMove{-1, MoveReason::sale, ""}, life_one, noon.plus(hour_ms), 2}).empty());
  CHECK(shelf.on_hand() == 9);
}

TEST_CASE("A file older than the movements that are remembered leaves the figure alone") {
  Shelf shelf = shelf_of(1000);
  const auto count = static_cast<std::uint64_t>(recent_moves_max);
  for (std::uint64_t i = 0; i <= count; ++i) shelf.apply(moved(-1, 10 + i, noon.plus(static_cast<std::int64_t>(i) * 1000)));
  const std::int64_t before = shelf.on_hand();
  shelf.import(5, noon.plus(-1), noon.plus(hour_ms));
  CHECK(shelf.on_hand() == before);
  CHECK(shelf.kinds() == std::vector<std::string>{"import_unclear"});
  shelf.import(5, noon.plus(-1), noon.plus(hour_ms));
  CHECK(shelf.kinds().size() == 1);
  shelf.import(500, noon.plus(1), noon.plus(hour_ms));
  CHECK(shelf.on_hand() == 500 - static_cast<std::int64_t>(count));
}

TEST_CASE("A store promises what was lent to it, the web the rest") {
  Shelf shelf = shelf_of(5);
  CHECK(shelf.apply(reserved(1)) == "right_over");
  CHECK(shelf.apply(lend(6)) == "not_enough");
  CHECK(shelf.apply(lend(3)).empty());
  CHECK(shelf.apply(reserved_by_web(3)) == "not_enough");
  CHECK(shelf.apply(reserved_by_web(2)).empty());
  CHECK(shelf.apply(reserved(2, other)).empty());
  CHECK(shelf.apply(reserved(2, ReservationId{hex_of(0x93)})) == "not_enough");
  CHECK(shelf.apply({StockReserve{ReservationId{hex_of(0x94)}, 1, noon.plus(hour_ms), "", RightId{hex_of(7)}}, life_one, noon,
                     7}) == "right_over");
  CHECK(reserved_at(*shelf.stock, noon) == 4);
  CHECK(unreserved_at(*shelf.stock, noon) == 1);
  CHECK(free_at(*shelf.stock, noon) == 0);
  CHECK(rights_left_at(*shelf.stock, noon) == 1);
}

TEST_CASE("A promise lasts no longer than its right, and runs out by itself") {
  Shelf shelf = shelf_of(5);
  shelf.apply(lend(3));
  CHECK(shelf.apply(reserved(2, promise, noon.plus(30 * hour_ms))).empty());
  CHECK(shelf.stock->reservations.front().until == noon.plus(2 * hour_ms));
  CHECK(reserved_at(*shelf.stock, noon.plus(2 * hour_ms)) == 0);
  CHECK(free_at(*shelf.stock, noon.plus(2 * hour_ms)) == 5);
  shelf.apply(moved(-1, 9, noon.plus(3 * hour_ms)));
  CHECK(!shelf.pending(promise));
  CHECK(shelf.stock->ended.front().how == ReservationEnd::expired);
  CHECK(shelf.apply({StockReserve{promise, 2, noon.plus(9 * hour_ms), "", right_one}, life_one, noon.plus(3 * hour_ms), 8}) ==
        "reservation_ended");
}

TEST_CASE("Goods that leave end their promise, and use up the right") {
  Shelf shelf = shelf_of(5);
  shelf.apply(lend(3));
  shelf.apply(reserved(2));
  CHECK(shelf.apply({StockPost{promise, 1, MoveReason::hand_over, "order/1"}, life_one, noon, 2}).empty());
  CHECK(shelf.on_hand() == 4);
  CHECK(shelf.drawn() == 1);
  CHECK(shelf.promised() == 0);
  CHECK(shelf.apply({StockPost{promise, 1, MoveReason::hand_over, "order/1"}, life_one, noon, 3}).empty());
  CHECK(shelf.on_hand() == 3);
  CHECK(shelf.ends(promise) == 1);
}

TEST_CASE("All promises of one purpose end with its goods; they leave whole, and no more is drawn than left or is promised") {
  for (std::int64_t units = 1; units <= 6; ++units) {
    Shelf shelf = shelf_of(10);
    shelf.apply(lend(6));
    shelf.apply(reserved(3, promise));
    shelf.apply(reserved(1, other));
    CHECK(unreserved_at(*shelf.stock, noon) == 6);
    CHECK(unreserved_for(*shelf.stock, "cart/1", noon) == 10);
    CHECK(unreserved_for(*shelf.stock, "cart/2", noon) == 6);
    const auto operations = leave(*shelf.stock, "cart/1", units, MoveReason::sale, "ticket/1", 2, noon);
    CHECK(operations.size() == static_cast<std::size_t>(std::min<std::int64_t>(units, 2)));
    for (const StockOperation& one : operations) CHECK(shelf.apply({one, life_one, noon, 70}).empty());
    CHECK(shelf.on_hand() == 10 - units);
    CHECK(shelf.stock->reservations.size() == (units == 1 ? 1U : 0U));
    CHECK(shelf.stock->lent->drawn == (units == 1 ? 2 : std::min<std::int64_t>(units, 4)));
  }
  Shelf shelf = shelf_of(10);
  CHECK(leave(*shelf.stock, "cart/1", 2, MoveReason::sale, "ticket/1", 1, noon).size() == 1);
  CHECK(std::holds_alternative<StockMove>(leave(*shelf.stock, "cart/1", 2, MoveReason::sale, "ticket/1", 1, noon).front()));
}

TEST_CASE("What was given back can be promised again, under another name") {
  Shelf shelf = shelf_of(5);
  shelf.apply(lend(2));
  shelf.apply(reserved(2));
  CHECK(shelf.apply(reserved(2)).empty());
  CHECK(shelf.apply(reserved(1)) == "reservation_known");
  CHECK(shelf.apply({StockRelease{promise}, life_one, noon, 2}).empty());
  CHECK(shelf.drawn() == 0);
  CHECK(shelf.apply({StockRelease{promise}, life_one, noon, 3}).empty());
  CHECK(shelf.apply({StockRelease{other}, life_one, noon, 3}) == "reservation_unknown");
  CHECK(shelf.apply(reserved(2)) == "reservation_ended");
  CHECK(shelf.apply(reserved(2, other)).empty());
}

TEST_CASE("A right in force only grows and lasts longer") {
  Shelf shelf = shelf_of(5);
  shelf.apply(lend(3));
  CHECK(shelf.apply(lend(2)) == "right_in_force");
  CHECK(shelf.apply(lend(3, noon.plus(hour_ms))) == "right_in_force");
  CHECK(shelf.apply(lend(4, noon.plus(2 * hour_ms), RightId{hex_of(0x72)})) == "right_in_force");
  CHECK(shelf.apply(lend(6)) == "not_enough");
  CHECK(shelf.apply(lend(5)).empty());
  CHECK(shelf.apply({StockLend{right_one, 5, noon.plus(3 * hour_ms)}, life_one, noon, 4}) == "not_allowed");
  const UtcMs later = noon.plus(2 * hour_ms);
  CHECK(shelf.apply(lend(5, noon.plus(9 * hour_ms), right_one, later)) == "right_over");
  CHECK(shelf.apply(lend(5, noon.plus(9 * hour_ms), RightId{hex_of(0x72)}, later)).empty());
  CHECK(shelf.drawn() == 0);
}

TEST_CASE("Numbers and times out of their range are refused, and lists are bounded") {
  Shelf shelf = shelf_of(900'000);
  CHECK(shelf.apply(lend(stock_units_max + 1)) == "quantity_invalid");
  CHECK(shelf.apply(lend(0)) == "quantity_invalid");
  CHECK(shelf.apply(lend(1, noon)) == "until_invalid");
  CHECK(shelf.apply(lend(1, noon.plus(promise_ms_max + 1))) == "until_invalid");
  CHECK(shelf.apply(lend(100'000)).empty());
  CHECK(shelf.apply(reserved(0)) == "quantity_invalid");
  CHECK(shelf.apply(reserved(reservation_units_max + 1)) == "quantity_invalid");
  CHECK(shelf.apply(reserved(1, promise, noon)) == "until_invalid");
  for (std::uint64_t i = 0; i < reservations_max; ++i) CHECK(shelf.apply(reserved(1, ReservationId{hex_of(1000 + i)})).empty());
  CHECK(shelf.apply(reserved(1)) == "reservations_full");
  for (std::uint64_t i = 0; i < discrepancies_max + 9; ++i)
    shelf.apply({StockCount{static_cast<std::int64_t>(i % 2), 0}, life_one, noon, 5000 + i});
  CHECK(shelf.stock->discrepancies.size() == discrepancies_max);
  for (int i = 0; i < 1200; ++i) shelf.apply(moved(-stock_units_max, 9000));
  CHECK(shelf.on_hand() == -on_hand_max);
}
