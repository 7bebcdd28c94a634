// SPDX-License-Identifier: Apache-2.0
// Opening hours are the wall clock's, also over midnight, over the week's end and when the clocks change.
#include "hours/opening.hpp"

#include <doctest/doctest.h>

using vitrine::UtcMs;
using vitrine::hours::minute_of_day;
using vitrine::hours::Opening;
using vitrine::hours::opening_at;
using vitrine::hours::OpeningHours;

namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t monday = 1'763'942'400'000;         // Mon 2025-11-24 00:00 UTC, London in winter time
constexpr std::int64_t monday_summer = 1'751'241'600'000;  // Mon 2025-06-30 00:00 UTC, London one hour ahead
constexpr std::int64_t spring = 1'743'292'800'000;         // Sun 2025-03-30 00:00 UTC: at 01:00 London's clocks go to 02:00
constexpr std::int64_t autumn = 1'761'436'800'000;  // Sun 2025-10-26 00:00 UTC: at 01:00 London's clocks go from 02:00 to 01:00

const std::vector<OpeningHours> weekdays = {{{1, 2, 3, 4, 5}, "08:00", "20:00"}, {{6}, "08:00", "18:00"}};

Opening in_london(const std::vector<OpeningHours>& week, std::int64_t at) { return opening_at(week, "Europe/London", UtcMs{at}); }

}  // namespace

TEST_CASE("open from the first minute to the last, and when it closes") {
  const Opening open = in_london(weekdays, monday + 8 * hour);
  CHECK(open.open_now);
  CHECK(open.closes_at == "20:00");
  CHECK_FALSE(open.opens_at.has_value());
  CHECK(in_london(weekdays, monday + 20 * hour - 1).open_now);
  CHECK_FALSE(in_london(weekdays, monday + 20 * hour).open_now);
  CHECK(in_london(weekdays, monday + 5 * day + 9 * hour).closes_at == "18:00");
}

TEST_CASE("closed: it opens later today, tomorrow, or after a closed day") {
  const std::vector<OpeningHours> week = {{{1}, "08:00", "12:00"}, {{1}, "14:00", "20:00"}, {{2}, "09:00", "18:00"}};
  const auto opens_at = [&](std::int64_t at) {
    const Opening opening = in_london(week, at);
    CHECK_FALSE(opening.open_now);
    CHECK_FALSE(opening.closes_at.has_value());
    return opening.opens_at;
  };
  CHECK(opens_at(monday + 8 * hour - 1) == "08:00");
  CHECK(opens_at(monday + 12 * hour) == "14:00");
  CHECK(opens_at(monday + 21 * hour) == "09:00");
  CHECK(opens_at(monday + 3 * day + 10 * hour) == "08:00");
  CHECK(opens_at(monday + 6 * day + 12 * hour) == "08:00");
}

TEST_CASE("the store's time zone counts, summer time too; an unknown zone is UTC") {
  CHECK(in_london(weekdays, monday_summer + 7 * hour).open_now);
  CHECK_FALSE(in_london(weekdays, monday_summer + 19 * hour).open_now);
  CHECK(opening_at(weekdays, "Europe/Berlin", UtcMs{monday + 7 * hour}).open_now);
  CHECK_FALSE(opening_at(weekdays, "America/New_York", UtcMs{monday + 12 * hour}).open_now);
  for (const char* unknown : {"No/Where", ""}) {
    CHECK_FALSE(opening_at(weekdays, unknown, UtcMs{monday_summer + 8 * hour - 1}).open_now);
    CHECK(opening_at(weekdays, unknown, UtcMs{monday_summer + 8 * hour}).open_now);
  }
}

TEST_CASE("on the days when the clocks change, the wall's clock still rules") {
  const std::vector<OpeningHours> sunday = {{{7}, "10:00", "16:00"}};
  CHECK_FALSE(in_london(sunday, spring + 9 * hour - 1).open_now);
  CHECK(in_london(sunday, spring + 9 * hour).open_now);
  CHECK_FALSE(in_london(sunday, spring + 15 * hour).open_now);
  CHECK_FALSE(in_london(sunday, autumn + 10 * hour - 1).open_now);
  CHECK(in_london(sunday, autumn + 10 * hour).open_now);
  CHECK_FALSE(in_london(sunday, autumn + 16 * hour).open_now);

  // Through the night of the change: an hour that is skipped closes nothing early, one that comes twice counts twice.
  const std::vector<OpeningHours> night = {{{6}, "22:00", "03:00"}};
  CHECK(in_london(night, spring + 2 * hour - 1).open_now);
  CHECK_FALSE(in_london(night, spring + 2 * hour).open_now);
  CHECK(in_london(night, autumn + 3 * hour - 1).open_now);
  CHECK_FALSE(in_london(night, autumn + 3 * hour).open_now);
}

TEST_CASE("hours past midnight and over the week's end") {
  const std::vector<OpeningHours> late = {{{5, 7}, "22:00", "02:00"}};
  CHECK(opening_at(late, "UTC", UtcMs{monday + 4 * day + 23 * hour}).open_now);
  CHECK(opening_at(late, "UTC", UtcMs{monday + 5 * day + 1 * hour}).closes_at == "02:00");
  CHECK_FALSE(opening_at(late, "UTC", UtcMs{monday + 5 * day + 2 * hour}).open_now);
  CHECK(opening_at(late, "UTC", UtcMs{monday + hour}).open_now);
  const std::vector<OpeningHours> always = {{{1, 2, 3, 4, 5, 6, 7}, "00:00", "24:00"}};
  CHECK(opening_at(always, "UTC", UtcMs{monday + 13 * hour}).closes_at == "24:00");
  CHECK(opening_at(always, "UTC", UtcMs{monday + day - 1}).open_now);
  CHECK(opening_at(weekdays, "UTC", UtcMs{-3 * day + 9 * hour}).open_now);  // Mon 1969-12-29
}

TEST_CASE("no hours, or hours that cannot be read, are closed") {
  CHECK_FALSE(opening_at({}, "UTC", UtcMs{monday}).open_now);
  CHECK_FALSE(opening_at({}, "UTC", UtcMs{monday}).opens_at.has_value());
  CHECK_FALSE(opening_at({{{1}, "8:00", "late"}}, "UTC", UtcMs{monday + 9 * hour}).open_now);
  CHECK_FALSE(opening_at({{{0, 8}, "00:00", "24:00"}}, "UTC", UtcMs{monday + 9 * hour}).opens_at.has_value());
}

TEST_CASE("a time of day") {
  CHECK(minute_of_day("00:00") == 0);
  CHECK(minute_of_day("07:30") == 450);
  CHECK(minute_of_day("24:00") == 1440);
  for (const char* wrong : {"24:01", "07:60", "7:30", "07.30", "0a:30", "07:3 ", ""}) {
    CAPTURE(wrong);
    CHECK_FALSE(minute_of_day(wrong).has_value());
  }
}
