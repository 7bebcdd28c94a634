// SPDX-License-Identifier: Apache-2.0
// The measures of the board: of today or of seven days, by the store's own days, beside those of a week before
// (docs/openapi-edge.yaml, docs/MEASURES.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/local_api/surroundings.hpp"
#include "sync/model/measures.hpp"
#include "sync/model/operation.hpp"

namespace vitrine::edge::local_api {

enum class MeasureRange : std::uint8_t { today, week };  // week: today and the six days before
enum class MeasureSlots : std::uint8_t { hours, days };
// "today", "week"; none: it is no such word.
std::optional<MeasureRange> measure_range(std::string_view word);

// From `from` on and before `until`.
struct MeasureSlot {
  UtcMs from;
  UtcMs until;
  sync::Measures measures;
};

struct MeasuresView {
  UtcMs as_of;
  MeasureRange range = MeasureRange::today;
  MeasureSlots by = MeasureSlots::hours;
  std::string time_zone;           // of the store; empty: it is not known yet, and days are UTC's
  MeasureSlot all;                 // `until`: the end of today; counted up to `as_of`
  MeasureSlot before;              // as long, seven days earlier
  std::vector<MeasureSlot> slots;  // hours or days, without a gap
};

// Errors: SQLite's.
Result<MeasuresView> measures_view(database::Reader& reader, const Surroundings& around, MeasureRange range, MeasureSlots by);
// Inside a snapshot: of today up to now.
sync::Measures measures_today(database::Reader& reader, const Surroundings& around);

// What the hub is to hear: hours that are over and whose figures are not those that were said last; the oldest first, so many at
// most. Nothing of hours that began before `begun`, since when this database counts. Reads inside the writer's transaction.
std::vector<sync::Operation> measures_to_say(database::Reader& reader, const sync::StoreId& store, UtcMs begun, UtcMs now);

std::string to_json(const MeasuresView& view);
// One line a slot that has begun, under a line of names.
std::string csv_of(const MeasuresView& view);

}  // namespace vitrine::edge::local_api
