// SPDX-License-Identifier: Apache-2.0
// What a table left empty is left out of the body.
#include "hub/import/bodies.hpp"

#include <nlohmann/json.hpp>

namespace vitrine::hub {

namespace {

using nlohmann::json;

json by_language(const std::string& english, const std::string& german) {
  json texts = {{"en", english}};
  if (!german.empty()) texts["de"] = german;
  return texts;
}

void set_if_given(json& body, const char* key, const std::string& text) {
  if (!text.empty()) body[key] = text;
}

}  // namespace

std::string store_body(const StoreRow& row) {
  json week = json::array();
  for (const hours::OpeningHours& rule : row.opening_hours)
    week.push_back({{"days", rule.days}, {"from", rule.from}, {"to", rule.to}});
  return json{{"kind", "store"},          {"store", row.store},         {"name", row.name},      {"zone", row.zone},
              {"currency", row.currency}, {"time_zone", row.time_zone}, {"opening_hours", week}, {"languages", row.languages}}
      .dump();
}

std::string departments_body(const std::vector<DepartmentRow>& rows) {
  json list = json::array();
  for (const DepartmentRow& row : rows) {
    list.push_back({{"id", row.department},
                    {"name", by_language(row.name_en, row.name_de)},
                    {"pictogram", row.pictogram},
                    {"tile", row.tile}});
  }
  return json{{"kind", "departments"}, {"departments", list}}.dump();
}

std::string product_body(const ProductRow& row, const std::string& department_name) {
  json body = {{"sku", row.sku},
               {"gtins", row.gtins},
               {"title", by_language(row.title_en, row.title_de)},
               {"department", row.department},
               {"category", json::array({department_name})},
               {"pictogram", row.pictogram},
               {"tile", row.tile},
               {"status", row.status}};
  set_if_given(body, "original_title", row.original_title);
  set_if_given(body, "brand", row.brand);
  if (!row.description_en.empty()) body["description"] = {{"en", row.description_en}};
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

std::string customer_body(const CustomerRow& row) {
  json body = {{"customer", row.customer}, {"display_name", row.first_name}, {"language", row.language}};
  set_if_given(body, "initial", row.initial);
  set_if_given(body, "country", row.country);
  set_if_given(body, "phone_last2", row.phone_last2);
  return body.dump();
}

std::string order_body(const std::vector<OrderRow>& lines) {
  json list = json::array();
  for (const OrderRow& line : lines) {
    list.push_back({{"sku", line.sku}, {"quantity", line.quantity}, {"unit_price", line.unit_price}});
  }
  const OrderRow& any = lines.front();
  json body = {{"order", any.order},
               {"placed_at", any.placed_at.value},
               {"channel", any.channel},
               {"currency", any.currency},
               {"lines", list}};
  set_if_given(body, "customer", any.customer);
  set_if_given(body, "store", any.store);
  return body.dump();
}

std::string activity_body(const ActivityRow& row) {
  json body = {{"at", row.at.value}, {"kind", row.kind}, {"sku", row.sku}, {"channel", row.channel}};
  set_if_given(body, "visitor", row.visitor);
  set_if_given(body, "customer", row.customer);
  return body.dump();
}

}  // namespace vitrine::hub
