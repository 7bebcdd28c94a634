// SPDX-License-Identifier: Apache-2.0
// Orders: in the store where they are collected, until they are long over. What a store may do to one is what it does with its
// goods; money is the hub's. The rules are sync/rules/order.hpp.
#include <simdjson.h>

#include "sync/ends/collections/rows.hpp"
#include "sync/planted.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/protocol/topics.hpp"

namespace vitrine::sync::ends::collections {

namespace {

Placement place(const DocumentKey&, const Body& body) {
  if (!body) return {{}, true, std::nullopt};
  // The hub's own bytes, judged when they were made: some fields of them are enough, and are asked for with each operation.
  simdjson::dom::parser parser;
  simdjson::dom::element order;
  std::string_view store;
  bool archived = false;
  std::int64_t revision = 0;
  if (parser.parse(*body).get(order) != simdjson::SUCCESS) return {{}, true, std::nullopt};
  if (order["archived"].get(archived) == simdjson::SUCCESS && archived) return {};
  // Made from a fact, because the hub has forgotten it: until the platform places it again it stays with who works on it.
  const bool placed = order["revision"].get(revision) == simdjson::SUCCESS && revision > 0;
  if (!placed) return {{}, true, std::nullopt};
  // What is sent home stands where it was asked for, so that people there can say what became of it.
  if (order["store"].get(store) != simdjson::SUCCESS && order["asked"]["store"].get(store) != simdjson::SUCCESS) return {};
  if (!is_store_id(store)) return {};
  Placement placement = in(protocol::own_stream(StoreId{std::string(store)}).text);
  std::string_view customer;
  if (order["customer"].get(customer) == simdjson::SUCCESS) placement.companion = CustomerId{std::string(customer)};
  return placement;
}

// Whose cart it is that the same transaction has ordered from; none: nobody's, or it has not.
std::optional<CustomerId> owner_beside(const std::function<Body(const DocumentKey&)>& beside, const CartId& id) {
  const Body body = beside ? beside({"cart", id.text}) : std::nullopt;
  const auto cart = body ? protocol::decode_cart(id, *body) : fail("cart_unknown", "");
  return cart ? cart->owner : std::nullopt;
}

rules::Verdict<Body> apply(const Body& body, const Operation& operation, const rules::ApplyContext& context) {
  if (!is_order_id(operation.document.id)) return refuse("operation_malformed");
  const OrderId id{operation.document.id};
  const auto decoded = protocol::decode_order_operation(operation.kind, operation.body);
  if (!decoded) return refuse(decoded.error().code);
  std::optional<Order> before;
  if (body) {
    auto read = protocol::decode_order(id, *body);
    if (!read) return refuse("document_malformed");
    before = std::move(*read);
  }
  rules::OrderContext order{id, context.transaction, context.operation_index, context.actor, context.at};
  if (const auto* ask = std::get_if<rules::OrderAsk>(&*decoded)) order.asks = owner_beside(context.beside, ask->cart);
  const auto after = rules::apply(before, *decoded, order);
  if (!after) return std::unexpected(after.error());
  if (before && *after == *before) return body;
  return protocol::encode_order(*after);
}

// Goods were handled for an order that a restored hub has not got: it stands without lines until the platform places it again.
Body begin(const DocumentKey& key, const rules::ApplyContext& context) {
  if (!is_order_id(key.id)) return std::nullopt;
  Order order;
  order.id = OrderId{key.id};
  order.changed_at = context.at;
  order.unknown_fields =
      "{\"from_fact\":[" + std::to_string(context.minting.era) + "," + std::to_string(context.minting.number) + "]}";
  return protocol::encode_order(order);
}

// The store that an operation says it was done in.
const StoreId* store_of(const rules::OrderOperation& operation) {
  if (const auto* over = std::get_if<rules::OrderHandOver>(&operation)) return &over->store;
  if (const auto* refused = std::get_if<rules::OrderRefuse>(&operation)) return &refused->store;
  if (const auto* back = std::get_if<rules::OrderReturn>(&operation)) return &back->store;
  return nullptr;
}

// ⚑ A store asks for an order in its own name, under a number that nobody has, and for nobody but the owner of the cart whose
// units the same transaction has taken: it cannot order in the name of whoever it likes.
std::string scope_of_ask(const ScopeQuestion& question, const rules::OrderAsk& ask) {
  if (question.exists && !planted(Bug::order_asked_twice)) return "order_exists";
  if (ask.store != question.from) return "not_allowed";
  return owner_beside(question.beside, ask.cart) ? "" : "cart_without_owner";
}

std::string scope(const ScopeQuestion& question) {
  const auto decoded = protocol::decode_order_operation(question.operation.kind, question.operation.body);
  if (!decoded) return decoded.error().code;  // "operation_unknown": a later version's
  if (protocol::is_commercial(*decoded)) return "not_allowed";
  if (const auto* ask = std::get_if<rules::OrderAsk>(&*decoded)) return scope_of_ask(question, *ask);
  if (const StoreId* store = store_of(*decoded); store != nullptr && *store != question.from) return "not_allowed";
  // Goods that were bought elsewhere come back wherever there is a shop, and may be told long after the order was lent.
  const bool back = std::holds_alternative<rules::OrderReturn>(*decoded) && question.exists;
  return question.placed || question.admitted || back ? "" : "not_placed_here";
}

}  // namespace

const Collection order = {"order", place, apply, begin, scope};

}  // namespace vitrine::sync::ends::collections
