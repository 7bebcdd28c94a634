// SPDX-License-Identifier: Apache-2.0
// The rules of what a store measures: of each hour the last word stands. The laws: sync/rules/README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "sync/model/measured_day.hpp"
#include "sync/rules/apply.hpp"

namespace vitrine::sync::rules {

inline constexpr std::int64_t measures_kept_ms = 62LL * 86'400'000;  // from the day's first hour on, in every copy
inline constexpr std::size_t measures_hours_max = 50;                // of one day; more were never an hour each

// "measures.put", a fact: these are the figures of an hour, whatever was said of it before.
struct MeasuresPut {
  UtcMs from{};
  UtcMs until{};
  Measures counts{};
  std::int64_t waits = 0;
  std::optional<std::int64_t> wait_median_ms{};
  std::optional<std::int64_t> wait_p90_ms{};
};

using MeasuresOperation = std::variant<MeasuresPut>;

// Total.
MeasuredDay apply(const std::optional<MeasuredDay>& day, const StoreId& store, const std::string& date,
                  const MeasuresOperation& operation, const ApplyContext& context);

// When every copy forgets it.
UtcMs expires_at(const MeasuredDay& day);

}  // namespace vitrine::sync::rules
