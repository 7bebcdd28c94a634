// SPDX-License-Identifier: Apache-2.0
// Questions that only read. Each answers from one snapshot of the database, on any thread.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/database/search_index.hpp"
#include "edge/local_api/answers.hpp"
#include "edge/local_api/surroundings.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::int64_t products_limit_max = 50;

// Errors of all: SQLite's, and those named.
Result<Health> health(database::Reader& reader, const Surroundings& around);
Result<StoreAnswer> store(database::Reader& reader, const Surroundings& around);
// "cart_unknown"
Result<CartView> cart(database::Reader& reader, const Surroundings& around, const sync::CartId& id);
Result<ProductList> find_products(database::Reader& reader, database::SearchReader& search, const Surroundings& around,
                                  std::string_view query, std::size_t limit);
// By product number or barcode. "product_unknown"
Result<ProductCard> product(database::Reader& reader, database::SearchReader& search, const Surroundings& around,
                            std::string_view code);

// Catalog and prices have been filled once: carts can be shown with names and prices.
bool is_ready(const std::vector<database::Reader::StreamFigures>& streams, std::string_view zone);

}  // namespace vitrine::edge::local_api
