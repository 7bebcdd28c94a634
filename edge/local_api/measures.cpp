// SPDX-License-Identifier: Apache-2.0
// Rows of what was measured become counts of slots.
#include "edge/local_api/measures.hpp"

#include <algorithm>
#include <array>

#include "edge/database/measured.hpp"
#include "edge/local_api/measure_slots.hpp"

namespace vitrine::edge::local_api {

using database::Measured;
using sync::Measures;

namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr int week_days = 7;

// How a kind of row counts: always in one, and where its value is `part_value` in another too.
struct Kind {
  std::string_view name;
  std::int64_t Measures::* count;
  std::int64_t Measures::* part = nullptr;
  std::int64_t part_value = 1;
};
constexpr auto kinds = std::to_array<Kind>({
    {"resume", &Measures::resumes},
    {"recovered", &Measures::recovered},
    {"collected", &Measures::collected},
    {"promise", &Measures::promises, &Measures::promises_kept},
    {"no_show", &Measures::no_shows},
    {"contact", &Measures::contacts, &Measures::contacts_first},
    {"search", &Measures::searches, &Measures::searches_empty, 0},
    {"offer", &Measures::offers, &Measures::offers_taken},
    {"offline", &Measures::minutes_offline, &Measures::minutes_served},
});

void add(Measures& measures, std::string_view kind, const Measured& row) {
  if (kind == "wait") measures.waits_ms.push_back(row.value);
  const auto* found = std::ranges::find(kinds, kind, &Kind::name);
  if (found == kinds.end()) return;
  ++(measures.*found->count);
  if (found->part != nullptr && row.value == found->part_value) ++(measures.*found->part);
}

void sort_waits(MeasureSlot& slot) { std::ranges::sort(slot.measures.waits_ms); }

std::string zone_of(database::Reader& reader, const Surroundings& around) {
  const auto store = reader.store(around.store);
  return store ? store->time_zone : std::string();
}

}  // namespace

void count_slot(database::Connection& connection, MeasureSlot& slot, UtcMs until) {
  database::each_measured(connection, slot.from, std::min(slot.until, until),
                          [&](std::string_view kind, const Measured& row) { add(slot.measures, kind, row); });
  sort_waits(slot);
}

hours::Day days_before(const std::string& time_zone, hours::Day day, int days) {
  for (int i = 0; i < days; ++i) day = hours::day_at(time_zone, day.begin.plus(-1));
  return day;
}

std::vector<MeasureSlot> slots_of(const std::string& time_zone, UtcMs from, UtcMs until, MeasureSlots by) {
  std::vector<MeasureSlot> slots;
  while (from < until) {
    const hours::Day day = hours::day_at(time_zone, from);
    if (by == MeasureSlots::days) {
      slots.push_back({day.begin, day.end, {}});
    } else {
      for (UtcMs at = day.begin; at < day.end; at = at.plus(hour_ms))
        slots.push_back({at, std::min(at.plus(hour_ms), day.end), {}});
    }
    from = day.end;
  }
  return slots;
}

std::optional<MeasureRange> measure_range(std::string_view word) {
  if (word == "today") return MeasureRange::today;
  return word == "week" ? std::optional(MeasureRange::week) : std::nullopt;
}

Result<MeasuresView> measures_view(database::Reader& reader, const Surroundings& around, MeasureRange range, MeasureSlots by) {
  reader.begin();
  MeasuresView view;
  view.as_of = around.now;
  view.range = range;
  view.by = by;
  view.time_zone = zone_of(reader, around);
  const hours::Day today = hours::day_at(view.time_zone, around.now);
  const int back = range == MeasureRange::today ? 0 : week_days - 1;
  view.all = {days_before(view.time_zone, today, back).begin, today.end, {}};
  const hours::Day then = days_before(view.time_zone, today, week_days);
  const UtcMs same_time = std::min(then.begin.plus(around.now.value - today.begin.value), then.end);
  view.before = {days_before(view.time_zone, then, back).begin, same_time, {}};
  view.slots = slots_of(view.time_zone, view.all.from, view.all.until, by);
  const UtcMs upto = around.now.plus(1);  // what happened in this millisecond has happened
  database::Connection& connection = reader.connection();
  database::each_measured(connection, view.all.from, std::min(view.all.until, upto),
                          [&](std::string_view kind, const Measured& row) {
                            add(view.all.measures, kind, row);
                            const auto slot = std::ranges::upper_bound(view.slots, row.at, {}, &MeasureSlot::from) - 1;
                            add(slot->measures, kind, row);
                          });
  sort_waits(view.all);
  std::ranges::for_each(view.slots, sort_waits);
  count_slot(connection, view.before, view.before.until);
  if (auto failed = reader.end()) return std::unexpected(*failed);
  return view;
}

Measures measures_today(database::Reader& reader, const Surroundings& around) {
  const hours::Day today = hours::day_at(zone_of(reader, around), around.now);
  MeasureSlot slot{today.begin, today.end, {}};
  count_slot(reader.connection(), slot, around.now.plus(1));
  return std::move(slot.measures);
}

}  // namespace vitrine::edge::local_api
