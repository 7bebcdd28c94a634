// SPDX-License-Identifier: Apache-2.0
// One type for a row of each table, as docs/IMPORT.md describes it, and how it is read. What a row refers to in other tables
// is not judged here but where the tables are joined (import.cpp).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_point.hpp"
#include "hub/import/catalog_rows.hpp"
#include "hub/import/fields.hpp"
#include "hub/import/import.hpp"
#include "hub/import/opening_hours.hpp"

namespace vitrine::hub {

struct StoreRow {
  std::string store, name, zone, currency, time_zone;
  std::vector<hours::OpeningHours> opening_hours;
  std::vector<std::string> languages;
  std::string region;                         // whose stores show each other's stock; empty: those of its zone
  std::optional<double> latitude, longitude;  // degrees; both or none
};

struct PriceRow {
  std::string zone, sku, currency;
  std::int64_t list = 0, current = 0;  // minor units
  std::optional<UtcMs> valid_from, valid_to;
  bool tax_included = true;
};

struct StockRow {
  std::string store, sku;
  std::int64_t on_hand = 0, safety = 0;
  std::string aisle, bay;
  UtcMs counted_at;
};

struct CustomerRow {
  std::string customer, first_name, initial, language, country, phone_last2;
  std::vector<std::string> languages;
  std::string home_store, email, loyalty, phone;  // the last three live as long as their row
  std::vector<sync::WornSize> sizes;
  std::vector<std::string> preferences;
};

struct OrderRow {
  std::string order, customer, store, channel;
  UtcMs placed_at;
  std::int64_t line = 0;
  std::string sku;
  std::int64_t quantity = 0, unit_price = 0;
  std::string currency;
  std::optional<UtcMs> promise_at, hold_until;
  std::int64_t paid = 0;                // minor units
  std::string state = "placed", place;  // where its goods are, of an order that is new here
};

// The columns of a table, in the order in which the documentation has them.
std::span<const std::string_view> columns_of(ImportTable table);
// Those that a file may leave out.
std::span<const std::string_view> optional_columns_of(ImportTable table);

// Each reads its row from the fields; when something is wrong, fields.refusal() says so and the row is not to be used.
StoreRow read_store(Fields& fields);
PriceRow read_price(Fields& fields);
StockRow read_stock(Fields& fields);
CustomerRow read_customer(Fields& fields);
OrderRow read_order(Fields& fields);

}  // namespace vitrine::hub
