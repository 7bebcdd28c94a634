// SPDX-License-Identifier: Apache-2.0
// Erasure of a customer at a platform's wish. Its number stands in the body of the request and in no address; what is told of
// it afterwards goes by the hash under which it is remembered.
#include <nlohmann/json.hpp>

#include "hub/api/api_impl.hpp"
#include "hub/api/documents.hpp"
#include "hub/database/authority.hpp"
#include "hub/database/erasures.hpp"
#include "sync/ends/erasure.hpp"
#include "sync/protocol/json_input.hpp"

namespace vitrine::hub::api {

namespace protocol = sync::protocol;

namespace {

json state_of(const std::string& tag, UtcMs erased_at, const std::vector<sync::StoreId>& unaware) {
  json stores = json::array();
  for (const sync::StoreId& store : unaware) stores.push_back(store.text);
  return {{"erasure", tag}, {"erased_at", erased_at.value}, {"stores_unaware", std::move(stores)}};
}

}  // namespace

Answer Api::Impl::platform_erase(const Call& call) {
  const auto platform = platform_of(call, "erasures");
  if (!platform) return platform.error();
  const auto body = protocol::parse_object(call.request.body, request_body_bytes_max, "invalid_request");
  if (!body) return problem(400, body.error().code, body.error().message);
  protocol::Mistake mistake("invalid_request");
  const sync::CustomerId customer{protocol::Fields(*body, "", mistake).text("customer", 1, 64)};
  if (mistake.made()) return problem(400, "invalid_request", mistake.error().error().message);
  return once(call, *platform, [&](Desk& desk) {
    const auto done = database::erase_customer(desk.authority, desk.end, setup.database.state_folder, customer, desk.now);
    if (!done) return problem(507, "state_unusable", done.error().message);
    json answer = state_of(done->tag, done->at, database::stores_unaware(desk.authority, done->tag));
    answer["repeated"] = done->done.repeated;
    answer["carts"] = done->done.carts;
    answer["orders"] = done->done.orders;
    answer["requests"] = done->done.requests;
    answer["events"] = done->done.events;
    return json_answer(answer);
  });
}

Answer Api::Impl::platform_erasure(const Call& call) {
  const auto platform = platform_of(call, "erasures");
  if (!platform) return platform.error();
  if (!sync::is_hex_128(call.path_value)) return problem(404, "erasure_unknown");
  auto lease = readers.take();
  if (!lease) return database_problem(lease.error());
  const auto known = database::read_document(**lease, sync::ends::erasure_key(call.path_value));
  if (!known || !known->body) return problem(404, "erasure_unknown");
  database::SqlAuthority authority(**lease);
  return json_answer(
      state_of(call.path_value, sync::ends::erased_at(*known->body), database::stores_unaware(authority, call.path_value)));
}

}  // namespace vitrine::hub::api
