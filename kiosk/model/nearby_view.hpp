// SPDX-License-Identifier: Apache-2.0
// What another store has of a product, as the local API tells it (docs/openapi-edge.yaml: Nearby).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time_point.hpp"
#include "kiosk/model/cart_view.hpp"
#include "sync/model/availability.hpp"

namespace vitrine::kiosk {

struct NearbyStore {
  std::string store;
  std::string name;
  std::optional<std::int64_t> distance_m;  // as the crow flies
  bool has_hours = false;
  bool open_now = false;
  std::string opens_at;            // "07:00"; empty: not known
  std::string closes_at;           // "18:00"; empty: not known
  std::optional<sync::Band> band;  // none: too old to be said
  UtcMs as_of;                     // 0: never known
  Freshness freshness = Freshness::check;
  bool operator==(const NearbyStore&) const = default;
};

}  // namespace vitrine::kiosk
