// SPDX-License-Identifier: Apache-2.0
// Example followed: Maya looks at a cake stand on her phone, and the platform tells it twice; a store without a line says that
// she collected an order. All of it stands once, whoever is heard first.
#include "sync/rules/activity.hpp"

#include <algorithm>

#include "sync/planted.hpp"

namespace vitrine::sync::rules {

namespace {

// CONFLICT: the same event is told twice. RESOLUTION: what stands stays as it is.
// A clock that runs ahead keeps nothing longer.
Activity act(const std::optional<Activity>& before, const CustomerId& customer, const ActivityAppend& append, UtcMs known_at) {
  if (before && !planted(Bug::activity_told_anew)) return *before;
  const UtcMs expires_at = std::min(append.at, known_at).plus(activity_kept_ms);
  return {customer, append.kind, append.channel, append.at, append.sku, append.order, append.store, append.text, expires_at};
}

}  // namespace

std::optional<Activity> apply(const std::optional<Activity>& activity, const CustomerId& customer,
                              const ActivityOperation& operation, const ApplyContext& context) {
  // CONFLICT: it is told again after its time, or after somebody was erased. RESOLUTION: what is forgotten stays forgotten.
  if (!activity && context.lineage.now.number > 0) return std::nullopt;
  return std::visit([&](const auto& op) { return act(activity, customer, op, context.at); }, operation);
}

}  // namespace vitrine::sync::rules
