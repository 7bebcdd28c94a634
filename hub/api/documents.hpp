// SPDX-License-Identifier: Apache-2.0
// Documents of the retailer as the API shows them. Bodies were made by the hub's own import; a field that is missing or of
// another type is shown as missing. Included by hub/api's .cpp files only.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/time_point.hpp"
#include "hub/database/connection.hpp"
#include "sync/model/ids.hpp"
#include "sync/pricing/pricing.hpp"

namespace vitrine::hub::api {

using nlohmann::json;

// Null when there is no such document.
json read_body(database::Connection& connection, const sync::DocumentKey& key);
std::string text_of(const json& object, const char* name);
json field_of(const json& object, const char* name);  // null when it is missing

// In which prices and stock are shown: the chosen store's, else those of the first store in the order of ids.
struct Place {
  std::optional<sync::StoreId> store;  // chosen; stock is shown only then
  std::string zone;
  std::string currency;
  std::string time_zone;
};
Place place_of(database::Connection& connection, const std::optional<sync::StoreId>& chosen);

std::optional<sync::pricing::PriceDocument> price_of(database::Connection& connection, const Place& place, const sync::Sku& sku);
// Units that the chosen store can give away: on hand, less reserved and safety stock, never below 0.
// What was promised under `purpose` counts as there.
std::optional<std::int64_t> on_hand_of(database::Connection& connection, const Place& place, const sync::Sku& sku, UtcMs now,
                                       std::string_view purpose = {});

json money(std::int64_t minor, const std::string& currency);
json money_or_null(const std::optional<sync::Money>& amount);

// {"store","name","opening_hours","open_now","closes_at","opens_at"}; null when there is no such store.
json store_view(database::Connection& connection, const sync::StoreId& store, UtcMs now);

}  // namespace vitrine::hub::api
