// SPDX-License-Identifier: Apache-2.0
// Money is an integer count of the currency's minor unit. There is no floating-point money anywhere.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace vitrine::sync {

struct Money {
  std::int64_t minor = 0;
  std::string currency;  // ISO 4217, "GBP"
  bool operator==(const Money&) const = default;
};

}  // namespace vitrine::sync
