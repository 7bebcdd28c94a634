// SPDX-License-Identifier: Apache-2.0
// Stock: in the stream of the store that its id names, and changed by that store and the hub; the rules are sync/rules/stock.hpp.
#include "sync/rules/stock.hpp"
#include "sync/ends/collections/rows.hpp"
#include "sync/protocol/stock_codec.hpp"

namespace vitrine::sync::ends::collections {

namespace {

Placement place(const DocumentKey& key, const Body&) { return by_first_part("store.", key); }

rules::Verdict<Body> apply(const Body& body, const Operation& operation, const rules::ApplyContext& context) {
  const auto id = protocol::stock_id(operation.document.id);
  if (!id) return refuse("operation_malformed");
  const auto decoded = protocol::decode_stock_operation(operation.kind, operation.body);
  if (!decoded) return refuse(decoded.error().code);
  std::optional<Stock> before;
  if (body) {
    auto read = protocol::decode_stock(*body);
    if (!read) return refuse("document_malformed");
    before = std::move(*read);
  }
  const auto after = rules::apply(before, id->first, id->second, *decoded, context);
  if (!after) return std::unexpected(after.error());
  if (before && *after == *before) return body;
  return protocol::encode_stock(*after);
}

// What happened at a shelf begins its record by itself, so a restored hub needs no other way.
std::string scope(const ScopeQuestion& question) {
  const auto id = protocol::stock_id(question.operation.document.id);
  if (!id || id->first != question.from) return "not_allowed";
  const auto decoded = protocol::decode_stock_operation(question.operation.kind, question.operation.body);
  if (!decoded) return decoded.error().code;
  return std::holds_alternative<rules::StockLend>(*decoded) ? "not_allowed" : "";
}

}  // namespace

const Collection stock = {"stock", place, apply, nullptr, scope};

}  // namespace vitrine::sync::ends::collections
