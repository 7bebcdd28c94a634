// SPDX-License-Identifier: Apache-2.0
// Rules and the moment are both minutes of a week that begins on Monday and is a circle.
#include "hours/opening.hpp"

#include <unicode/timezone.h>

#include <cstdint>
#include <memory>

namespace vitrine::hours {

namespace {

constexpr int day_minutes = 24 * 60;
constexpr int week_minutes = 7 * day_minutes;

// Minutes since Monday 00:00 on the store's wall.
int minute_of_week(const std::string& time_zone, UtcMs now) {
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(time_zone)));
  std::int32_t raw_ms = 0;
  std::int32_t summer_ms = 0;
  UErrorCode code = U_ZERO_ERROR;
  zone->getOffset(static_cast<UDate>(now.value), 0, raw_ms, summer_ms, code);  // an unknown zone is "Etc/Unknown": offset 0
  constexpr std::int64_t first_monday_ms = 4LL * 24 * 3600 * 1000;             // 1970-01-05
  constexpr std::int64_t week_ms = 7LL * 24 * 3600 * 1000;
  const std::int64_t local = ((now.value + raw_ms + summer_ms - first_monday_ms) % week_ms + week_ms) % week_ms;
  return static_cast<int>(local / 60'000);
}

}  // namespace

std::optional<int> minute_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t at : {0U, 1U, 3U, 4U}) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
  }
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  const int minutes = ((text[0] - '0') * 10 + (text[1] - '0')) * 60 + minute;
  return minute < 60 && minutes <= day_minutes ? std::optional(minutes) : std::nullopt;
}

WallTime wall_time_at(const std::string& time_zone, UtcMs now) {
  const int minute = minute_of_week(time_zone, now);
  return {minute / day_minutes + 1, minute % day_minutes};
}

Opening opening_at(const std::vector<OpeningHours>& week, const std::string& time_zone, UtcMs now) {
  const int minute = minute_of_week(time_zone, now);
  Opening out;
  int closes_in = 0;
  int opens_in = week_minutes;
  for (const OpeningHours& rule : week) {
    const auto from = minute_of_day(rule.from);
    const auto to = minute_of_day(rule.to);
    if (!from || !to) continue;
    const int length = *to > *from ? *to - *from : *to + day_minutes - *from;
    for (const int day : rule.days) {
      if (day < 1 || day > 7) continue;
      const int start = (day - 1) * day_minutes + *from;
      const int since = (minute - start + week_minutes) % week_minutes;  // since the last time this rule began
      if (since < length && length - since > closes_in) {
        closes_in = length - since;
        out.open_now = true;
        out.closes_at = rule.to;
      }
      const int until = (start - minute + week_minutes) % week_minutes;
      if (until < opens_in) {
        opens_in = until;
        out.opens_at = rule.from;
      }
    }
  }
  if (out.open_now) out.opens_at.reset();
  return out;
}

}  // namespace vitrine::hours
