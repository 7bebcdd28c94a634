// SPDX-License-Identifier: Apache-2.0
// A day begins with the first quarter of an hour that has its date: there are days without a midnight.
#include "hours/days.hpp"

#include <unicode/timezone.h>

#include <chrono>
#include <cstdio>
#include <memory>

namespace vitrine::hours {

namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t step_ms = 15LL * 60'000;
constexpr std::int64_t shift_ms_max = 3 * 3'600'000;  // no clock was ever set by more at once

class Wall {
 public:
  explicit Wall(const std::string& time_zone) : zone_(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(time_zone))) {}
  [[nodiscard]] std::int64_t offset_ms(std::int64_t at) const {
    std::int32_t raw_ms = 0;
    std::int32_t summer_ms = 0;
    UErrorCode code = U_ZERO_ERROR;
    zone_->getOffset(static_cast<UDate>(at), 0, raw_ms, summer_ms, code);  // an unknown zone is "Etc/Unknown": offset 0
    return raw_ms + summer_ms;
  }
  // Since 1970-01-01.
  [[nodiscard]] std::int64_t day_of(std::int64_t at) const {
    const std::int64_t local = at + offset_ms(at);
    return (local - (local % day_ms + day_ms) % day_ms) / day_ms;
  }
  [[nodiscard]] std::int64_t begin_of(std::int64_t day, std::int64_t near) const {
    std::int64_t at = day * day_ms - offset_ms(near) - shift_ms_max;
    at -= (at % step_ms + step_ms) % step_ms;
    while (day_of(at) < day) at += step_ms;
    return at;
  }

 private:
  std::unique_ptr<icu::TimeZone> zone_;
};

}  // namespace

Day day_at(const std::string& time_zone, UtcMs at) {
  const Wall wall(time_zone);
  const std::int64_t day = wall.day_of(at.value);
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return {UtcMs{wall.begin_of(day, at.value)}, UtcMs{wall.begin_of(day + 1, at.value)}, text};
}

std::string utc_text(UtcMs at) {
  const std::int64_t minute = (at.value % day_ms + day_ms) % day_ms / 60'000;
  char text[32];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02dZ", static_cast<int>(minute / 60), static_cast<int>(minute % 60),
                static_cast<int>((at.value % 60'000 + 60'000) % 60'000 / 1000));
  return day_at("UTC", at).date + text;
}

}  // namespace vitrine::hours
