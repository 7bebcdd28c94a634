// SPDX-License-Identifier: Apache-2.0
// Questions that only read. Each answers from one snapshot of the database, on any thread.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/database/search_reader.hpp"
#include "edge/local_api/answers.hpp"
#include "edge/local_api/surroundings.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::size_t products_limit_max = 50;
inline constexpr std::size_t variants_max = 40;  // of a style, on a product's page
inline constexpr std::size_t goes_with_max = 6;

struct ExchangedGoods {
  sync::Sku sku;
  std::int64_t units = 0;
};

// Errors of all: SQLite's, and those named.
Result<Health> health(database::Reader& reader, const Surroundings& around);
Result<StoreAnswer> store(database::Reader& reader, const Surroundings& around);
// Of its lines and their units: 32 hex digits.
std::string cart_tag(const sync::Cart& cart);
// "cart_unknown"
Result<CartView> cart(database::Reader& reader, const Surroundings& around, const sync::CartId& id);
// The same inside a begin(), or inside the writer's transaction. "cart_unknown"
Result<CartView> cart_now(database::Reader& reader, const Surroundings& around, const sync::CartId& id);
// What these come to at the prices of now, for nobody in particular, whatever the figure on the shelf says: they are in hand.
CartView goods_now(database::Reader& reader, const Surroundings& around, const std::vector<ExchangedGoods>& goods);
Result<ProductList> find_products(database::Reader& reader, database::SearchReader& search, const Surroundings& around,
                                  const database::SearchQuestion& question);
// By product number or any code of a product (sync/model/gs1.hpp). "product_unknown", "code_check_digit"
Result<ProductPage> product(database::Reader& reader, database::SearchReader& search, const Surroundings& around,
                            std::string_view code);

// The product that a code names; none: none of this shop. Inside a begin(). "code_check_digit"
Result<std::optional<sync::Sku>> sku_of_code(database::Reader& reader, database::SearchReader& search, std::string_view code);

// Catalog, prices and promotions have been filled once: carts can be shown with names and what they cost.
bool is_ready(const std::vector<database::Reader::StreamFigures>& streams, std::string_view zone);

}  // namespace vitrine::edge::local_api
