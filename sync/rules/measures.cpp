// SPDX-License-Identifier: Apache-2.0
// Example followed: a store says at three what it measured from two to three; in the evening a buyer's word arrives late, and it
// says the hour once more. Whichever comes first, the hub has the evening's figures, and adds none to any.
#include "sync/rules/measures.hpp"

#include <algorithm>

namespace vitrine::sync::rules {

namespace {

Stamp stamp_of(const ApplyContext& context) {
  return {context.at, context.transaction.text + "." + std::to_string(context.operation_index)};
}

}  // namespace

// CONFLICT: an hour is said again, or by the box before. RESOLUTION: the last word stands, whole: figures are never added up or
// mixed.
MeasuredDay apply(const std::optional<MeasuredDay>& day, const StoreId& store, const std::string& date,
                  const MeasuresOperation& operation, const ApplyContext& context) {
  MeasuredDay after = day.value_or(MeasuredDay{store, date, {}, {}});
  const auto& put = std::get<MeasuresPut>(operation);
  MeasuredHour said{put.from, put.until, put.counts, put.waits, put.wait_median_ms, put.wait_p90_ms, stamp_of(context)};
  said.counts.waits_ms.clear();
  const auto place = std::ranges::lower_bound(after.hours, said.from, {}, &MeasuredHour::from);
  if (place != after.hours.end() && place->from == said.from) {
    if (place->stamp < said.stamp) *place = std::move(said);
  } else {
    after.hours.insert(place, std::move(said));
    if (after.hours.size() > measures_hours_max) after.hours.pop_back();  // the same ones stay in every order
  }
  return after;
}

UtcMs expires_at(const MeasuredDay& day) {
  return day.hours.empty() ? UtcMs{measures_kept_ms} : day.hours.front().from.plus(measures_kept_ms);
}

}  // namespace vitrine::sync::rules
