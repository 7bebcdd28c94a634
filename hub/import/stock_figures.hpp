// SPDX-License-Identifier: Apache-2.0
// A platform's stock figure against what a store has done since: docs/decisions/0006-stock-import.md.
#pragma once

#include <optional>
#include <string>

#include "base/time_point.hpp"

namespace vitrine::hub {

// `row`: the body that stock_body() made of the table's row; `before`: the hub's document, if it has one that can be read. The
// body to put.
std::string stock_after_import(const std::optional<std::string>& before, const std::string& row, UtcMs now);

}  // namespace vitrine::hub
