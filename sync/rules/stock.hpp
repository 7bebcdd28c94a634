// SPDX-License-Identifier: Apache-2.0
// The rules of stock: what movements, counts and promises do to what a store has of one product. Pure: the hub and every store's
// view use these same functions. The laws stand in sync/rules/README.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sync/model/stock.hpp"
#include "sync/rules/apply.hpp"

namespace vitrine::sync::rules {

inline constexpr std::int64_t stock_units_max = 1'000'000;        // of one movement, count or right
inline constexpr std::int64_t on_hand_max = 1'000'000'000;        // a balance stops there, above and below nothing
inline constexpr std::int64_t reservation_units_max = 999;        // as a line of a cart
inline constexpr std::size_t reservations_max = 200;              // pending at once
inline constexpr std::size_t ended_max = 200;                     // remembered; beyond it the oldest go
inline constexpr std::size_t recent_moves_max = 64;               // beyond it an older count of the platform is not believed
inline constexpr std::size_t discrepancies_max = 50;              // beyond it the oldest go
inline constexpr std::size_t stock_text_bytes_max = 80;           // references (an order's id and what it is), places, purposes
inline constexpr std::int64_t ended_life_ms = 14LL * 86'400'000;  // as long as acknowledged transactions are kept
inline constexpr std::int64_t promise_ms_max = 31LL * 86'400'000;

enum class MoveReason { sale, hand_over, returned, receipt, damage, transfer_in, transfer_out, correction };

// "stock.move": so many units came (above 0) or left. A fact: never refused.
struct StockMove {
  std::int64_t units = 0;
  MoveReason reason = MoveReason::sale;
  std::string reference;   // the ticket, order or delivery; never a person
  std::string place = {};  // may be empty
};

// "stock.count": somebody counted `counted` units; `moved` is the sum of the store's own movements since they began. A fact.
struct StockCount {
  std::int64_t counted = 0;
  std::int64_t moved = 0;
};

// "stock.post": goods that were promised leave; the promise ends with it, whatever became of it before. A fact.
struct StockPost {
  ReservationId reservation;
  std::int64_t units = 0;  // that leave, above 0
  MoveReason reason = MoveReason::hand_over;
  std::string reference;
  std::string place = {};
};

// "stock.reserve": a promise until a time. A store draws on the right that the hub lent it and names it; the hub, without a
// right, promises of what is left.
struct StockReserve {
  ReservationId reservation;
  std::int64_t units = 0;
  UtcMs until;  // a store's promise ends with its right
  std::string purpose;
  std::optional<RightId> right;
};

// "stock.release": the promise is given back.
struct StockRelease {
  ReservationId reservation;
};

// "stock.lend": the hub alone. A right in force keeps its id, and can only grow and last longer.
struct StockLend {
  RightId right;
  std::int64_t units = 0;
  UtcMs until;
};

// "stock.settle": people have seen to these discrepancies.
struct StockSettle {
  std::vector<std::string> discrepancies;
};

using StockOperation = std::variant<StockMove, StockCount, StockPost, StockReserve, StockRelease, StockLend, StockSettle>;

// A row of the platform: what it believes to have been there at a time.
struct StockImport {
  std::int64_t on_hand = 0;
  UtcMs counted_at;
  std::int64_t safety = 0;
  std::string aisle;
  std::string bay;
};

// The stock after the operation, or why an intent has no effect. StockMove, StockCount and StockPost are total. Reasons:
// "stock_unknown", "quantity_invalid", "until_invalid", "right_over", "right_in_force", "not_enough", "not_allowed",
// "reservation_unknown", "reservation_known", "reservation_ended", "reservations_full".
Verdict<Stock> apply(const std::optional<Stock>& stock, const StoreId& store, const Sku& sku, const StockOperation& operation,
                     const ApplyContext& context);

// A count of the platform, put into what has moved since; docs/decisions/0006-stock-import.md. The same row twice changes
// nothing.
Stock apply_import(const std::optional<Stock>& stock, const StoreId& store, const Sku& sku, const StockImport& row, UtcMs now);

// Of promises that have not run out.
std::int64_t reserved_at(const Stock& stock, UtcMs now);
// Units that people may count on here: on hand, less promised and kept back, never below 0.
std::int64_t unreserved_at(const Stock& stock, UtcMs now);
// The same for whoever holds the promises of this purpose ("cart/<id>"): what they were promised is there for them.
std::int64_t unreserved_for(const Stock& stock, std::string_view purpose, UtcMs now);
// Of promises of this purpose that have not run out.
std::int64_t reserved_for(const Stock& stock, std::string_view purpose, UtcMs now);
// How `units` leave of which some were promised under this purpose: each of its promises ends with a part of them, as long as
// there is a unit for each and they are no more than `operations_max` operations; what nobody was promised just moves.
std::vector<StockOperation> leave(const Stock& stock, std::string_view purpose, std::int64_t units, MoveReason reason,
                                  const std::string& reference, std::size_t operations_max, UtcMs now);
// Units that the hub may still promise or lend: the above, less what is lent and not drawn.
std::int64_t free_at(const Stock& stock, UtcMs now);
// Units that the store may still promise by its right.
std::int64_t rights_left_at(const Stock& stock, UtcMs now);

}  // namespace vitrine::sync::rules
