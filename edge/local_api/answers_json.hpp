// SPDX-License-Identifier: Apache-2.0
// Answers as JSON, in the shape of docs/openapi-edge.yaml.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "edge/local_api/answers.hpp"
#include "sync/protocol/json_writer.hpp"

namespace vitrine::edge::local_api {

std::string_view word_of(Freshness freshness);

std::string to_json(const Health& health);
std::string to_json(const StoreAnswer& store);
std::string to_json(const CartView& cart);
std::string to_json(const ProductList& list);
std::string to_json(const ProductPage& page);
std::string to_json(const LinkReport& link);
void write_product(sync::protocol::JsonWriter& out, const ProductCard& product);
// Lines, totals and reductions of a cart as a ticket keeps them.
std::string ticket_body(const CartView& cart);

// application/problem+json (RFC 9457).
std::string problem_json(int status, const Error& error);

}  // namespace vitrine::edge::local_api
