// SPDX-License-Identifier: Apache-2.0
// What a store has of one product: a figure that only movements and counts change, and what was promised of it. Rules:
// sync/rules/stock.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::sync {

// A movement that an earlier count may have to be added to.
struct StockMoved {
  UtcMs at;
  std::int64_t units = 0;
  bool operator==(const StockMoved&) const = default;
};

// Units that only this store may promise until a time. A restored hub sells none of them before that.
struct StockRight {
  RightId id;
  std::int64_t units = 0;
  std::int64_t drawn = 0;  // by reservations that are pending, or whose goods have left
  UtcMs until;
  std::string more = {};  // members of a newer version, as a JSON object; empty: none
  bool operator==(const StockRight&) const = default;
};

// A promise that has not ended.
struct StockReservation {
  ReservationId id;
  std::int64_t units = 0;
  UtcMs until;
  std::string purpose;           // "cart/<id>", "order/<id>": for what, never for whom
  std::optional<RightId> right;  // that it draws on; none: the hub promised it
  std::string more = {};
  bool operator==(const StockReservation&) const = default;
};

enum class ReservationEnd { posted, voided, expired };

// A promise that has ended, remembered so that it ends once.
struct EndedReservation {
  ReservationId id;
  ReservationEnd how = ReservationEnd::expired;
  UtcMs at;
  bool operator==(const EndedReservation&) const = default;
};

// What does not add up, for people.
struct StockDiscrepancy {
  std::string id;    // "<transaction>.<operation index>", or "import.<counted at>"
  std::string kind;  // "count", "negative", "late_move", "late_count", "unlisted", "import_unclear"
  std::int64_t units = 0;
  UtcMs at;
  std::string more = {};
  bool operator==(const StockDiscrepancy&) const = default;
};

struct Stock {
  StoreId store;
  Sku sku;
  std::int64_t on_hand = 0;  // below nothing where more left than was counted
  std::int64_t safety = 0;   // kept back from every promise
  std::string aisle;
  std::string bay;
  UtcMs counted_at;                // of the count in force, the platform's or the store's own
  IncarnationId counted_life;      // the life of the store's database that made it; empty: the platform's
  std::int64_t moved = 0;          // sum of all movements, for whoever counts: what moved since they began
  std::vector<StockMoved> recent;  // in order of arrival
  UtcMs recent_from;               // every movement after this time is in `recent`
  std::optional<StockRight> lent;
  std::vector<StockReservation> reservations;
  std::vector<EndedReservation> ended;
  std::vector<StockDiscrepancy> discrepancies;
  std::string unknown_fields = {};  // JSON object: fields of a newer version, kept and passed on; empty: none
  bool operator==(const Stock&) const = default;
};

}  // namespace vitrine::sync
