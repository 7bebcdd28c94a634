// SPDX-License-Identifier: Apache-2.0
// Reads stock documents whole; lists look at the bytes first, since few of fifty thousand products have anything to tell.
#include "edge/local_api/stock.hpp"

#include <algorithm>
#include <tuple>

#include "edge/local_api/nearby.hpp"
#include "edge/local_api/parts.hpp"
#include "edge/local_api/queries.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/entity_tag.hpp"
#include "sync/protocol/stock_codec.hpp"

namespace vitrine::edge::local_api {

using sync::Stock;
using sync::StockReservation;

namespace {

// Every document of this store in which `word` stands.
void each_stock(database::Reader& reader, std::string_view word, const std::function<void(const Stock&)>& each) {
  reader.each_seen("stock", [&](std::string_view, std::string_view body) {
    if (body.find(word) == std::string_view::npos) return;
    if (const auto stock = sync::protocol::decode_stock(body)) each(*stock);
  });
}

}  // namespace

std::string purpose_of(const sync::CartId& cart) { return "cart/" + cart.text; }

std::optional<SeenStock> stock_seen(database::Reader& reader, const sync::StoreId& store, const sync::Sku& sku) {
  const auto body = reader.body("stock", sync::protocol::stock_key(store, sku).id);
  if (!body) return std::nullopt;
  auto stock = sync::protocol::decode_stock(*body);
  if (!stock) return std::nullopt;
  return SeenStock{std::move(*stock), sync::protocol::entity_tag(*body)};
}

Result<StockView> stock_view(database::Reader& reader, database::SearchReader& search, const Surroundings& around,
                             std::string_view code) {
  reader.begin();
  const auto sku = sku_of_code(reader, search, code);
  std::optional<database::Product> product;
  std::optional<SeenStock> seen;
  std::vector<NearbyStore> nearby;
  if (sku && *sku) {
    product = reader.product(**sku);
    nearby = stores_nearby(reader, around, **sku);
    seen = stock_seen(reader, around.store, **sku);
  }
  if (auto failed = reader.end()) return std::unexpected(*failed);
  if (!sku) return std::unexpected(sku.error());
  if (!product) return fail("product_unknown", "no such product is here");
  if (!seen) return fail("stock_unknown", "this store has no record of the product's stock");
  const auto [as_of, freshness] = age_of(around);
  return StockView{std::move(*seen), std::move(product->title), as_of, freshness, std::move(nearby), around.now};
}

Result<StockTasks> stock_tasks(database::Reader& reader, std::size_t limit) {
  reader.begin();
  StockTasks out;
  each_stock(reader, "\"discrepancies\"", [&](const Stock& stock) {
    for (const sync::StockDiscrepancy& one : stock.discrepancies)
      out.tasks.push_back({stock.sku, one, {}, stock.on_hand, stock.aisle, stock.bay});
  });
  std::ranges::sort(out.tasks, {},
                    [](const StockTask& one) { return std::tuple(one.discrepancy.at, one.sku, one.discrepancy.id); });
  out.more = out.tasks.size() > limit;
  if (out.more) out.tasks.resize(limit);
  for (StockTask& one : out.tasks) {
    if (auto product = reader.product(one.sku)) one.title = std::move(product->title);
  }
  if (auto failed = reader.end()) return std::unexpected(*failed);
  return out;
}

Result<CartReservations> cart_reservations(database::Reader& reader, const Surroundings& around, const sync::CartId& id) {
  reader.begin();
  const bool in_doubt = reader.in_doubt();
  const auto seen = reader.cart(id);
  const auto cart = seen ? sync::protocol::decode_cart(id, seen->body) : fail("cart_unknown", "no such cart is here");
  CartReservations out{id, {}};
  for (const sync::CartLine& line : cart ? cart->lines : std::vector<sync::CartLine>()) {
    if (line.units() <= 0) continue;
    CartReservations::Line one{line.key, line.sku, line.units(), 0, std::nullopt, 0};
    if (const auto stock = stock_seen(reader, around.store, line.sku)) {
      one.reserved = sync::rules::reserved_for(stock->stock, purpose_of(id), around.now);
      one.reservable = sync::rules::rights_left_at(stock->stock, around.now);
      for (const StockReservation& promise : stock->stock.reservations) {
        const bool theirs = promise.purpose == purpose_of(id) && promise.until > around.now;
        if (theirs && (!one.until || promise.until < *one.until)) one.until = promise.until;
      }
    }
    out.lines.push_back(std::move(one));
  }
  if (auto failed = reader.end()) return std::unexpected(*failed);
  if (in_doubt)
    return fail("store_not_ready", "the store's database may be older than it should be; the hub must be asked first");
  if (!cart) return std::unexpected(cart.error());
  return out;
}

StockFigures count_stock(database::Reader& reader, UtcMs now) {
  StockFigures out;
  each_stock(reader, "s\":[{", [&](const Stock& stock) {
    out.discrepancies += stock.discrepancies.size();
    out.reservations +=
        static_cast<std::uint64_t>(std::ranges::count_if(stock.reservations, [&](const auto& one) { return one.until > now; }));
  });
  return out;
}

}  // namespace vitrine::edge::local_api
