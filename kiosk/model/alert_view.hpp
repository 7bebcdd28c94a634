// SPDX-License-Identifier: Apache-2.0
// What needs somebody, as the local API tells it (docs/openapi-edge.yaml: Alert).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time_point.hpp"

namespace vitrine::kiosk {

enum class AlertState { raised, shown, acknowledged, escalated };

struct StoreAlert {
  std::string kind;     // "customer_waits" …; a later version may have others
  std::string subject;  // an order, a request, a SKU; empty: the store
  UtcMs since;
  AlertState state = AlertState::raised;
  std::string name;  // of who sees to it; empty: nobody, or it is not known
  bool operator==(const StoreAlert&) const = default;
};

// Those of one kind that nobody sees to, the most urgent first.
struct AlertGroup {
  std::string kind;
  std::vector<StoreAlert> alerts;
  bool escalated = false;
};

// What a locked counter says: how many of a kind nobody sees to, and nothing of what they are about.
struct AlertKindSeen {
  std::string kind;
  std::int64_t count = 0;
  bool escalated = false;
  UtcMs since;
  bool operator==(const AlertKindSeen&) const = default;
};

// A sound of the counter's: somebody waits, or nobody came in time.
enum class Ring { none, news, urgent };

}  // namespace vitrine::kiosk
