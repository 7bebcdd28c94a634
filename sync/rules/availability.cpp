// SPDX-License-Identifier: Apache-2.0
// Example followed: of three hearts two are promised for half an hour: one or two are there, and three to nine after it.
#include "sync/rules/availability.hpp"

#include <algorithm>

#include "sync/rules/stock.hpp"

namespace vitrine::sync::rules {

namespace {

constexpr std::int64_t some_from = 3;
constexpr std::int64_t many_from = 10;

}  // namespace

Band band_of(std::int64_t units) {
  if (units < 1) return Band::none;
  if (units < some_from) return Band::few;
  return units < many_from ? Band::some : Band::many;
}

StoreAvailability availability_of(const Stock& stock, UtcMs as_of, UtcMs now) {
  StoreAvailability out{band_of(unreserved_at(stock, now)), as_of, {}};
  std::vector<UtcMs> ends;
  for (const StockReservation& one : stock.reservations) {
    if (one.until > now) ends.push_back(one.until);
  }
  std::ranges::sort(ends);
  Band last = out.band;
  for (const UtcMs end : ends) {
    const Band then = band_of(unreserved_at(stock, end));
    if (then > last) out.then.push_back({end, then});
    last = std::max(last, then);
  }
  return out;
}

bool says_the_same(const StoreAvailability& told, const StoreAvailability& is, UtcMs now) {
  if (band_at(told, now) != band_at(is, now)) return false;
  const auto later = [&](const BandFrom& one) { return one.at > now; };
  return std::ranges::equal(std::ranges::find_if(told.then, later), told.then.end(), std::ranges::find_if(is.then, later),
                            is.then.end());
}

Band band_at(const StoreAvailability& store, UtcMs now) {
  Band band = store.band;
  for (const BandFrom& one : store.then) {
    if (one.at <= now) band = one.band;
  }
  return band;
}

}  // namespace vitrine::sync::rules
