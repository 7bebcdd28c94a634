// SPDX-License-Identifier: Apache-2.0
// Reading documents for people's eyes.
#include "hub/api/documents.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hours/opening.hpp"
#include "hub/database/authority.hpp"
#include "hub/database/rows.hpp"
#include "sync/protocol/price_codec.hpp"
#include "sync/protocol/stock_codec.hpp"

namespace vitrine::hub::api {

json read_body(database::Connection& connection, const sync::DocumentKey& key) {
  const auto document = database::read_document(connection, key);
  if (!document || !document->body) return nullptr;
  json body = json::parse(*document->body, nullptr, false);
  return body.is_object() ? body : json(nullptr);
}

std::string text_of(const json& object, const char* name) {
  const json value = field_of(object, name);
  return value.is_string() ? value.get<std::string>() : std::string();
}

json field_of(const json& object, const char* name) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(name);
  return found == object.end() ? json(nullptr) : *found;
}

Place place_of(database::Connection& connection, const std::optional<sync::StoreId>& chosen) {
  Place place{chosen, "", "", ""};
  json content = chosen ? read_body(connection, {"content", "store/" + chosen->text}) : json(nullptr);
  if (content.is_null()) {
    const auto first = database::HubRows(connection).documents_of("content", "store/", 1);
    if (!first.empty()) content = json::parse(first.front().second, nullptr, false);
  }
  place.zone = text_of(content, "zone");
  place.currency = text_of(content, "currency");
  place.time_zone = text_of(content, "time_zone");
  return place;
}

std::optional<sync::pricing::PriceDocument> price_of(database::Connection& connection, const Place& place, const sync::Sku& sku) {
  const auto document = database::read_document(connection, {"price", place.zone + "/" + sku.text});
  if (!document || !document->body) return std::nullopt;
  auto price = sync::protocol::decode_price(*document->body);
  if (!price) return std::nullopt;
  return std::move(*price);
}

std::optional<std::int64_t> on_hand_of(database::Connection& connection, const Place& place, const sync::Sku& sku, UtcMs now,
                                       std::string_view purpose) {
  if (!place.store) return std::nullopt;
  const auto document = database::read_document(connection, sync::protocol::stock_key(*place.store, sku));
  if (!document || !document->body) return std::nullopt;
  const auto stock = sync::protocol::decode_stock(*document->body);
  if (!stock) return std::nullopt;
  return sync::rules::unreserved_for(*stock, purpose, now);
}

json money(std::int64_t minor, const std::string& currency) { return {{"minor", minor}, {"currency", currency}}; }

json money_or_null(const std::optional<sync::Money>& amount) {
  return amount ? money(amount->minor, amount->currency) : json(nullptr);
}

json store_view(database::Connection& connection, const sync::StoreId& store, UtcMs now) {
  const json content = read_body(connection, {"content", "store/" + store.text});
  if (content.is_null()) return nullptr;
  const json rules = field_of(content, "opening_hours");
  std::vector<hours::OpeningHours> week;
  for (const json& rule : rules.is_array() ? rules : json::array()) {
    hours::OpeningHours read{{}, text_of(rule, "from"), text_of(rule, "to")};
    for (const json& day : field_of(rule, "days")) {
      if (day.is_number_integer()) read.days.push_back(day.get<int>());
    }
    week.push_back(std::move(read));
  }
  const hours::Opening opening = hours::opening_at(week, text_of(content, "time_zone"), now);
  json view = {{"store", store.text}, {"name", text_of(content, "name")}, {"opening_hours", rules}};
  view["open_now"] = opening.open_now;
  view["closes_at"] = opening.closes_at ? json(*opening.closes_at) : json(nullptr);
  view["opens_at"] = opening.opens_at ? json(*opening.opens_at) : json(nullptr);
  return view;
}

}  // namespace vitrine::hub::api
