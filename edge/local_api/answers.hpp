// SPDX-License-Identifier: Apache-2.0
// What the local API answers, as plain types (docs/openapi-edge.yaml says the same in JSON; answers_json.hpp writes it).
// Times are the hub's as this store estimates it, UTC ms.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "edge/database/projections/documents.hpp"
#include "hours/opening.hpp"
#include "sync/model/availability.hpp"
#include "sync/model/cart.hpp"
#include "sync/model/ids.hpp"
#include "sync/model/money.hpp"
#include "sync/pricing/pricing.hpp"
#include "sync/rules/cart.hpp"

namespace vitrine::edge::local_api {

struct LinkReport {
  bool online = false;
  bool enabled = true;  // a person switched it off: POST /v1/link
  UtcMs since;
  UtcMs last_contact;  // 0: never
  std::string reason;  // empty while online
};

struct StreamReport {
  std::string name;
  std::uint64_t seq = 0;
  std::uint64_t head = 0;
  bool filled = false;
  std::uint64_t repairs = 0;  // its digest was not the hub's, and documents were fetched anew: a bug, or a damaged disk
};

struct Health {
  bool ok = true;
  sync::StoreId store;
  std::string software;
  UtcMs now;
  LinkReport link;
  std::vector<StreamReport> streams;
  std::uint64_t outbox_waiting = 0;
  UtcMs outbox_oldest_at;
  std::uint64_t outbox_set_aside = 0;
  std::uint64_t refused = 0;  // outcomes that stand in the own stream
  std::uint32_t era = 0;      // the highest that was heard
  bool in_doubt = false;      // nothing personal is shown until the hub has been asked
  std::uint64_t free_bytes = 0;
  std::uint64_t database_bytes = 0;
  std::size_t kiosks = 0;  // event streams that are open
};

struct FillReport {
  std::string stream;
  std::uint64_t have = 0;
  std::uint64_t of = 0;  // changes the hub has ever made: an upper bound of documents
};

struct StoreAnswer {
  sync::StoreId store;
  database::StoreContent content;
  database::ChainSettings settings;
  hours::Opening opening;    // in the store's own time zone
  bool ready = false;        // catalog and prices have been filled once
  bool keeps_carts = false;  // a cart may go to a phone: POST /v1/carts/{id}/keep
  std::optional<FillReport> fill;
  LinkReport link;
};

enum class Freshness { fresh, recent, old, check, unknown };

struct StockAnswer {
  std::int64_t on_hand = 0;
  std::string aisle;
  std::string bay;
  UtcMs as_of;
  Freshness freshness = Freshness::unknown;
};

// What another store has of a product.
struct NearbyStore {
  sync::StoreId store;
  std::string name;
  std::optional<std::int64_t> distance_m;  // as the crow flies; none: not known where one of the two is
  bool has_hours = false;
  hours::Opening opening;          // by its own clock
  std::optional<sync::Band> band;  // none: too old to be said
  UtcMs as_of;                     // 0: never known
  Freshness freshness = Freshness::unknown;
};

struct ProductCard {
  sync::Sku sku;
  database::Translations title;
  std::string pictogram;
  std::string tile;
  std::optional<sync::Money> price;
  std::optional<sync::Money> list_price;
  std::optional<StockAnswer> stock;
  std::string picture;  // hash of the first one; empty: it has none
};

// How many of the hits are of each kind.
struct ProductFacets {
  struct Department {
    std::string id;
    database::Translations name;
    std::size_t count = 0;
  };
  struct Band {
    std::int64_t from_minor = 0;
    std::optional<std::int64_t> to_minor;  // the first price that no longer belongs to it; none: open
    std::size_t count = 0;
  };
  std::vector<Department> departments;  // most hits first
  std::vector<Band> prices;             // those with a hit, cheapest first
  std::size_t in_stock = 0;
};

struct ProductList {
  std::vector<ProductCard> products;
  std::size_t total = 0;
  bool more = false;
  bool forgiven = false;  // a typing mistake was taken into account
  std::optional<ProductFacets> facets;
};

using Attributes = std::vector<std::pair<std::string, std::string>>;  // "colour" → "red"

// All that a shop knows of one product.
struct ProductPage {
  ProductCard card;
  std::vector<std::string> gtins;
  std::string department;
  database::Translations department_name;
  std::vector<std::string> category;
  std::string brand;
  database::Translations description;
  Attributes attributes;
  struct Variant {
    ProductCard card;
    Attributes attributes;
  };
  std::vector<Variant> variants;  // of its style, itself among them; empty: it has none
  std::vector<NearbyStore> nearby;
  std::vector<ProductCard> goes_with;
  std::vector<std::string> pictures;  // hashes
  std::int64_t age_restriction = 0;   // years; 0: none
  std::string ar_url;
  std::optional<std::int64_t> code_price_minor;  // what the code itself said
  std::optional<std::int64_t> code_weight_g;
};

struct CartLineView {
  sync::LineKey key;
  sync::Sku sku;
  database::Translations title;
  std::string pictogram;
  std::string tile;
  std::int64_t units = 0;
  std::vector<sync::DotId> shown;
  std::optional<sync::Money> unit_price;
  std::optional<sync::Money> list_price;
  std::optional<sync::Money> total;
  bool counted = false;
  std::int64_t to_pay_minor = 0;  // after promotions; 0 when not counted
  bool quoted = false;
  struct Saving {
    std::string promotion;
    std::int64_t minor = 0;
  };
  std::vector<Saving> savings;  // this line's part of each reduction
  std::optional<StockAnswer> stock;
  bool sold_out = false;
  bool waiting = false;  // an own change is not at the hub yet
  std::string picture;   // as of a card
};

struct CartView {
  sync::CartId cart;
  std::string tag;         // of its lines and their units
  bool from_base = false;  // else known from a pass only
  std::optional<std::string> first_name;
  bool has_choices = false;  // its owner is here, with what they agreed to
  bool has_owner = false;    // it may be sent home
  std::string channel;
  UtcMs changed_at;
  std::string changed_by;
  std::optional<sync::rules::PassReference> pass;
  std::vector<CartLineView> lines;
  sync::pricing::Totals totals;
  std::vector<sync::pricing::Reduction> reductions;
  std::vector<sync::pricing::Withheld> withheld;
  std::vector<sync::pricing::CouponUse> coupons;  // in the order in which they were put on
  UtcMs priced_at;
  std::optional<UtcMs> changes_at;  // when it may cost something else by itself
  LinkReport link;
  std::uint64_t outbox_waiting = 0;
};

}  // namespace vitrine::edge::local_api
