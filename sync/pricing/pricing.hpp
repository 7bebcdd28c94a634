// SPDX-License-Identifier: Apache-2.0
// What a cart costs: pure, deterministic, integers only, the same code at hub and store. Golden vectors: tests/sync/pricing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/cart.hpp"
#include "sync/model/money.hpp"

namespace vitrine::sync::pricing {

// One price of a SKU and when it holds: from ≤ t < to. `list` is the crossed-out price when it is above `current`.
struct PriceEntry {
  UtcMs from;
  std::optional<UtcMs> to;
  std::int64_t list_minor = 0;
  std::int64_t current_minor = 0;
  bool operator==(const PriceEntry&) const = default;
};

// A price document: every entry of one SKU in one zone, any order. Of several that hold, the latest `from` counts; of two
// with the same `from`, the later in the list.
struct PriceDocument {
  Sku sku;
  std::string currency;
  bool tax_included = true;
  std::vector<PriceEntry> entries;
  bool operator==(const PriceDocument&) const = default;
};

std::optional<PriceEntry> price_at(const PriceDocument& document, UtcMs now);

// A line to be priced, with what the store knows of it. No price: shown, and left out of the total.
struct LineToPrice {
  LineKey key;
  Sku sku;
  std::int64_t units = 0;
  std::optional<PriceDocument> price;
  bool available = true;  // false (sold out here): shown, and left out of the total
};

struct PricedLine {
  LineKey key;
  std::int64_t units = 0;
  std::optional<Money> unit_price;
  std::optional<Money> list_price;  // only when above unit_price
  std::optional<Money> total;       // unit_price × units; none: no price
  bool counted = false;             // part of the totals
};

struct Totals {
  std::string currency;
  std::int64_t units = 0;           // of counted lines
  std::int64_t lines_left_out = 0;  // with units, but sold out here, unpriced or in another currency
  std::int64_t subtotal_minor = 0;
  std::int64_t to_pay_minor = 0;  // equals subtotal until there are promotions
};

struct PricedCart {
  std::vector<PricedLine> lines;  // in the order given
  Totals totals;
};

inline constexpr std::int64_t price_minor_max = 100'000'000;  // a million pounds; what codecs let in

// Overflow-safe: quantities and prices are bounded at the border (999 units, 100 million minor units).
PricedCart price(const std::vector<LineToPrice>& lines, const std::string& currency, UtcMs now);

}  // namespace vitrine::sync::pricing
