// SPDX-License-Identifier: Apache-2.0
// The audit of a store: in its own stream, told by that store and settled by the hub; the rules are sync/rules/audit.hpp.
#include "sync/rules/audit.hpp"
#include "sync/ends/collections/rows.hpp"
#include "sync/protocol/audit_codec.hpp"

namespace vitrine::sync::ends::collections {

namespace {

Placement place(const DocumentKey& key, const Body&) { return by_first_part("store.", key); }

rules::Verdict<Body> apply(const Body& body, const Operation& operation, const rules::ApplyContext& context) {
  const auto decoded = protocol::decode_audit_operation(operation.kind, operation.body);
  if (!decoded) return refuse(decoded.error().code);
  std::optional<AuditChain> before;
  if (body) {
    auto read = protocol::decode_audit(*body);
    if (!read) return refuse("document_malformed");
    before = std::move(*read);
  }
  const AuditChain after = rules::apply(before, *decoded, context);
  if (before && after == *before) return body;
  return protocol::encode_audit(after);
}

// The first line begins it, so a restored hub needs no other way.
std::string scope(const ScopeQuestion& question) {
  if (protocol::audit_store(question.operation.document.id) != question.from) return "not_allowed";
  const auto decoded = protocol::decode_audit_operation(question.operation.kind, question.operation.body);
  if (!decoded) return decoded.error().code;
  return std::holds_alternative<rules::AuditAppend>(*decoded) ? "" : "not_allowed";
}

}  // namespace

const Collection audit = {"audit", place, apply, nullptr, scope};

}  // namespace vitrine::sync::ends::collections
