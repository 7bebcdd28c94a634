// SPDX-License-Identifier: Apache-2.0
// Taxes on sales: rates by class with their validity, and the tax in (or on top of) an amount.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"

namespace vitrine::sync::pricing {

struct TaxRate {
  std::string tax_class;  // "standard", "reduced", "zero"
  std::int64_t basis_points = 0;
  UtcMs from;
  std::optional<UtcMs> to;  // from ≤ t < to
  bool operator==(const TaxRate&) const = default;
};

// The rates of one zone. Of several that hold, the latest `from` counts.
struct TaxTable {
  std::vector<TaxRate> rates;
  bool operator==(const TaxTable&) const = default;
};

std::optional<std::int64_t> tax_rate_at(const TaxTable& table, const std::string& tax_class, UtcMs now);

// The tax in `minor` when it is included, else the tax that comes on top: rounded once, half away from nothing.
std::int64_t tax_of(std::int64_t minor, std::int64_t basis_points, bool included);

}  // namespace vitrine::sync::pricing
