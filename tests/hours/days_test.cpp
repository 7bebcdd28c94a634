// SPDX-License-Identifier: Apache-2.0
// A day is the wall clock's: with 23 and 25 hours when the clocks change, and in zones whose midnight is skipped.
#include "hours/days.hpp"

#include <doctest/doctest.h>

using vitrine::UtcMs;
using vitrine::hours::Day;
using vitrine::hours::day_at;

namespace {

constexpr std::int64_t hour = 3'600'000;
constexpr std::int64_t monday = 1'763'942'400'000;  // Mon 2025-11-24 00:00 UTC
constexpr std::int64_t spring = 1'743'292'800'000;  // Sun 2025-03-30 00:00 UTC: at 01:00 London's clocks go to 02:00
constexpr std::int64_t autumn = 1'761'436'800'000;  // Sun 2025-10-26 00:00 UTC, London one hour ahead until 01:00

std::int64_t hours_of(const Day& day) { return (day.end.value - day.begin.value) / hour; }

}  // namespace

TEST_CASE("from midnight to midnight, by the store's own clock") {
  const Day day = day_at("Europe/London", UtcMs{monday + 13 * hour});
  CHECK(day.begin.value == monday);
  CHECK(hours_of(day) == 24);
  CHECK(day.date == "2025-11-24");
  CHECK(day_at("Europe/London", UtcMs{monday}).date == "2025-11-24");
  CHECK(day_at("Europe/London", UtcMs{monday - 1}).date == "2025-11-23");
  CHECK(day_at("Asia/Tokyo", UtcMs{monday + 15 * hour}).date == "2025-11-25");
  CHECK(day_at("America/New_York", UtcMs{monday + 2 * hour}).date == "2025-11-23");
  CHECK(day_at("Asia/Kathmandu", UtcMs{monday}).begin.value == monday - 5 * hour - 45 * 60'000);
  CHECK(day_at("No/Where", UtcMs{monday + hour}).begin.value == monday);
  CHECK(day_at("UTC", UtcMs{-1}).date == "1969-12-31");
}

TEST_CASE("a moment as text") {
  CHECK(vitrine::hours::utc_text(UtcMs{1'764'511'200'000}) == "2025-11-30T14:00:00Z");
  CHECK(vitrine::hours::utc_text(UtcMs{-1'000}) == "1969-12-31T23:59:59Z");
}

TEST_CASE("the days when the clocks change have an hour less, and one more") {
  const Day short_day = day_at("Europe/London", UtcMs{spring + 20 * hour});
  CHECK(short_day.begin.value == spring);
  CHECK(hours_of(short_day) == 23);
  const Day long_day = day_at("Europe/London", UtcMs{autumn + 20 * hour});
  CHECK(long_day.begin.value == autumn - hour);
  CHECK(hours_of(long_day) == 25);
  // Each day begins where the one before ends.
  for (const Day& day : {short_day, long_day}) {
    CHECK(day_at("Europe/London", UtcMs{day.begin.value - 1}).end == day.begin);
    CHECK(day_at("Europe/London", day.end).begin == day.end);
  }
}

TEST_CASE("a day without a midnight begins when it begins") {
  // Sao Paulo, Sun 2018-11-04: at 00:00 (03:00 UTC) the clocks went to 01:00.
  const std::int64_t skipped = 1'541'300'400'000;  // 2018-11-04 03:00 UTC
  const Day day = day_at("America/Sao_Paulo", UtcMs{skipped + 5 * hour});
  CHECK(day.begin.value == skipped);
  CHECK(hours_of(day) == 23);
  CHECK(day.date == "2018-11-04");
}
