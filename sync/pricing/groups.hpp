// SPDX-License-Identifier: Apache-2.0
// Units taken together by n, the dearest first: what n-for-m, cheapest-free and bundle prices are counted on. The dearest go
// together because that gives the shopper the most.
#pragma once

#include <cstdint>
#include <vector>

namespace vitrine::sync::pricing {

// Units of one price.
struct UnitRun {
  std::size_t at = 0;  // the caller's name for it
  std::int64_t unit_minor = 0;
  std::int64_t units = 0;
};

// `times` groups that are made alike: n units, dearest first.
struct UnitGroup {
  std::vector<UnitRun> runs;
  std::int64_t times = 1;
};

// Whole groups of n; what is left over (the cheapest) is in none. Of equal prices, the earlier run goes first.
// Precondition: n ≥ 1. At most one group a run, and one where runs meet, however many units there are.
std::vector<UnitGroup> group_units(std::vector<UnitRun> runs, std::int64_t n);

// The value of one such group, and of its `count` cheapest units.
std::int64_t value_of(const UnitGroup& group);
std::int64_t value_of_cheapest(const UnitGroup& group, std::int64_t count);

}  // namespace vitrine::sync::pricing
