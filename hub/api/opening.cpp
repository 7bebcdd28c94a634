// SPDX-License-Identifier: Apache-2.0
// The only place of the hub that knows ICU: for its time zones.
#include "hub/api/opening.hpp"

#include <unicode/timezone.h>

#include <memory>

namespace vitrine::hub::api {

namespace {

constexpr int day_minutes = 24 * 60;
constexpr int week_minutes = 7 * day_minutes;

// Minutes since Monday 00:00 on the store's wall.
int minute_of_week(const std::string& time_zone, UtcMs now) {
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(time_zone)));
  std::int32_t raw_ms = 0;
  std::int32_t summer_ms = 0;
  UErrorCode code = U_ZERO_ERROR;
  zone->getOffset(static_cast<UDate>(now.value), 0, raw_ms, summer_ms, code);
  constexpr std::int64_t first_monday_ms = 4LL * 24 * 3600 * 1000;  // 1970-01-05
  constexpr std::int64_t week_ms = 7LL * 24 * 3600 * 1000;
  const std::int64_t local = ((now.value + raw_ms + summer_ms - first_monday_ms) % week_ms + week_ms) % week_ms;
  return static_cast<int>(local / 60'000);
}

// "07:30" → 450; none for other shapes.
std::optional<int> minutes_of(const std::string& text) {
  if (text.size() != 5 || text[2] != ':' || text.find_first_not_of("0123456789:") != std::string::npos) return std::nullopt;
  return ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0';
}

}  // namespace

Opening opening_at(const std::vector<OpeningRule>& rules, const std::string& time_zone, UtcMs now) {
  const int minute = minute_of_week(time_zone, now);
  Opening result;
  int closes_in = 0;
  int opens_in = week_minutes;
  for (const OpeningRule& rule : rules) {
    const auto from = minutes_of(rule.from);
    const auto to = minutes_of(rule.to);
    if (!from || !to) continue;
    const int length = *to > *from ? *to - *from : *to + day_minutes - *from;
    for (const int day : rule.days) {
      const int start = (day - 1) * day_minutes + *from;
      const int since = (minute - start + week_minutes) % week_minutes;
      if (since < length && length - since > closes_in) {
        closes_in = length - since;
        result.open_now = true;
        result.closes_at = rule.to;
      }
      const int until = (start - minute + week_minutes) % week_minutes;
      if (until < opens_in) {
        opens_in = until;
        result.opens_at = rule.from;
      }
    }
  }
  if (result.open_now) result.opens_at.reset();
  return result;
}

}  // namespace vitrine::hub::api
