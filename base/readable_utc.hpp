// SPDX-License-Identifier: Apache-2.0
// A moment as operators read it.
#pragma once

#include <string>

#include "base/time_point.hpp"

namespace vitrine {

// "2026-11-29 14:26:48", in UTC.
std::string readable_utc(UtcMs at);

}  // namespace vitrine
