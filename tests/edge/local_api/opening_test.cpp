// SPDX-License-Identifier: Apache-2.0
// Opening hours are the wall clock's, also over midnight, over the week's end and when the clocks change.
#include "edge/local_api/opening.hpp"

#include <doctest/doctest.h>

using vitrine::UtcMs;
using vitrine::edge::database::OpeningHours;
using vitrine::edge::local_api::Opening;
using vitrine::edge::local_api::opening_at;

namespace {

constexpr std::int64_t hour = 3'600'000;
constexpr std::int64_t monday = 1'763'942'400'000;         // Mon 2025-11-24 00:00 UTC, London in winter time
constexpr std::int64_t monday_summer = 1'751'241'600'000;  // Mon 2025-06-30 00:00 UTC, London one hour ahead

const std::vector<OpeningHours> weekdays = {{{1, 2, 3, 4, 5}, "08:00", "20:00"}, {{6}, "08:00", "18:00"}};

}  // namespace

TEST_CASE("open, closed, and what comes next") {
  const Opening before = opening_at(weekdays, "Europe/London", UtcMs{monday + 7 * hour});
  CHECK_FALSE(before.open_now);
  CHECK(before.opens_at == "08:00");
  CHECK_FALSE(before.closes_at.has_value());

  const Opening open = opening_at(weekdays, "Europe/London", UtcMs{monday + 8 * hour});
  CHECK(open.open_now);
  CHECK(open.closes_at == "20:00");
  CHECK_FALSE(open.opens_at.has_value());

  CHECK(opening_at(weekdays, "Europe/London", UtcMs{monday + 20 * hour - 1}).open_now);
  CHECK_FALSE(opening_at(weekdays, "Europe/London", UtcMs{monday + 20 * hour}).open_now);
  CHECK(opening_at(weekdays, "Europe/London", UtcMs{monday + (5 * 24 + 9) * hour}).closes_at == "18:00");
  const Opening sunday = opening_at(weekdays, "Europe/London", UtcMs{monday + (6 * 24 + 12) * hour});
  CHECK_FALSE(sunday.open_now);
  CHECK(sunday.opens_at == "08:00");
}

TEST_CASE("the store's time zone counts, summer time too") {
  CHECK(opening_at(weekdays, "Europe/London", UtcMs{monday_summer + 7 * hour}).open_now);
  CHECK_FALSE(opening_at(weekdays, "Europe/London", UtcMs{monday_summer + 19 * hour}).open_now);
  CHECK(opening_at(weekdays, "Europe/Berlin", UtcMs{monday + 7 * hour}).open_now);
  CHECK_FALSE(opening_at(weekdays, "America/New_York", UtcMs{monday + 12 * hour}).open_now);
  CHECK(opening_at(weekdays, "No/Where", UtcMs{monday + 8 * hour}).open_now);
}

TEST_CASE("hours over midnight and over the week's end") {
  const std::vector<OpeningHours> late = {{{5, 7}, "22:00", "02:00"}};
  CHECK(opening_at(late, "UTC", UtcMs{monday + (4 * 24 + 23) * hour}).open_now);
  CHECK(opening_at(late, "UTC", UtcMs{monday + (5 * 24 + 1) * hour}).closes_at == "02:00");
  CHECK_FALSE(opening_at(late, "UTC", UtcMs{monday + (5 * 24 + 2) * hour}).open_now);
  CHECK(opening_at(late, "UTC", UtcMs{monday + hour}).open_now);
  const std::vector<OpeningHours> always = {{{1, 2, 3, 4, 5, 6, 7}, "00:00", "24:00"}};
  CHECK(opening_at(always, "UTC", UtcMs{monday + 13 * hour}).closes_at == "24:00");
}

TEST_CASE("no hours, or hours that cannot be read, are closed") {
  CHECK_FALSE(opening_at({}, "UTC", UtcMs{monday}).open_now);
  CHECK_FALSE(opening_at({}, "UTC", UtcMs{monday}).opens_at.has_value());
  CHECK_FALSE(opening_at({{{1}, "8:00", "late"}}, "UTC", UtcMs{monday + 9 * hour}).open_now);
}
