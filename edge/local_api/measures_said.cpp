// SPDX-License-Identifier: Apache-2.0
// What was said last is what the own document has; so an hour that arrives late is said again, and one that is the same is not.
#include <algorithm>

#include "edge/local_api/measure_slots.hpp"
#include "edge/local_api/measures.hpp"
#include "sync/protocol/measures_codec.hpp"

namespace vitrine::edge::local_api {

using sync::MeasuredDay;
using sync::MeasuredHour;

namespace {

constexpr int said_days = 8;              // what changes later is not said any more
constexpr std::size_t said_at_once = 48;  // hours

sync::rules::MeasuresPut put_of(const MeasureSlot& slot) {
  const std::vector<std::int64_t>& waits = slot.measures.waits_ms;
  sync::rules::MeasuresPut put{slot.from,
                               slot.until,
                               slot.measures,
                               static_cast<std::int64_t>(waits.size()),
                               sync::percentile(waits, 50),
                               sync::percentile(waits, 90)};
  put.counts.waits_ms.clear();
  return put;
}

bool is_said(const MeasuredDay& day, const sync::rules::MeasuresPut& put) {
  const auto said = std::ranges::find(day.hours, put.from, &MeasuredHour::from);
  if (said == day.hours.end()) return put.counts == sync::Measures{} && put.waits == 0;  // of nothing, nothing is said
  return said->until == put.until && said->counts == put.counts && said->waits == put.waits &&
         said->wait_median_ms == put.wait_median_ms && said->wait_p90_ms == put.wait_p90_ms;
}

}  // namespace

std::vector<sync::Operation> measures_to_say(database::Reader& reader, const sync::StoreId& store, UtcMs begun, UtcMs now) {
  std::vector<sync::Operation> out;
  const auto content = reader.store(store);
  if (!content) return out;  // which day it is, is not known yet
  const std::string& zone = content->time_zone;
  for (hours::Day day = days_before(zone, hours::day_at(zone, now), said_days - 1); day.begin < now;
       day = hours::day_at(zone, day.end)) {
    const auto body = reader.body("measures", sync::protocol::measures_key(store, day.date).id);
    const auto said = body ? sync::protocol::decode_measures(*body) : Result<MeasuredDay>(MeasuredDay{store, day.date, {}, {}});
    if (!said) continue;  // a newer version's
    for (MeasureSlot& slot : slots_of(zone, day.begin, day.end, MeasureSlots::hours)) {
      if (slot.from < begun || slot.until > now) continue;
      count_slot(reader.connection(), slot, slot.until);
      const auto put = put_of(slot);
      if (is_said(*said, put)) continue;
      out.push_back(sync::protocol::encode_measures_operation(store, day.date, put));
      if (out.size() == said_at_once) return out;
    }
  }
  return out;
}

}  // namespace vitrine::edge::local_api
