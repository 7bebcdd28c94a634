// SPDX-License-Identifier: Apache-2.0
// Products: found, and one of them in full.
#include <algorithm>

#include "edge/local_api/nearby.hpp"
#include "edge/local_api/parts.hpp"
#include "edge/local_api/queries.hpp"
#include "sync/model/gs1.hpp"

namespace vitrine::edge::local_api {

namespace {

ProductFacets facets_of(database::Reader& reader, const database::SearchFacets& counted) {
  ProductFacets out;
  out.in_stock = counted.in_stock;
  const std::vector<database::Department> known = reader.departments();
  for (const auto& [id, count] : counted.departments) {
    const auto named = std::ranges::find(known, id, &database::Department::id);
    out.departments.push_back({id, named == known.end() ? database::Translations{} : named->name, count});
  }
  for (std::size_t i = 0; i < counted.bands.size(); ++i) {
    if (counted.bands[i] == 0) continue;
    ProductFacets::Band band{i == 0 ? 0 : database::price_bands[i - 1], {}, counted.bands[i]};
    if (i < database::price_bands.size()) band.to_minor = database::price_bands[i];
    out.prices.push_back(band);
  }
  return out;
}

// The product that a code names, and what else the code says. None: no product of this shop.
struct Named {
  sync::Sku sku;
  std::optional<std::int64_t> price_minor;
  std::optional<std::int64_t> weight_g;
};

Result<std::optional<Named>> named_by(database::Reader& reader, database::SearchReader& search, std::string_view code) {
  if (sync::is_sku(code) && reader.body("product", code)) return Named{sync::Sku{std::string(code)}, {}, {}};
  const auto settings = reader.settings();
  auto read = sync::read_product_code(code);
  if (!read && read.error().code == "code_unreadable") return std::nullopt;
  // The chain's own codes first: their GTIN is nobody else's.
  const std::string digits = read && read->gtin.text().size() == 13 ? read->gtin.text() : std::string(code);
  for (const std::string& pattern : settings ? settings->in_store_codes : std::vector<std::string>()) {
    const auto scheme = sync::InStoreScheme::parse(pattern);
    if (!scheme) continue;  // of a later version
    const auto own = scheme->read(digits);
    if (!own) return std::unexpected(own.error());
    if (*own) read = **own;
  }
  if (!read) return std::unexpected(read.error());
  const auto sku = search.by_gtin(read->gtin);
  if (!sku) return std::unexpected(sku.error());
  if (!*sku) return std::nullopt;
  return Named{**sku, read->price_minor, read->weight_g};
}

}  // namespace

Result<std::optional<sync::Sku>> sku_of_code(database::Reader& reader, database::SearchReader& search, std::string_view code) {
  auto named = named_by(reader, search, code);
  if (!named) return std::unexpected(named.error());
  return *named ? std::optional(std::move((*named)->sku)) : std::nullopt;
}

Result<ProductList> find_products(database::Reader& reader, database::SearchReader& search, const Surroundings& around,
                                  const database::SearchQuestion& question) {
  const auto found = search.find(question);
  if (!found) return std::unexpected(found.error());
  reader.begin();
  ProductList out;
  out.total = found->total;
  out.more = found->total > found->skus.size();
  out.forgiven = found->forgiven;
  if (found->facets) out.facets = facets_of(reader, *found->facets);
  for (const sync::Sku& sku : found->skus) {
    if (auto card = card_of(reader, around, sku)) out.products.push_back(std::move(*card));
  }
  if (auto failed = reader.end()) return std::unexpected(*failed);
  return out;
}

Result<ProductPage> product(database::Reader& reader, database::SearchReader& search, const Surroundings& around,
                            std::string_view code) {
  reader.begin();
  const auto named = named_by(reader, search, code);
  std::optional<database::Product> known;
  if (named && *named) known = reader.product((*named)->sku);
  ProductPage out;
  if (known) {
    out.code_price_minor = (*named)->price_minor;
    out.code_weight_g = (*named)->weight_g;
    out.gtins = std::move(known->gtins);
    out.department = known->department;
    for (database::Department& one : reader.departments()) {
      if (one.id == known->department) out.department_name = std::move(one.name);
    }
    out.category = std::move(known->category);
    out.brand = std::move(known->brand);
    out.description = std::move(known->description);
    out.attributes = std::move(known->attributes);
    out.pictures = std::move(known->pictures);
    out.age_restriction = known->age_restriction;
    out.ar_url = std::move(known->ar_url);
    if (!known->style.empty()) {
      const auto skus = search.by_style(known->style, variants_max);
      for (const sync::Sku& sku : skus ? *skus : std::vector<sync::Sku>()) {
        const auto variant = reader.product(sku);
        auto card = card_of(reader, around, sku);
        if (variant && card && !variant->ended) out.variants.push_back({std::move(*card), variant->attributes});
      }
      if (out.variants.size() < 2) out.variants.clear();
    }
    out.nearby = stores_nearby(reader, around, known->sku);
    // Its own variants are on the page already.
    const auto is_variant = [&](const sync::Sku& sku) {
      const auto other = known->style.empty() ? std::nullopt : reader.product(sku);
      return other && other->style == known->style;
    };
    for (const sync::Sku& sku : reader.affinity(known->sku)) {
      if (out.goes_with.size() == goes_with_max) break;
      if (sku == known->sku || is_variant(sku)) continue;
      if (auto card = card_of(reader, around, sku)) out.goes_with.push_back(std::move(*card));
    }
    if (auto card = card_of(reader, around, known->sku)) out.card = std::move(*card);
  }
  if (auto failed = reader.end()) return std::unexpected(*failed);
  if (!named) return std::unexpected(named.error());
  if (!known) return fail("product_unknown", "no such product is here");
  return out;
}

}  // namespace vitrine::edge::local_api
