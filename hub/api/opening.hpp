// SPDX-License-Identifier: Apache-2.0
// Is a store open, by its own clock on the wall?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"

namespace vitrine::hub::api {

struct OpeningRule {
  std::vector<int> days;  // 1 Monday … 7 Sunday
  std::string from;       // "07:00"
  std::string to;         // "22:00"; not after `from`: on the next day
};

struct Opening {
  bool open_now = false;
  std::optional<std::string> closes_at;
  std::optional<std::string> opens_at;  // when it is closed now
};

// `time_zone` is an IANA name; one that nobody knows counts as UTC.
Opening opening_at(const std::vector<OpeningRule>& rules, const std::string& time_zone, UtcMs now);

}  // namespace vitrine::hub::api
