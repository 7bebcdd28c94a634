// SPDX-License-Identifier: Apache-2.0
// Is a store open, by its own clock on the wall?
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_point.hpp"

namespace vitrine::hours {

// One rule of the week, in the store's own time.
struct OpeningHours {
  std::vector<int> days;  // 1 Monday … 7 Sunday
  std::string from;       // "07:00"
  std::string to;         // "22:00", at most "24:00"; at or before `from`: on the next day
  bool operator==(const OpeningHours&) const = default;
};

struct Opening {
  bool open_now = false;
  std::optional<std::string> opens_at;   // when closed, the next opening within a week
  std::optional<std::string> closes_at;  // when open
};

// "07:30" → 450, up to "24:00"; none for other shapes.
std::optional<int> minute_of_day(std::string_view text);

// The clock on the wall: weekday 1 Monday … 7 Sunday, minute of the day.
struct WallTime {
  int weekday = 1;
  int minute = 0;
};
WallTime wall_time_at(const std::string& time_zone, UtcMs now);

// `time_zone` is an IANA name; one that nobody knows counts as UTC. Rules and days that cannot be read count for nothing. No
// hours: always closed, opening never.
Opening opening_at(const std::vector<OpeningHours>& week, const std::string& time_zone, UtcMs now);

}  // namespace vitrine::hours
