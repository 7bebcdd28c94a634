// SPDX-License-Identifier: Apache-2.0
// Rows of what was measured: each is there once, whatever is said again, arrives late or is read anew after a crash.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "base/time_point.hpp"
#include "edge/database/sql_book.hpp"

namespace vitrine::edge::database {

using MeasuredId = std::array<unsigned char, 16>;
// Of a document, a pass, a request …: its hash, from which nobody is found.
MeasuredId measured_id(std::string_view what);

struct Measured {
  UtcMs at;
  std::int64_t value = 0;
  bool operator==(const Measured&) const = default;
};

std::optional<Measured> measured(Connection& connection, std::string_view kind, const MeasuredId& id);
// The last word stands: for what is read from a document.
void put_measured(Connection& connection, std::string_view kind, const MeasuredId& id, const Measured& row);
// The first word stands: for what happened once.
void note_measured(Connection& connection, std::string_view kind, const MeasuredId& id, const Measured& row);
void drop_measured(Connection& connection, std::string_view kind, const MeasuredId& id);
// From `from` on and before `until`, by time.
void each_measured(Connection& connection, UtcMs from, UtcMs until,
                   const std::function<void(std::string_view kind, const Measured& row)>& each);
void forget_measured(Connection& connection, UtcMs before);

}  // namespace vitrine::edge::database
