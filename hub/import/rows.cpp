// SPDX-License-Identifier: Apache-2.0
// The limits of every column. They are wide for a shop and narrow for a mistake.
#include "hub/import/rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "hub/import/activity_rows.hpp"
#include "hub/import/case_rows.hpp"
#include "hub/import/offer_rows.hpp"
#include "hub/import/order_acts.hpp"
#include "hub/import/people_rows.hpp"
#include "hub/import/promotion_rows.hpp"
#include "hub/import/staff_rows.hpp"
#include "sync/model/customer.hpp"
#include "sync/protocol/identity.hpp"
#include "sync/rules/order.hpp"

namespace vitrine::hub {

namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 7> store_columns = {"store",     "name",          "zone",     "currency",
                                                           "time_zone", "opening_hours", "languages"};
constexpr std::array<std::string_view, 8> price_columns = {"zone",    "sku",        "currency", "list",
                                                           "current", "valid_from", "valid_to", "tax_included"};
constexpr std::array<std::string_view, 7> stock_columns = {"store", "sku", "on_hand", "aisle", "bay", "safety", "counted_at"};
constexpr std::array<std::string_view, 6> customer_columns = {"customer", "first_name", "initial",
                                                              "language", "country",    "phone_last2"};
constexpr std::array<std::string_view, 10> order_columns = {"order", "customer", "store",    "channel",    "placed_at",
                                                            "line",  "sku",      "quantity", "unit_price", "currency"};

constexpr std::array<std::string_view, 3> store_extras = {"region", "latitude", "longitude"};
constexpr std::array<std::string_view, 7> customer_extras = {"languages", "home_store", "email",      "loyalty",
                                                             "phone",     "sizes",      "preferences"};
constexpr std::array<std::string_view, 5> order_extras = {"promise_at", "hold_until", "paid", "state", "place"};

constexpr std::size_t reference_bytes_max = 64;  // a retailer's numbers of customers, orders and visitors
constexpr std::int64_t units_max = 1'000'000;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

// BCP 47 as far as shops need it: "en", "de-CH", "zh-Hant-TW".
bool is_language(std::string_view text) {
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find('-', begin), text.size());
    const std::string_view part = text.substr(begin, end - begin);
    const bool ok = begin == 0 ? part.size() >= 2 && part.size() <= 3 && std::ranges::all_of(part, is_letter)
                               : !part.empty() && part.size() <= 8 && std::ranges::all_of(part, is_letter_or_digit);
    if (!ok) return false;
    begin = end + 1;
  }
  return text.size() <= 35;
}

// The shape of an IANA name, "Europe/London"; the store's box knows whether it exists.
bool is_time_zone(std::string_view text) {
  if (text == "UTC") return true;
  const std::size_t slash = text.find('/');
  if (slash == 0 || slash == std::string_view::npos || text.back() == '/' || text.size() > 64) return false;
  return std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '/' || c == '_' || c == '-' || c == '+'; });
}

// Degrees with at most six decimals; none: the column is missing or empty.
std::optional<double> read_degrees(Fields& fields, std::string_view column, double most) {
  const std::string text = fields.has(column) ? fields.optional_text(column, 12) : std::string();
  if (text.empty()) return std::nullopt;
  double degrees = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), degrees, std::chars_format::fixed);
  if (error != std::errc() || end != text.data() + text.size() || !(std::abs(degrees) <= most))
    fields.refuse(std::string(column) + " '" + text + "' is not a number of degrees such as 51.5072");
  return degrees;
}

std::string read_language(Fields& fields) {
  const std::string language = fields.text("language", 35);
  if (!is_language(language)) fields.refuse("language '" + language + "' is not a language tag");
  return language;
}

}  // namespace

std::span<const std::string_view> columns_of(ImportTable table) {
  static const auto all = std::to_array<Names>(
      {store_columns, catalog_columns::departments(), catalog_columns::products(), price_columns, tax_columns(),
       promotion_columns(), stock_columns, customer_columns, order_columns, activity_columns(), catalog_columns::affinity(),
       catalog_columns::synonyms(), staff_columns(), consent_columns(), case_columns(), offer_columns()});
  return all[static_cast<std::size_t>(table)];
}

std::span<const std::string_view> optional_columns_of(ImportTable table) {
  if (table == ImportTable::stores) return Names(store_extras);
  if (table == ImportTable::activity) return activity_extras();
  if (table == ImportTable::staff) return staff_extras();
  if (table == ImportTable::cases) return case_extras();
  if (table == ImportTable::offers) return offer_extras();
  if (table == ImportTable::orders) return Names(order_extras);
  if (table == ImportTable::customers) return Names(customer_extras);
  if (table == ImportTable::departments) return catalog_columns::more_of_departments();
  return table == ImportTable::products ? catalog_columns::more_of_products() : Names();
}

StoreRow read_store(Fields& fields) {
  StoreRow row;
  row.store = fields.store();
  row.name = fields.text("name", 80);
  row.zone = fields.name("zone");
  row.currency = fields.currency();
  row.time_zone = fields.text("time_zone", 64);
  if (!is_time_zone(row.time_zone)) fields.refuse("time_zone '" + row.time_zone + "' is not a name like Europe/London");
  const Result<std::vector<hours::OpeningHours>> week = parse_opening_hours(fields.optional_text("opening_hours", 500));
  if (week) {
    row.opening_hours = *week;
  } else {
    fields.refuse("opening_hours: " + week.error().message);
  }
  row.languages = fields.words("languages");
  if (row.languages.empty()) fields.refuse("languages is empty");
  for (const std::string& language : row.languages) {
    if (!is_language(language)) fields.refuse("languages holds '" + language.substr(0, 40) + "', which is not a language tag");
  }
  if (fields.has("region") && !fields.optional_text("region", 32).empty()) row.region = fields.name("region");
  row.latitude = read_degrees(fields, "latitude", 90);
  row.longitude = read_degrees(fields, "longitude", 180);
  if (row.latitude.has_value() != row.longitude.has_value()) fields.refuse("latitude and longitude stand together");
  return row;
}

