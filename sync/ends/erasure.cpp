// SPDX-License-Identifier: Apache-2.0
#include "sync/ends/erasure.hpp"

#include <simdjson.h>

#include "sync/protocol/identity.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/rules/order.hpp"

namespace vitrine::sync::ends {

std::optional<CustomerId> person_of(const DocumentKey& key) {
  if (key.collection == "customer" || key.collection == "consent") return CustomerId{key.id};
  if (about_person(key.collection) == nullptr) return std::nullopt;
  return placement_of(key, std::nullopt).person;
}

std::optional<CustomerId> person_named(const Operation& operation) {
  const bool places = operation.kind == "order.place";
  if (!places && operation.kind != "cart.add" && operation.kind != "cart.assign") return std::nullopt;
  simdjson::dom::parser parser;
  simdjson::dom::element body;
  std::string_view named;
  if (parser.parse(operation.body).get(body) != simdjson::SUCCESS) return std::nullopt;
  if (body[places ? "customer" : "owner"].get(named) != simdjson::SUCCESS) return std::nullopt;
  return CustomerId{std::string(named)};
}

DocumentKey erasure_key(const std::string& tag) { return {"erasure", tag}; }

std::string encode_erasure(UtcMs at) { return "{\"erased_at\":" + std::to_string(at.value) + "}"; }

UtcMs erased_at(const std::string& body) {
  simdjson::dom::parser parser;
  std::int64_t at = 0;
  return {parser.parse(body)["erased_at"].get(at) == simdjson::SUCCESS ? at : 0};
}

bool is_erased(Authority& authority, const CustomerId& person) {
  const auto known = authority.document(erasure_key(protocol::customer_tag(authority.digest_key(), person)));
  return known && known->body;
}

bool is_erased(Replica& replica, const CustomerId& person) {
  const auto known = replica.base(erasure_key(protocol::customer_tag(replica.digest_key(), person)));
  return known && known->body;
}

Body without_person(const DocumentKey& order, const std::string& body) {
  auto read = protocol::decode_order(OrderId{order.id}, body);
  if (!read) return std::nullopt;
  rules::erase_buyer(*read);
  return protocol::encode_order(*read);
}

}  // namespace vitrine::sync::ends
