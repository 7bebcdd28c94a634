// SPDX-License-Identifier: Apache-2.0
// Stock as the local API answers it: what lies here of one product, who it is promised to, what does not add up, and what a cart
// has reserved (docs/openapi-edge.yaml).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/database/search_reader.hpp"
#include "edge/local_api/answers.hpp"
#include "edge/local_api/surroundings.hpp"
#include "sync/model/cart.hpp"
#include "sync/model/stock.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::size_t discrepancies_limit_max = 200;

// A document as people see it, and its ETag.
struct SeenStock {
  sync::Stock stock;
  std::string tag;
};

struct StockView {
  SeenStock seen;
  database::Translations title;
  UtcMs as_of;
  Freshness freshness = Freshness::unknown;
  std::vector<NearbyStore> nearby;
  UtcMs now;
};

// Something that does not add up, with where to look.
struct StockTask {
  sync::Sku sku;
  sync::StockDiscrepancy discrepancy;
  database::Translations title;
  std::int64_t on_hand = 0;
  std::string aisle;
  std::string bay;
};
struct StockTasks {
  std::vector<StockTask> tasks;  // the oldest first
  bool more = false;
};

// What is promised to a cart here, line by line.
struct CartReservations {
  sync::CartId cart;
  struct Line {
    sync::LineKey line;
    sync::Sku sku;
    std::int64_t units = 0;  // in the cart
    std::int64_t reserved = 0;
    std::optional<UtcMs> until;   // the first of its promises to end
    std::int64_t reservable = 0;  // more that this store may promise
  };
  std::vector<Line> lines;
};

// For the figures: promises that have not run out, and what does not add up.
struct StockFigures {
  std::uint64_t reservations = 0;
  std::uint64_t discrepancies = 0;
};

std::optional<SeenStock> stock_seen(database::Reader& reader, const sync::StoreId& store, const sync::Sku& sku);
// "cart/<id>": what a promise to a cart is for.
std::string purpose_of(const sync::CartId& cart);

// Errors of all: SQLite's.
// By product number or any code of a product. "product_unknown", "code_check_digit", "stock_unknown": there is no record here
Result<StockView> stock_view(database::Reader& reader, database::SearchReader& search, const Surroundings& around,
                             std::string_view code);
Result<StockTasks> stock_tasks(database::Reader& reader, std::size_t limit);
// "cart_unknown", "store_not_ready"
Result<CartReservations> cart_reservations(database::Reader& reader, const Surroundings& around, const sync::CartId& id);
StockFigures count_stock(database::Reader& reader, UtcMs now);

std::string to_json(const StockView& view);
std::string to_json(const StockTasks& tasks);
std::string to_json(const CartReservations& reservations);

}  // namespace vitrine::edge::local_api
