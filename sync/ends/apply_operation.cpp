// SPDX-License-Identifier: Apache-2.0
// The table of collections that operations may change.
#include "sync/ends/apply_operation.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "sync/protocol/cart_codec.hpp"
#include "sync/rules/cart.hpp"

namespace vitrine::sync::ends {

namespace {

using Body = std::optional<std::string>;
using Applied = rules::Verdict<Body>;

constexpr std::uint32_t rules_version = 1;

Applied refuse(std::string reason) { return std::unexpected(rules::Refusal{std::move(reason)}); }

Applied apply_to_cart(const Body& body, const Operation& operation, const rules::ApplyContext& context) {
  if (!is_hex_128(operation.document.id)) return refuse("operation_malformed");
  const CartId id{operation.document.id};
  const auto decoded = protocol::decode_cart_operation(operation.kind, operation.body);
  if (!decoded) return refuse(decoded.error().code);
  std::optional<Cart> cart;
  if (body) {
    auto before = protocol::decode_cart(id, *body);
    if (!before) return refuse("document_malformed");
    cart = std::move(*before);
  }
  const rules::CartContext cart_context{id,         context.transaction, context.operation_index, context.actor,
                                        context.at, context.lineage,     context.minting};
  const auto after = rules::apply(cart, *decoded, cart_context);
  if (!after) return std::unexpected(after.error());
  if (cart && *after == *cart) return body;
  return protocol::encode_cart(*after);
}

struct Collection {
  std::string_view name;
  Applied (*apply)(const Body&, const Operation&, const rules::ApplyContext&);
};
constexpr std::array collections = {Collection{"cart", apply_to_cart}};

}  // namespace

Applied apply_operation(const Body& body, const Operation& operation, const rules::ApplyContext& context) {
  const auto row = std::ranges::find(collections, operation.document.collection, &Collection::name);
  if (row == collections.end() || operation.rules != rules_version) return refuse("operation_unknown");
  return row->apply(body, operation, context);
}

}  // namespace vitrine::sync::ends
