// SPDX-License-Identifier: Apache-2.0
// One product's stock for tests of the rules: people of a store and the hub act on it, and time passes.
#pragma once

#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sync/rules/stock.hpp"

namespace vitrine::sync::rules::test {

inline std::string hex_of(std::uint64_t n) {
  char text[33];
  std::snprintf(text, sizeof text, "%032llx", static_cast<unsigned long long>(n));
  return text;
}

inline const StoreId the_store{"harbour-street"};
inline const Sku the_sku{"85123A"};
inline const IncarnationId life_one{hex_of(0xa1)};
inline const IncarnationId life_two{hex_of(0xa2)};
inline const IncarnationId hub_itself{};
inline constexpr std::int64_t hour_ms = 3'600'000;

// One operation with its time and whose it is, before anyone applies it.
struct Deed {
  StockOperation operation;
  IncarnationId life = life_one;
  UtcMs at;
  std::uint64_t transaction = 0;
};

struct Shelf {
  std::optional<Stock> stock;

  // The refusal; empty: it has its effect.
  std::string apply(const Deed& deed) {
    ApplyContext context{TransactionId{hex_of(deed.transaction)}, 0, "kiosk-1", deed.at, {}, {1, 1}, deed.life};
    auto verdict = rules::apply(stock, the_store, the_sku, deed.operation, context);
    if (!verdict) return verdict.error().reason;
    stock = std::move(*verdict);
    return "";
  }
  void import(std::int64_t on_hand, UtcMs counted_at, UtcMs now) {
    stock = apply_import(stock, the_store, the_sku, {on_hand, counted_at, 0, "3", "B"}, now);
  }
  [[nodiscard]] std::int64_t on_hand() const { return stock ? stock->on_hand : 0; }
  [[nodiscard]] std::int64_t drawn() const { return stock && stock->lent ? stock->lent->drawn : 0; }
  [[nodiscard]] std::int64_t promised() const {
    std::int64_t units = 0;
    for (const StockReservation& one : stock ? stock->reservations : std::vector<StockReservation>{}) units += one.units;
    return units;
  }
  [[nodiscard]] bool pending(const ReservationId& id) const {
    for (const StockReservation& one : stock ? stock->reservations : std::vector<StockReservation>{}) {
      if (one.id == id) return true;
    }
    return false;
  }
  [[nodiscard]] int ends(const ReservationId& id) const {
    int count = 0;
    for (const EndedReservation& one : stock ? stock->ended : std::vector<EndedReservation>{}) count += one.id == id ? 1 : 0;
    return count;
  }
  [[nodiscard]] std::vector<std::string> kinds() const {
    std::vector<std::string> kinds;
    for (const StockDiscrepancy& one : stock ? stock->discrepancies : std::vector<StockDiscrepancy>{}) kinds.push_back(one.kind);
    return kinds;
  }
};

}  // namespace vitrine::sync::rules::test
