// SPDX-License-Identifier: Apache-2.0
// Prices that hold at a time, and the sum of a cart's lines.
// Example followed: a price that ends at midnight, in a store that has been offline since the afternoon.
#include "sync/pricing/pricing.hpp"

namespace vitrine::sync::pricing {

namespace {

bool holds(const PriceEntry& entry, UtcMs now) { return entry.from <= now && (!entry.to || now < *entry.to); }

PricedLine price_line(const LineToPrice& line, UtcMs now) {
  PricedLine priced{line.key, line.units, std::nullopt, std::nullopt, std::nullopt, false};
  if (!line.price) return priced;
  const auto entry = price_at(*line.price, now);
  if (!entry) return priced;
  const std::string& currency = line.price->currency;
  priced.unit_price = Money{entry->current_minor, currency};
  if (entry->list_minor > entry->current_minor) priced.list_price = Money{entry->list_minor, currency};
  priced.total = Money{entry->current_minor * line.units, currency};
  return priced;
}

}  // namespace

std::optional<PriceEntry> price_at(const PriceDocument& document, UtcMs now) {
  const PriceEntry* best = nullptr;
  for (const PriceEntry& entry : document.entries) {
    if (holds(entry, now) && (best == nullptr || entry.from >= best->from)) best = &entry;
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

PricedCart price(const std::vector<LineToPrice>& lines, const std::string& currency, UtcMs now) {
  PricedCart cart;
  cart.totals.currency = currency;
  for (const LineToPrice& line : lines) {
    PricedLine& priced = cart.lines.emplace_back(price_line(line, now));
    if (line.units <= 0) continue;
    priced.counted = line.available && priced.total && priced.total->currency == currency;
    if (!priced.counted) {
      ++cart.totals.lines_left_out;
      continue;
    }
    cart.totals.units += line.units;
    cart.totals.subtotal_minor += priced.total->minor;
  }
  cart.totals.to_pay_minor = cart.totals.subtotal_minor;
  return cart;
}

}  // namespace vitrine::sync::pricing
