// SPDX-License-Identifier: Apache-2.0
// What a cart costs: pure, deterministic, integers only, the same code at hub and store. Golden vectors: tests/sync/pricing.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/cart.hpp"
#include "sync/model/money.hpp"
#include "sync/pricing/coupon.hpp"
#include "sync/pricing/promotion.hpp"
#include "sync/pricing/reduction.hpp"
#include "sync/pricing/tax.hpp"

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

// A line to be priced, with what the place knows of it. No price: shown, and left out of the total.
struct LineToPrice {
  LineKey key;
  Sku sku;
  std::int64_t units = 0;
  std::optional<PriceDocument> price;
  bool available = true;  // false (sold out here): shown, and left out of the total
  std::vector<std::string> categories = {};
  std::string tax_class = "standard";
};

// Unit prices that a shopper was told before; they are honoured while the quote holds.
struct Quote {
  UtcMs valid_until;
  std::map<LineKey, std::int64_t> unit_minor;
};

// What holds in a zone, beside the prices of articles.
struct PriceBook {
  std::string currency;
  std::vector<Promotion> promotions = {};
  TaxTable taxes = {};
};

struct PricedLine {
  LineKey key;
  std::int64_t units = 0;
  std::optional<Money> unit_price;
  std::optional<Money> list_price;  // only when above unit_price
  std::optional<Money> total;       // unit_price × units, before promotions; none: no price
  bool counted = false;             // part of the totals
  bool quoted = false;              // unit_price is a quote, below what holds now
  std::int64_t reduced_minor = 0;   // by promotions
  std::int64_t to_pay_minor = 0;    // total − reductions (+ tax, where prices are without): 0 when not counted
  std::int64_t tax_minor = 0;       // in to_pay_minor
};

// One line of the tax summary. net + tax = gross.
struct TaxSum {
  std::string tax_class;
  std::int64_t basis_points = 0;
  bool included = true;  // in the prices
  std::int64_t net_minor = 0;
  std::int64_t tax_minor = 0;
  bool operator==(const TaxSum&) const = default;
};

struct Totals {
  std::string currency;
  std::int64_t units = 0;           // of counted lines
  std::int64_t lines_left_out = 0;  // with units, but sold out here, unpriced or in another currency
  std::int64_t subtotal_minor = 0;  // before promotions
  std::int64_t reduced_minor = 0;   // by promotions
  std::int64_t to_pay_minor = 0;
  std::vector<TaxSum> taxes = {};  // by class; a class without a rate is not in it
};

struct PricedCart {
  std::vector<PricedLine> lines;  // in the order given
  Totals totals;
  std::vector<Reduction> reductions = {};
  std::vector<Withheld> withheld = {};
  std::vector<CouponUse> coupons = {};   // one for each that the shopper has, in the order of codes
  std::int64_t quote_mismatches = 0;     // lines whose quote differs from the price that holds now
  std::optional<UtcMs> changes_at = {};  // the next time at which it may come to something else by itself
};

inline constexpr std::int64_t price_minor_max = 100'000'000;  // a million pounds; what codecs let in

// The one place where a cart becomes an amount. The order: the price that holds (or the quote, when lower), promotions of
// articles, promotions of the basket, taxes. Overflow-safe: quantities and prices are bounded at the border (999 units,
// 100 million minor units, 200 lines).
PricedCart price(const std::vector<LineToPrice>& lines, const PriceBook& book, const Shopper& shopper, UtcMs now,
                 const std::optional<Quote>& quote = std::nullopt);

}  // namespace vitrine::sync::pricing
