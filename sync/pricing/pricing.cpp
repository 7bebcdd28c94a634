// SPDX-License-Identifier: Apache-2.0
// Prices that hold at a time, what promotions take off, taxes, and the sum of a cart's lines.
// Example followed: a price that ends at midnight, in a store that has been offline since the afternoon.
#include "sync/pricing/pricing.hpp"

#include <algorithm>
#include <tuple>

#include "sync/pricing/next_change.hpp"
#include "sync/pricing/share_out.hpp"

namespace vitrine::sync::pricing {

namespace {

bool holds(const PriceEntry& entry, UtcMs now) { return entry.from <= now && (!entry.to || now < *entry.to); }

std::optional<std::int64_t> quoted_price(const std::optional<Quote>& quote, const LineKey& key, UtcMs now) {
  if (!quote || quote->valid_until <= now) return std::nullopt;
  const auto found = quote->unit_minor.find(key);
  if (found == quote->unit_minor.end()) return std::nullopt;
  return found->second;
}

PricedLine price_line(const LineToPrice& line, UtcMs now) {
  PricedLine priced;
  priced.key = line.key;
  priced.units = line.units;
  if (!line.price) return priced;
  const auto entry = price_at(*line.price, now);
  if (!entry) return priced;
  const std::string& currency = line.price->currency;
  priced.unit_price = Money{entry->current_minor, currency};
  if (entry->list_minor > entry->current_minor) priced.list_price = Money{entry->list_minor, currency};
  priced.total = Money{entry->current_minor * line.units, currency};
  return priced;
}

void honour(std::int64_t quoted, PricedLine& line, PricedCart& cart) {
  if (!line.unit_price || quoted == line.unit_price->minor) return;
  ++cart.quote_mismatches;
  if (quoted > line.unit_price->minor) return;
  line.quoted = true;
  if (!line.list_price) line.list_price = line.unit_price;
  line.unit_price->minor = quoted;
  line.total->minor = quoted * line.units;
}

std::vector<OpenLine> open_lines(const std::vector<LineToPrice>& lines, const PricedCart& cart) {
  std::vector<OpenLine> open;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const PricedLine& line = cart.lines[i];
    if (!line.counted) continue;
    open.push_back({i, lines[i].sku, lines[i].categories, line.unit_price->minor, line.units, line.total->minor, false});
  }
  return open;
}

// Lines of one class and one way of stating prices: their tax is rounded once, then shared out.
void add_taxes(const std::vector<LineToPrice>& lines, const TaxTable& taxes, UtcMs now, PricedCart& cart) {
  std::map<std::tuple<std::string, bool>, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (cart.lines[i].counted) groups[{lines[i].tax_class, lines[i].price->tax_included}].push_back(i);
  }
  for (const auto& [group, members] : groups) {
    const auto& [tax_class, included] = group;
    const auto rate = tax_rate_at(taxes, tax_class, now);
    if (!rate) continue;
    std::vector<std::int64_t> amounts;
    std::int64_t sum = 0;
    for (const std::size_t i : members) {
      amounts.push_back(cart.lines[i].to_pay_minor);
      sum += amounts.back();
    }
    const std::int64_t tax = tax_of(sum, *rate, included);
    const auto shares = share_out(tax, amounts);
    for (std::size_t k = 0; k < members.size(); ++k) {
      PricedLine& line = cart.lines[members[k]];
      line.tax_minor = shares[k];
      if (!included) line.to_pay_minor += shares[k];
    }
    cart.totals.taxes.push_back({tax_class, *rate, included, included ? sum - tax : sum, tax});
  }
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

PricedCart price(const std::vector<LineToPrice>& lines, const PriceBook& book, const Shopper& shopper, UtcMs now,
                 const std::optional<Quote>& quote) {
  PricedCart cart;
  cart.totals.currency = book.currency;
  for (const LineToPrice& line : lines) {
    PricedLine& priced = cart.lines.emplace_back(price_line(line, now));
    if (const auto quoted = quoted_price(quote, line.key, now)) honour(*quoted, priced, cart);
    if (line.units <= 0) continue;
    priced.counted = line.available && priced.total && priced.total->currency == book.currency;
    if (!priced.counted) {
      ++cart.totals.lines_left_out;
      continue;
    }
    cart.totals.units += line.units;
    cart.totals.subtotal_minor += priced.total->minor;
  }

  std::vector<OpenLine> open = open_lines(lines, cart);
  Reductions reductions = apply_promotions(book.promotions, open, book.currency, shopper, now);
  cart.coupons = coupon_uses(book.promotions, reductions, book.currency, shopper, now);
  cart.reductions = std::move(reductions.given);
  cart.withheld = std::move(reductions.withheld);
  for (const OpenLine& line : open) {
    PricedLine& priced = cart.lines[line.line];
    priced.to_pay_minor = line.left_minor;
    priced.reduced_minor = priced.total->minor - line.left_minor;
    cart.totals.reduced_minor += priced.reduced_minor;
  }

  add_taxes(lines, book.taxes, now, cart);
  for (const PricedLine& line : cart.lines) cart.totals.to_pay_minor += line.to_pay_minor;
  cart.changes_at = next_change(lines, book, shopper.local, now, quote);
  return cart;
}

}  // namespace vitrine::sync::pricing
