// SPDX-License-Identifier: Apache-2.0
// Groups of units, counted by runs: a cart may hold 200,000 units.
#include "sync/pricing/groups.hpp"

#include <algorithm>
#include <ranges>

namespace vitrine::sync::pricing {

std::vector<UnitGroup> group_units(std::vector<UnitRun> runs, std::int64_t n) {
  std::ranges::stable_sort(runs, [](const UnitRun& a, const UnitRun& b) { return a.unit_minor > b.unit_minor; });
  std::vector<UnitGroup> groups;
  UnitGroup open;
  std::int64_t missing = n;  // to fill `open`
  for (UnitRun run : runs) {
    if (missing < n) {
      const std::int64_t here = std::min(missing, run.units);
      if (here > 0) open.runs.push_back({run.at, run.unit_minor, here});
      run.units -= here;
      missing -= here;
      if (missing == 0) {
        groups.push_back(std::move(open));
        open = {};
        missing = n;
      }
    }
    if (run.units >= n) groups.push_back({{{run.at, run.unit_minor, n}}, run.units / n});
    if (const std::int64_t rest = run.units % n; missing == n && rest > 0) {
      open.runs.push_back({run.at, run.unit_minor, rest});
      missing -= rest;
    }
  }
  return groups;
}

std::int64_t value_of(const UnitGroup& group) {
  std::int64_t sum = 0;
  for (const UnitRun& run : group.runs) sum += run.unit_minor * run.units;
  return sum;
}

std::int64_t value_of_cheapest(const UnitGroup& group, std::int64_t count) {
  std::int64_t sum = 0;
  for (const UnitRun& run : group.runs | std::views::reverse) {
    const std::int64_t here = std::min(count, run.units);
    sum += run.unit_minor * here;
    count -= here;
  }
  return sum;
}

}  // namespace vitrine::sync::pricing
