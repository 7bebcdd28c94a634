// SPDX-License-Identifier: Apache-2.0
// What a table left empty is left out of the body.
#include "hub/import/bodies.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "sync/protocol/customer_codec.hpp"

namespace vitrine::hub {

namespace {

using nlohmann::json;

void set_if_given(json& body, const char* key, const std::string& text) {
  if (!text.empty()) body[key] = text;
}

}  // namespace

std::string store_body(const StoreRow& row) {
  json week = json::array();
  for (const hours::OpeningHours& rule : row.opening_hours)
    week.push_back({{"days", rule.days}, {"from", rule.from}, {"to", rule.to}});
  json body = {{"kind", "store"},          {"store", row.store},         {"name", row.name},      {"zone", row.zone},
               {"currency", row.currency}, {"time_zone", row.time_zone}, {"opening_hours", week}, {"languages", row.languages}};
  set_if_given(body, "region", row.region);
  if (row.latitude && row.longitude) {
    body["latitude"] = *row.latitude;
    body["longitude"] = *row.longitude;
  }
  return body.dump();
}

std::string departments_body(const std::vector<DepartmentRow>& rows) {
  json list = json::array();
  for (const DepartmentRow& row : rows) {
    list.push_back({{"id", row.department}, {"name", row.name}, {"pictogram", row.pictogram}, {"tile", row.tile}});
  }
  return json{{"kind", "departments"}, {"departments", list}}.dump();
}

std::string product_body(const ProductRow& row, const std::string& department_name) {
  json body = {{"sku", row.sku},
               {"gtins", row.gtins},
               {"title", row.title},
               {"department", row.department},
               {"category", json::array({department_name})},
               {"pictogram", row.pictogram},
               {"tile", row.tile},
               {"status", row.status}};
  set_if_given(body, "original_title", row.original_title);
  set_if_given(body, "brand", row.brand);
  set_if_given(body, "tax_class", row.tax_class);
  set_if_given(body, "style", row.style);
  set_if_given(body, "ar_url", row.ar_url);
  for (const std::string& name : row.category) body["category"].push_back(name);
  if (!row.description.empty()) body["description"] = row.description;
  for (const auto& [name, value] : row.attributes) body["attributes"][name] = value;
  if (!row.search_words.empty()) body["search_words"] = row.search_words;
  if (!row.pictures.empty()) body["pictures"] = row.pictures;
  if (row.age_restriction > 0) body["age_restriction"] = row.age_restriction;
  if (row.popularity > 0) body["popularity"] = row.popularity;
  return body.dump();
}

std::string price_body(const std::vector<PriceRow>& periods) {
  json entries = json::array();
  for (const PriceRow& period : periods) {
    json entry = {{"from", period.valid_from.value_or(UtcMs{}).value}, {"list", period.list}, {"current", period.current}};
    if (period.valid_to) entry["to"] = period.valid_to->value;
    entries.push_back(std::move(entry));
  }
  const PriceRow& any = periods.front();
  return json{
      {"sku", any.sku}, {"zone", any.zone}, {"currency", any.currency}, {"tax_included", any.tax_included}, {"entries", entries}}
      .dump();
}

std::string stock_body(const StockRow& row) {
  json body = {{"store", row.store}, {"sku", row.sku},       {"on_hand", row.on_hand},
               {"reserved", 0},      {"safety", row.safety}, {"counted_at", row.counted_at.value}};
  set_if_given(body, "aisle", row.aisle);
  set_if_given(body, "bay", row.bay);
  return body.dump();
}

std::string customer_body(const CustomerRow& row, const std::vector<sync::Identity>& identities) {
  sync::Customer customer;
  customer.id = sync::CustomerId{row.customer};
  customer.first_name = row.first_name;
  customer.initial = row.initial;
  customer.language = row.language;
  customer.languages = row.languages;
  customer.country = row.country;
  customer.phone_last2 = row.phone_last2;
  if (!row.home_store.empty()) customer.home_store = sync::StoreId{row.home_store};
  customer.identities = identities;
  customer.sizes = row.sizes;
  customer.preferences = row.preferences;
  return sync::protocol::encode_customer(customer);
}

std::optional<CustomerRow> customer_of_body(const std::string& body) {
  const json read = json::parse(body, nullptr, false);
  if (!read.is_object()) return std::nullopt;
  const auto text = [&](const char* name) {
    const auto found = read.find(name);
    return found != read.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  CustomerRow row;
  row.customer = text("customer");
  row.first_name = text("display_name");
  row.initial = text("initial");
  row.language = text("language");
  row.country = text("country");
  row.phone_last2 = text("phone_last2");
  return row;
}

std::string order_body(const std::vector<OrderRow>& lines, const CustomerRow* buyer) {
  json list = json::array();
  for (const OrderRow& line : lines) {
    list.push_back({{"line", line.line}, {"sku", line.sku}, {"n", line.quantity}, {"unit_price", line.unit_price}});
  }
  const OrderRow& any = lines.front();
  json place = {{"placed_at", any.placed_at.value}, {"channel", any.channel}, {"currency", any.currency}, {"lines", list}};
  set_if_given(place, "customer", any.customer);
  set_if_given(place, "store", any.store);
  if (any.promise_at) place["promise_at"] = any.promise_at->value;
  if (any.hold_until) place["hold_until"] = any.hold_until->value;
  if (buyer != nullptr) {
    json person = {{"name", buyer->first_name}, {"language", buyer->language}};
    set_if_given(person, "initial", buyer->initial);
    set_if_given(person, "phone_last2", buyer->phone_last2);
    place["buyer"] = person;
  }
  json body = {{"place", place}, {"state", any.state}};
  if (any.paid > 0) body["paid"] = any.paid;
  set_if_given(body, "at", any.place);
  return body.dump();
}

std::string affinity_body(const std::vector<AffinityRow>& rows) {
  std::vector<AffinityRow> best(rows);
  std::ranges::stable_sort(best, std::ranges::greater{}, &AffinityRow::score);
  json with = json::array();
  for (const AffinityRow& row : best) with.push_back({{"sku", row.with}, {"score", row.score}});
  return json{{"sku", rows.front().sku}, {"with", with}}.dump();
}

std::string synonyms_body(const std::vector<SynonymsRow>& rows) {
  json groups = json::array();
  for (const SynonymsRow& row : rows) groups.push_back({{"words", row.words}});
  return json{{"kind", "synonyms"}, {"groups", groups}}.dump();
}

}  // namespace vitrine::hub
