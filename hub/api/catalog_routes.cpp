// SPDX-License-Identifier: Apache-2.0
// What the retailer sells and where: open to everyone, in the prices and stock of the chosen store.
#include <nlohmann/json.hpp>

#include "hub/api/api_impl.hpp"
#include "hub/api/documents.hpp"
#include "hub/database/product_index.hpp"
#include "sync/model/gtin.hpp"

namespace vitrine::hub::api {

namespace {

constexpr std::size_t products_shown_max = 50;
constexpr std::size_t products_shown = 20;
constexpr std::size_t offset_max = 10'000;  // nobody scrolls that far; keeps the question cheap
constexpr std::size_t query_bytes_max = 100;
constexpr std::size_t stores_shown = 500;

json product_view(database::Connection& connection, const Place& place, const sync::Sku& sku, UtcMs now, bool whole) {
  const json product = read_body(connection, {"product", sku.text});
  if (product.is_null()) return nullptr;
  json view = {{"sku", sku.text}};
  for (const char* name : {"title", "pictogram", "tile", "department"}) view[name] = field_of(product, name);
  view["price"] = nullptr;
  view["list_price"] = nullptr;
  if (const auto document = price_of(connection, place, sku)) {
    if (const auto entry = sync::pricing::price_at(*document, now)) {
      view["price"] = money(entry->current_minor, document->currency);
      if (entry->list_minor > entry->current_minor) view["list_price"] = money(entry->list_minor, document->currency);
    }
  }
  const auto on_hand = on_hand_of(connection, place, sku, now);
  view["on_hand"] = on_hand ? json(*on_hand) : json(nullptr);
  if (!whole) return view;
  for (const char* name : {"brand", "description", "gtins", "category", "status"}) {
    if (const json value = field_of(product, name); !value.is_null()) view[name] = value;
  }
  return view;
}

}  // namespace

Answer Api::Impl::stores(const Call& call) {
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  json list = json::array();
  for (const auto& [id, body] : database::HubRows(**lease).documents_of("content", "store/", stores_shown)) {
    if (!id.starts_with("store/")) break;
    list.push_back(store_view(**lease, sync::StoreId{id.substr(6)}, call.now.utc));
  }
  return json_answer({{"stores", list}});
}

Answer Api::Impl::departments(const Call&) {
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  json list = field_of(read_body(**lease, {"content", "departments"}), "departments");
  return json_answer({{"departments", list.is_array() ? list : json::array()}});
}

Answer Api::Impl::products(const Call& call) {
  const std::string query = query_of(call, "query");
  const std::string department = query_of(call, "department");
  const auto limit = number_of(query_of(call, "limit"), products_shown, products_shown_max);
  const auto offset = number_of(query_of(call, "after"), 0, offset_max);
  if (query.size() > query_bytes_max || department.size() > 64) return problem(400, "invalid_request", "query is too long");
  if (!limit || *limit == 0) return problem(400, "invalid_request", "limit is 1 to 50");
  if (!offset) return problem(400, "invalid_request", "after is what `next` said");

  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  const auto session = session_of(**lease, call);
  const Place place = place_of(**lease, session ? session->store : std::nullopt);
  auto skus = database::ProductIndex(**lease).find(query, department, *limit + 1, *offset);
  const bool more = skus.size() > *limit && *offset + *limit <= offset_max;
  if (skus.size() > *limit) skus.resize(*limit);
  json list = json::array();
  for (const sync::Sku& sku : skus) list.push_back(product_view(**lease, place, sku, call.now.utc, false));
  return json_answer({{"products", list}, {"next", more ? json(std::to_string(*offset + *limit)) : json(nullptr)}});
}

Answer Api::Impl::product(const Call& call) {
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  const auto session = session_of(**lease, call);
  const Place place = place_of(**lease, session ? session->store : std::nullopt);
  json view = product_view(**lease, place, sync::Sku{call.path_value}, call.now.utc, true);
  if (view.is_null()) {
    if (const auto gtin = sync::Gtin::parse(call.path_value)) {
      if (const auto sku = database::ProductIndex(**lease).by_gtin(gtin->text())) {
        view = product_view(**lease, place, *sku, call.now.utc, true);
      }
    }
  }
  return view.is_null() ? problem(404, "product_unknown") : json_answer(view);
}

}  // namespace vitrine::hub::api
