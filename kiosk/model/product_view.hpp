// SPDX-License-Identifier: Apache-2.0
// Products as the local API shows them: what a search found, and one product in full.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/model/cart_view.hpp"
#include "kiosk/model/nearby_view.hpp"

namespace vitrine::kiosk {

struct ProductCard {
  sync::Sku sku;
  Words title;
  std::string pictogram;
  std::string tile;  // blush, butter, mint, sky, lilac or sand
  std::optional<sync::Money> price;
  std::optional<sync::Money> list_price;
  std::optional<StockHere> stock;
  std::map<std::string, std::string> attributes;  // of a variant: "colour" → "red"
  std::string picture{};                          // name at the edge; empty: there is none
  bool operator==(const ProductCard&) const = default;
};

struct DepartmentCount {
  std::string id;
  Words name;
  std::int64_t count = 0;
  bool operator==(const DepartmentCount&) const = default;
};

// From `from` on and below `to`, minor units; no `to`: no end.
struct PriceBand {
  std::int64_t from = 0;
  std::optional<std::int64_t> to;
  bool operator==(const PriceBand&) const = default;
};

// What a person narrows a search by.
struct SearchFilter {
  bool in_stock = false;
  std::string department;  // empty: all
  std::optional<PriceBand> price;
  bool operator==(const SearchFilter&) const = default;
};

struct SearchFound {
  std::vector<ProductCard> products;  // best first, the first page
  std::int64_t total = 0;
  bool forgiven = false;  // a typing mistake was taken into account
  // Over all hits, whatever the filter is.
  std::vector<DepartmentCount> departments;
  std::vector<PriceBand> prices;
  std::int64_t in_stock = 0;
  bool operator==(const SearchFound&) const = default;
};

struct ProductPage {
  ProductCard card;
  Words department;
  std::string brand;
  Words description;
  std::vector<ProductCard> variants;  // itself among them; empty: it stands alone
  std::vector<NearbyStore> nearby;    // those where some may be first
  std::vector<ProductCard> goes_with;
  std::int64_t age_restriction = 0;  // years; 0: none
  std::string ar_url;                // where a phone shows it in the room; empty: nowhere
  bool operator==(const ProductPage&) const = default;
};

}  // namespace vitrine::kiosk
