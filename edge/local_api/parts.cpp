// SPDX-License-Identifier: Apache-2.0
// Stock with its age, and a product's card.
#include "edge/local_api/parts.hpp"

namespace vitrine::edge::local_api {

Freshness freshness_of(std::int64_t age_ms) {
  if (age_ms <= fresh_ms) return Freshness::fresh;
  if (age_ms <= recent_ms) return Freshness::recent;
  return age_ms <= old_ms ? Freshness::old : Freshness::check;
}

Age age_of(const Surroundings& around) {
  const UtcMs as_of = around.link.report.online ? around.now : around.link.report.last_contact;
  return {as_of, freshness_of(around.now.value - as_of.value)};
}

std::optional<StockAnswer> stock_of(database::Reader& reader, const Surroundings& around, const sync::Sku& sku,
                                    std::string_view purpose) {
  const auto figure = reader.stock(around.store, sku, around.now, purpose);
  if (!figure) return std::nullopt;
  const auto [as_of, freshness] = age_of(around);
  return StockAnswer{figure->on_hand, figure->aisle, figure->bay, as_of, freshness};
}

std::optional<ProductCard> card_of(database::Reader& reader, const Surroundings& around, const sync::Sku& sku) {
  auto product = reader.product(sku);
  if (!product) return std::nullopt;
  ProductCard card{sku, std::move(product->title), std::move(product->pictogram), std::move(product->tile), {}, {}, {}, {}};
  if (!product->pictures.empty()) card.picture = std::move(product->pictures.front());
  if (const auto price = reader.price(around.zone, sku)) {
    if (const auto entry = sync::pricing::price_at(*price, around.now)) {
      card.price = sync::Money{entry->current_minor, price->currency};
      if (entry->list_minor > entry->current_minor) card.list_price = sync::Money{entry->list_minor, price->currency};
    }
  }
  card.stock = stock_of(reader, around, sku);
  return card;
}

}  // namespace vitrine::edge::local_api
