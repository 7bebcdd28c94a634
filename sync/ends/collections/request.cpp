// SPDX-License-Identifier: Apache-2.0
// Requests for a person: in the stream of the store that their id names, and changed by that store; the rules are
// sync/rules/request.hpp.
#include "sync/rules/request.hpp"
#include "sync/ends/collections/rows.hpp"
#include "sync/planted.hpp"
#include "sync/protocol/request_codec.hpp"

namespace vitrine::sync::ends::collections {

namespace {

Placement place(const DocumentKey& key, const Body&) { return by_first_part("store.", key); }

rules::Verdict<Body> apply(const Body& body, const Operation& operation, const rules::ApplyContext& context) {
  const auto id = protocol::request_id(operation.document.id);
  if (!id) return refuse("operation_malformed");
  const auto decoded = protocol::decode_request_operation(operation.kind, operation.body);
  if (!decoded) return refuse(decoded.error().code);
  std::optional<HelpRequest> before;
  if (body) {
    auto read = protocol::decode_request_document(*body);
    if (!read) return refuse("document_malformed");
    before = std::move(*read);
  }
  const HelpRequest after = rules::apply(before, id->first, *decoded, context);
  if (before && after == *before) return body;
  return protocol::encode_request_document(after);
}

std::string scope(const ScopeQuestion& question) {
  const auto id = protocol::request_id(question.operation.document.id);
  if (!id || (id->first != question.from && !planted(Bug::request_of_another_store))) return "not_allowed";
  const auto decoded = protocol::decode_request_operation(question.operation.kind, question.operation.body);
  return decoded ? "" : decoded.error().code;
}

}  // namespace

const Collection request = {"request", place, apply, nullptr, scope, Ends::at_expiry};

}  // namespace vitrine::sync::ends::collections
