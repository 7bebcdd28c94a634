// SPDX-License-Identifier: Apache-2.0
// A store's measures as it tells them to the hub: the hours of one of its days. Rules: sync/rules/measures.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"
#include "sync/model/measures.hpp"
#include "sync/model/stamp.hpp"

namespace vitrine::sync {

// As it was said last.
struct MeasuredHour {
  UtcMs from;
  UtcMs until;
  Measures counts;  // without single waits
  std::int64_t waits = 0;
  std::optional<std::int64_t> wait_median_ms;
  std::optional<std::int64_t> wait_p90_ms;
  Stamp stamp;
  bool operator==(const MeasuredHour&) const = default;
};

struct MeasuredDay {
  StoreId store;
  std::string date;                 // by the store's own clock: "2026-11-30"
  std::vector<MeasuredHour> hours;  // by `from`, each once
  std::string unknown_fields = {};  // JSON object: fields of a newer version, kept and passed on; empty: none
  bool operator==(const MeasuredDay&) const = default;
};

}  // namespace vitrine::sync
