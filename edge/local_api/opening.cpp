// SPDX-License-Identifier: Apache-2.0
// The only place of the edge that knows ICU: for its time zones.
#include "edge/local_api/opening.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include <unicode/timezone.h>

namespace vitrine::edge::local_api {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr int day_minutes = 24 * 60;
constexpr int week_minutes = 7 * day_minutes;

// Minutes since Monday 00:00 on the store's wall.
int minute_of_week(const std::string& time_zone, UtcMs now) {
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(time_zone)));
  std::int32_t raw_ms = 0;
  std::int32_t summer_ms = 0;
  UErrorCode code = U_ZERO_ERROR;
  zone->getOffset(static_cast<UDate>(now.value), 0, raw_ms, summer_ms, code);  // an unknown zone is "Etc/Unknown": offset 0
  const std::int64_t local = now.value + raw_ms + summer_ms;
  const std::int64_t minutes = local / minute_ms - (local % minute_ms < 0 ? 1 : 0);
  constexpr std::int64_t thursday = 3 * day_minutes;  // 1970-01-01
  return static_cast<int>(((minutes + thursday) % week_minutes + week_minutes) % week_minutes);
}

std::optional<int> minutes_of(const std::string& text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t at : {0U, 1U, 3U, 4U}) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
  }
  const int minutes = ((text[0] - '0') * 10 + (text[1] - '0')) * 60 + (text[3] - '0') * 10 + (text[4] - '0');
  return minutes <= day_minutes ? std::optional(minutes) : std::nullopt;
}

}  // namespace

Opening opening_at(const std::vector<database::OpeningHours>& hours, const std::string& time_zone, UtcMs now) {
  const int minute = minute_of_week(time_zone, now);
  Opening out;
  int next_in = week_minutes;
  int last_end_in = 0;
  for (const database::OpeningHours& rule : hours) {
    const auto from = minutes_of(rule.from);
    const auto to = minutes_of(rule.to);
    if (!from || !to) continue;
    const int length = *to > *from ? *to - *from : *to + day_minutes - *from;
    for (const int day : rule.days) {
      const int start = (day - 1) * day_minutes + *from;
      const int since = (minute - start + week_minutes) % week_minutes;  // since the last time this rule began
      if (since < length && length - since > last_end_in) {
        last_end_in = length - since;
        out.open_now = true;
        out.closes_at = rule.to;
      }
      const int in = (start - minute + week_minutes) % week_minutes;
      if (in < next_in) {
        next_in = in;
        out.opens_at = rule.from;
      }
    }
  }
  if (out.open_now) out.opens_at.reset();
  return out;
}

}  // namespace vitrine::edge::local_api
