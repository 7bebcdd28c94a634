// SPDX-License-Identifier: Apache-2.0
// The measures as JSON, and as a table for a spreadsheet.
#include <cstdio>

#include "edge/local_api/measures.hpp"
#include "hours/days.hpp"
#include "hours/opening.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/protocol/measures_table.hpp"

namespace vitrine::edge::local_api {

using sync::Measures;
using sync::protocol::JsonWriter;

namespace {

void write_percentile(JsonWriter& out, const char* name, const Measures& measures, std::size_t percent) {
  out.key(name);
  if (const auto value = sync::percentile(measures.waits_ms, percent)) {
    out.number(*value);
  } else {
    out.null();
  }
}

void write(JsonWriter& out, const MeasureSlot& slot) {
  out.object().field("from", slot.from.value).field("until", slot.until.value).key("measures").object();
  for (const sync::MeasureName& one : sync::measure_names) out.field(one.name, slot.measures.*one.count);
  out.field("waits", slot.measures.waits_ms.size());
  write_percentile(out, "wait_median_ms", slot.measures, 50);
  write_percentile(out, "wait_p90_ms", slot.measures, 90);
  out.end_object().end_object();
}

}  // namespace

std::string to_json(const MeasuresView& view) {
  JsonWriter out;
  out.object().field("as_of", view.as_of.value).field("range", view.range == MeasureRange::today ? "today" : "week");
  out.field("by", view.by == MeasureSlots::hours ? "hour" : "day").field("time_zone", view.time_zone).key("all");
  write(out, view.all);
  out.key("before");
  write(out, view.before);
  out.key("slots").array();
  for (const MeasureSlot& slot : view.slots) write(out, slot);
  out.end_array().end_object();
  return out.take();
}

std::string csv_of(const MeasuresView& view) {
  std::string text = "date,time,begins_at," + sync::protocol::measures_columns() + "\n";
  for (const MeasureSlot& slot : view.slots) {
    if (slot.from > view.as_of) break;
    const int minute = hours::wall_time_at(view.time_zone, slot.from).minute;
    char time[16];
    std::snprintf(time, sizeof time, "%02d:%02d", minute / 60, minute % 60);
    const auto& waits = slot.measures.waits_ms;
    text += hours::day_at(view.time_zone, slot.from).date + "," + time + "," + hours::utc_text(slot.from) + "," +
            sync::protocol::measures_cells(slot.measures, static_cast<std::int64_t>(waits.size()), sync::percentile(waits, 50),
                                           sync::percentile(waits, 90)) +
            "\n";
  }
  return text;
}

}  // namespace vitrine::edge::local_api
