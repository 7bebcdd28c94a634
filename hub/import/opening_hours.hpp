// SPDX-License-Identifier: Apache-2.0
// Opening hours as people write them in OpenStreetMap, the plain part of that language: docs/IMPORT.md, "Opening hours".
#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "hours/opening.hpp"

namespace vitrine::hub {

// "Mo-Fr 08:00-20:00; Sa 08:00-18:00; Su,PH off". A later rule replaces an earlier one for the days it names; public
// holidays are read and left out; no text means no known hours. Days rise within a rule, and
// closing is later than opening. Error: invalid_opening_hours.
Result<std::vector<hours::OpeningHours>> parse_opening_hours(std::string_view text);

}  // namespace vitrine::hub
