// SPDX-License-Identifier: Apache-2.0
// What the store has of one product, and what does not add up, as the local API tells it (docs/openapi-edge.yaml: StockRecord,
// StockTask).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "kiosk/model/cart_view.hpp"
#include "kiosk/model/nearby_view.hpp"

namespace vitrine::kiosk {

struct StockPromise {
  std::string id;
  std::int64_t units = 0;
  UtcMs until;
  std::string purpose;  // "cart/<id>", "order/<id>"; never a person
  bool operator==(const StockPromise&) const = default;
};

// What does not add up.
struct Discrepancy {
  std::string id;
  std::string kind;  // "count", "negative", "late_move" …; a later version may have others
  std::int64_t units = 0;
  UtcMs at;
  bool operator==(const Discrepancy&) const = default;
};

struct StockRecord {
  std::string sku;
  std::int64_t on_hand = 0;  // below nothing where more left than was counted
  std::int64_t reserved = 0;
  std::int64_t safety = 0;     // kept back from every promise
  std::int64_t available = 0;  // what shoppers may count on
  std::int64_t moved = 0;      // for whoever counts: the sum of all movements
  std::string aisle;
  std::string bay;
  UtcMs counted_at;  // 0: never
  UtcMs as_of;
  Freshness freshness = Freshness::unknown;
  std::vector<StockPromise> promises;
  std::vector<Discrepancy> discrepancies;
  std::vector<NearbyStore> nearby;  // those where some may be first
  bool operator==(const StockRecord&) const = default;
};

// A discrepancy of whichever product, with where to look.
struct StockCheck {
  std::string sku;
  Words title;
  Discrepancy found;
  std::int64_t on_hand = 0;
  std::string aisle;
  std::string bay;
  bool operator==(const StockCheck&) const = default;
};

}  // namespace vitrine::kiosk
