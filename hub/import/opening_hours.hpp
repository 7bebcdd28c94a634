// SPDX-License-Identifier: Apache-2.0
// Opening hours as people write them in OpenStreetMap, the plain part of that language: docs/IMPORT.md, "Opening hours".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace vitrine::hub {

struct OpeningHours {
  std::vector<int> days;  // 1 Monday to 7 Sunday, rising
  std::string from;       // "07:00", the store's own time
  std::string to;         // "22:00", later than `from`, at most "24:00"
  bool operator==(const OpeningHours&) const = default;
};

// "Mo-Fr 08:00-20:00; Sa 08:00-18:00; Su,PH off". A later rule replaces an earlier one for the days it names; public
// holidays are read and left out; no text means no known hours. Error: invalid_opening_hours.
Result<std::vector<OpeningHours>> parse_opening_hours(std::string_view text);

}  // namespace vitrine::hub
