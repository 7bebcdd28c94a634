// SPDX-License-Identifier: Apache-2.0
// Carts: in the store that the shopper chose and in every store that has opened them; the rules are sync/rules/cart.hpp.
#include <simdjson.h>

#include "sync/ends/collections/rows.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/pass.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/rules/cart.hpp"

namespace vitrine::sync::ends::collections {

namespace {

Placement place(const DocumentKey&, const Body& body) {
  Placement placement{{}, true, std::nullopt};
  if (!body) return placement;
  // The hub's own bytes, judged when they were made: two fields of them are enough, and are asked for with each operation.
  simdjson::dom::parser parser;
  simdjson::dom::element cart;
  if (parser.parse(*body).get(cart) != simdjson::SUCCESS) return placement;
  std::string_view text;
  if (cart["store"].get(text) == simdjson::SUCCESS && is_store_id(text))
    placement.streams.push_back(protocol::own_stream(StoreId{std::string(text)}));
  if (cart["owner"].get(text) == simdjson::SUCCESS) placement.companion = CustomerId{std::string(text)};
  return placement;
}

rules::Verdict<Body> apply(const Body& body, const Operation& operation, const rules::ApplyContext& context) {
  if (!is_hex_128(operation.document.id)) return refuse("operation_malformed");
  const CartId id{operation.document.id};
  const auto decoded = protocol::decode_cart_operation(operation.kind, operation.body);
  if (!decoded) return refuse(decoded.error().code);
  std::optional<Cart> before;
  if (body) {
    auto read = protocol::decode_cart(id, *body);
    if (!read) return refuse("document_malformed");
    before = std::move(*read);
  }
  const rules::CartContext cart_context{id,         context.transaction, context.operation_index, context.actor,
                                        context.at, context.lineage,     context.minting};
  const auto after = rules::apply(before, *decoded, cart_context);
  if (!after) return std::unexpected(after.error());
  if (before && *after == *before) return body;
  return protocol::encode_cart(*after);
}

Body begin(const DocumentKey& key, const rules::ApplyContext& context) {
  if (!is_hex_128(key.id)) return std::nullopt;
  Cart cart;
  cart.id = CartId{key.id};
  cart.created_at = cart.changed_at = context.at;
  cart.changed_by = context.actor;
  cart.expires_at = context.at.plus(rules::cart_life_ms);
  cart.unknown_fields =
      "{\"from_fact\":[" + std::to_string(context.minting.era) + "," + std::to_string(context.minting.number) + "]}";
  return protocol::encode_cart(cart);
}

// A cart brings its owner's name to every store where it stands, so no store may say whose a cart is, nor put it elsewhere.
bool gives_away(const rules::CartOperation& operation, const StoreId& from) {
  const auto beyond = [&](const auto& named) { return named.owner || (named.store && *named.store != from); };
  if (const auto* add = std::get_if<rules::CartAdd>(&operation)) return beyond(*add);
  if (const auto* assign = std::get_if<rules::CartAssign>(&operation)) return beyond(*assign);
  return false;
}

std::string scope(const ScopeQuestion& question) {
  const Operation& operation = question.operation;
  const auto decoded = protocol::decode_cart_operation(operation.kind, operation.body);
  if (!decoded) return decoded.error().code;  // "operation_unknown": a later version's
  if (operation.kind != "cart.resume") {
    const bool creates = !question.exists && operation.kind == "cart.add";
    if (!question.placed && !question.admitted && !creates) return "not_placed_here";
    return gives_away(*decoded, question.from) ? "not_allowed" : "";
  }
  // A pass opens a cart that was never placed here: the hub judges it again, at the time of the scan.
  const auto& resume = std::get<rules::CartResume>(*decoded);
  const auto pass = protocol::open_pass(resume.pass_text, question.keys(), question.from, resume.scanned_at);
  if (!pass) return pass.error().code;
  const bool same = pass->cart.text == operation.document.id && pass->id == resume.pass.pass &&
                    pass->version == resume.pass.seen && pass->lines.value_or(std::vector<rules::PassLine>{}) == resume.lines;
  return same ? "" : "pass_altered";
}

}  // namespace

const Collection cart = {"cart", place, apply, begin, scope, Ends::at_expiry};

}  // namespace vitrine::sync::ends::collections
