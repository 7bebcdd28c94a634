// SPDX-License-Identifier: Apache-2.0
// Whole seconds; an empty cell is a wait that nobody had.
#include "sync/protocol/measures_table.hpp"

namespace vitrine::sync::protocol {

namespace {

std::string seconds_text(std::optional<std::int64_t> ms) { return ms ? std::to_string((*ms + 500) / 1000) : std::string(); }

}  // namespace

std::string measures_columns() {
  std::string text;
  for (const MeasureName& one : measure_names) text += std::string(one.name) + ",";
  return text + "waits,wait_median_s,wait_p90_s";
}

std::string measures_cells(const Measures& counts, std::int64_t waits, std::optional<std::int64_t> median_ms,
                           std::optional<std::int64_t> p90_ms) {
  std::string text;
  for (const MeasureName& one : measure_names) text += std::to_string(counts.*one.count) + ",";
  return text + std::to_string(waits) + "," + seconds_text(median_ms) + "," + seconds_text(p90_ms);
}

}  // namespace vitrine::sync::protocol
