// SPDX-License-Identifier: Apache-2.0
// What other stores are told: bands, what becomes of them as promises run out, and when nobody has to be told anything.
#include "sync/rules/availability.hpp"

#include <doctest/doctest.h>

#include "sync/rules/stock.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::rules;

namespace {

constexpr UtcMs now{1'763'800'000'000};
constexpr std::int64_t minute = 60'000;

Stock shelf(std::int64_t on_hand, std::vector<std::pair<std::int64_t, std::int64_t>> promises = {}) {
  Stock stock;
  stock.store = StoreId{"quay-square"};
  stock.sku = Sku{"85123A"};
  stock.on_hand = on_hand;
  for (const auto& [units, minutes] : promises)
    stock.reservations.push_back({ReservationId{}, units, now.plus(minutes * minute), "cart/x", {}});
  return stock;
}

}  // namespace

TEST_CASE("so many units are told in words, never as a figure") {
  CHECK(band_of(-4) == Band::none);
  CHECK(band_of(0) == Band::none);
  CHECK(band_of(1) == Band::few);
  CHECK(band_of(2) == Band::few);
  CHECK(band_of(3) == Band::some);
  CHECK(band_of(9) == Band::some);
  CHECK(band_of(10) == Band::many);
}

TEST_CASE("what is promised and what is kept back is not told; what a promise gives back is told beforehand") {
  Stock kept = shelf(12);
  kept.safety = 3;
  CHECK(availability_of(kept, now, now).band == Band::some);
  // Of twelve three are promised for ten minutes and eight for half an hour; one that has run out counts for nothing.
  const StoreAvailability told = availability_of(shelf(12, {{8, 30}, {3, 10}, {5, -1}}), now.plus(-7), now);
  CHECK(told.as_of == now.plus(-7));
  CHECK(told.band == Band::few);
  CHECK(told.then == std::vector<BandFrom>{{now.plus(10 * minute), Band::some}, {now.plus(30 * minute), Band::many}});
  CHECK(band_at(told, now.plus(10 * minute - 1)) == Band::few);
  CHECK(band_at(told, now.plus(10 * minute)) == Band::some);
  CHECK(band_at(told, now.plus(31 * minute)) == Band::many);
  // By the rules themselves, at each of these times.
  for (const std::int64_t m : {0, 9, 10, 29, 30, 99})
    CHECK(band_at(told, now.plus(m * minute)) == band_of(unreserved_at(shelf(12, {{8, 30}, {3, 10}}), now.plus(m * minute))));
}

TEST_CASE("who was told knows it still: another figure of the same band, a promise that ran out as it was said to") {
  const auto told = [](const Stock& stock, UtcMs at) { return availability_of(stock, at, at); };
  CHECK(says_the_same(told(shelf(30), now), told(shelf(20), now.plus(1)), now.plus(1)));
  CHECK_FALSE(says_the_same(told(shelf(10), now), told(shelf(9), now.plus(1)), now.plus(1)));
  const Stock promised = shelf(3, {{3, 10}});
  CHECK(says_the_same(told(promised, now), told(shelf(3), now.plus(11 * minute)), now.plus(11 * minute)));
  CHECK_FALSE(says_the_same(told(promised, now), told(shelf(3), now.plus(9 * minute)), now.plus(9 * minute)));
  // It is held for longer than was said.
  CHECK_FALSE(says_the_same(told(promised, now), told(shelf(3, {{3, 20}}), now.plus(minute)), now.plus(minute)));
}
