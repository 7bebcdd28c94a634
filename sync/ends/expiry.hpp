// SPDX-License-Identifier: Apache-2.0
// When a document is to be forgotten: its top field `expires_at`.
#pragma once

#include <optional>
#include <string>

#include "base/time_point.hpp"

namespace vitrine::sync::ends {

// None: the body names no time, or no good one.
std::optional<UtcMs> expiry_of(const std::optional<std::string>& body);

}  // namespace vitrine::sync::ends
