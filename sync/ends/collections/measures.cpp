// SPDX-License-Identifier: Apache-2.0
// What a store measured: in the stream of the store that the id names, and said by that store; the rules are
// sync/rules/measures.hpp.
#include "sync/rules/measures.hpp"
#include "sync/ends/collections/rows.hpp"
#include "sync/protocol/measures_codec.hpp"

namespace vitrine::sync::ends::collections {

namespace {

Placement place(const DocumentKey& key, const Body&) { return by_first_part("store.", key); }

rules::Verdict<Body> apply(const Body& body, const Operation& operation, const rules::ApplyContext& context) {
  const auto id = protocol::measures_id(operation.document.id);
  if (!id) return refuse("operation_malformed");
  const auto decoded = protocol::decode_measures_operation(operation.kind, operation.body);
  if (!decoded) return refuse(decoded.error().code);
  std::optional<MeasuredDay> before;
  if (body) {
    auto read = protocol::decode_measures(*body);
    if (!read) return refuse("document_malformed");
    before = std::move(*read);
  }
  const MeasuredDay after = rules::apply(before, id->first, id->second, *decoded, context);
  if (before && after == *before) return body;
  return protocol::encode_measures(after);
}

std::string scope(const ScopeQuestion& question) {
  const auto id = protocol::measures_id(question.operation.document.id);
  if (!id || id->first != question.from) return "not_allowed";
  const auto decoded = protocol::decode_measures_operation(question.operation.kind, question.operation.body);
  return decoded ? "" : decoded.error().code;
}

}  // namespace

const Collection measures = {"measures", place, apply, nullptr, scope, Ends::at_expiry};

}  // namespace vitrine::sync::ends::collections
