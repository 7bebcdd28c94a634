// SPDX-License-Identifier: Apache-2.0
// Measures as columns of a table for a spreadsheet (CSV): the same in a store and at the hub. docs/MEASURES.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sync/model/measures.hpp"

namespace vitrine::sync::protocol {

// "resumes,recovered,…,waits,wait_median_s,wait_p90_s"
std::string measures_columns();
std::string measures_cells(const Measures& counts, std::int64_t waits, std::optional<std::int64_t> median_ms,
                           std::optional<std::int64_t> p90_ms);

}  // namespace vitrine::sync::protocol
