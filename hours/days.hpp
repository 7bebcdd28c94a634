// SPDX-License-Identifier: Apache-2.0
// Days by the clock on a store's wall: they have 23 or 25 hours when the clocks change.
#pragma once

#include <string>

#include "base/time_point.hpp"

namespace vitrine::hours {

struct Day {
  UtcMs begin;       // its first moment
  UtcMs end;         // the next day's
  std::string date;  // "2026-11-30"
};
// The day in which this moment lies. `time_zone` is an IANA name; one that nobody knows counts as UTC.
Day day_at(const std::string& time_zone, UtcMs at);

// "2026-11-30T14:00:00Z"
std::string utc_text(UtcMs at);

}  // namespace vitrine::hours