PriceRow read_price(Fields& fields) {
  PriceRow row;
  row.zone = fields.name("zone");
  row.sku = fields.sku();
  row.currency = fields.currency();
  row.list = fields.minor_units("list");
  row.current = fields.minor_units("current");
  row.valid_from = fields.optional_time("valid_from");
  row.valid_to = fields.optional_time("valid_to");
  row.tax_included = fields.truth("tax_included");
  if (row.valid_from && row.valid_to && row.valid_to <= row.valid_from) fields.refuse("valid_to is not later than valid_from");
  return row;
}

StockRow read_stock(Fields& fields) {
  StockRow row;
  row.store = fields.store();
  row.sku = fields.sku();
  row.on_hand = fields.whole("on_hand", -units_max, units_max);
  row.aisle = fields.optional_text("aisle", 16);
  row.bay = fields.optional_text("bay", 16);
  row.safety = fields.whole("safety", 0, units_max);
  row.counted_at = fields.time("counted_at");
  return row;
}

constexpr std::size_t tastes_bytes_max = 4096;

// What stands between semicolons, without the blanks around it.
std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
    part = part.substr(0, part.find_last_not_of(' ') + 1);
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

void read_tastes(Fields& fields, CustomerRow& row) {
  if (fields.has("preferences")) row.preferences = parted(fields.optional_text("preferences", tastes_bytes_max));
  const bool told = row.preferences.size() <= sync::tastes_max && std::ranges::all_of(row.preferences, [](const auto& one) {
                      return one.size() <= sync::preference_bytes_max;
                    });
  if (!told) fields.refuse("preferences are not at most 12 of 200 bytes, apart at ';'");
  if (!fields.has("sizes")) return;
  for (const std::string& one : parted(fields.optional_text("sizes", tastes_bytes_max))) {
    const std::size_t sign = std::min(one.find('='), one.size());
    row.sizes.push_back({one.substr(0, sign), one.substr(std::min(sign + 1, one.size()))});
  }
  const auto is_size = [](const std::string& text) { return !text.empty() && text.size() <= sync::size_bytes_max; };
  const bool fit = row.sizes.size() <= sync::tastes_max &&
                   std::ranges::all_of(row.sizes, [&](const auto& one) { return is_size(one.what) && is_size(one.size); });
  if (!fit) fields.refuse("sizes are not at most 12 of the form shoes=39, apart at ';'");
}

CustomerRow read_customer(Fields& fields) {
  CustomerRow row;
  row.customer = fields.text("customer", reference_bytes_max);
  row.first_name = fields.text("first_name", 60);
  row.initial = fields.optional_text("initial", 8);
  row.language = read_language(fields);
  row.country = fields.optional_text("country", 2);
  if (!row.country.empty() &&
      (row.country.size() != 2 || row.country.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos)) {
    fields.refuse("country '" + row.country + "' is not an ISO 3166 code of two capitals");
  }
  row.phone_last2 = fields.optional_text("phone_last2", 2);
  if (!row.phone_last2.empty() &&
      (row.phone_last2.size() != 2 || row.phone_last2.find_first_not_of("0123456789") != std::string::npos)) {
    fields.refuse("phone_last2 is not two digits");
  }
  if (fields.has("languages")) row.languages = fields.words("languages");
  const bool spoken = row.languages.size() <= sync::customer_languages_max && std::ranges::all_of(row.languages, is_language);
  if (!spoken) fields.refuse("languages are not at most 8 language tags");
  if (fields.has("home_store")) row.home_store = fields.optional_store("home_store");
  if (fields.has("email")) row.email = fields.optional_text("email", sync::protocol::exact_key_bytes_max);
  if (fields.has("loyalty")) row.loyalty = fields.optional_text("loyalty", sync::protocol::exact_key_bytes_max);
  if (fields.has("phone")) row.phone = fields.optional_text("phone", sync::protocol::exact_key_bytes_max);
  read_tastes(fields, row);
  return row;
}

OrderRow read_order(Fields& fields) {
  OrderRow row;
  row.order = fields.text("order", reference_bytes_max);
  if (!row.order.empty() && !sync::is_order_id(row.order))
    fields.refuse("order '" + row.order + "' is not made of letters, digits, '.', '_' and '-'");
  row.customer = fields.optional_text("customer", reference_bytes_max);
  row.store = fields.optional_store();
  row.channel = fields.name("channel");
  row.placed_at = fields.time("placed_at");
  row.line = fields.whole("line", 1, sync::rules::order_line_number_max);
  row.sku = fields.sku();
  row.quantity = fields.whole("quantity", 1, units_max);
  row.unit_price = fields.minor_units("unit_price");
  row.currency = fields.currency();
  if (fields.has("promise_at")) row.promise_at = fields.optional_time("promise_at");
  if (fields.has("hold_until")) row.hold_until = fields.optional_time("hold_until");
  if (fields.has("paid") && !fields.optional_text("paid", 20).empty()) row.paid = fields.minor_units("paid");
  if (fields.has("state") && !fields.optional_text("state", 20).empty()) row.state = fields.one_of("state", order_states());
  if (fields.has("place")) row.place = fields.optional_text("place", 32);
  // Sent home: under way, or there.
  if (row.store.empty() && row.state != "placed" && row.state != "collected")
    fields.refuse("state " + row.state + " needs a store");
  return row;
}

}  // namespace vitrine::hub
