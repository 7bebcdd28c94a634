// SPDX-License-Identifier: Apache-2.0
// Which of several things that were said comes first, the same in every copy.
#pragma once

#include <compare>
#include <string>

#include "base/time_point.hpp"

namespace vitrine::sync {

// When something was done and by which operation ("<transaction>.<index>"): two stamps are never equal, and their order is the
// same in every copy.
struct Stamp {
  UtcMs at;
  std::string by;
  auto operator<=>(const Stamp&) const = default;
};

}  // namespace vitrine::sync
