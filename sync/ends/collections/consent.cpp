// SPDX-License-Identifier: Apache-2.0
// Consent registers: they stand where their customer does (hub_people.cpp); the rules are sync/rules/consent.hpp.
#include "sync/rules/consent.hpp"
#include "sync/ends/collections/rows.hpp"
#include "sync/planted.hpp"
#include "sync/protocol/consent_codec.hpp"

namespace vitrine::sync::ends::collections {

namespace {

constexpr std::string_view source_of_hub = "import";

Placement place(const DocumentKey&, const Body&) { return {{}, true, std::nullopt}; }

rules::Verdict<Body> apply(const Body& body, const Operation& operation, const rules::ApplyContext& context) {
  const auto decoded = protocol::decode_consent_operation(operation.kind, operation.body);
  if (!decoded) return refuse(decoded.error().code);
  // Who was erased is not begun anew by a late word.
  if (!body && context.lineage.now.number > 0) return refuse("customer_erased");
  std::optional<ConsentRegister> before;
  if (body) {
    auto read = protocol::decode_consents(*body);
    if (!read) return refuse("document_malformed");
    before = std::move(*read);
  }
  const auto after = rules::apply(before, CustomerId{operation.document.id}, *decoded, context);
  if (!after) return std::unexpected(after.error());
  if (before && *after == *before) return body;
  return protocol::encode_consents(*after);
}

// Somebody withdrew, and a restored hub has forgotten that they ever agreed to anything.
Body begin(const DocumentKey& key, const rules::ApplyContext& context) {
  ConsentRegister consents{CustomerId{key.id}, {}};
  consents.unknown_fields =
      "{\"from_fact\":[" + std::to_string(context.minting.era) + "," + std::to_string(context.minting.number) + "]}";
  return protocol::encode_consents(consents);
}

// A withdrawal is taken also when the register has left the store while it waited: it only ever takes away.
std::string scope(const ScopeQuestion& question) {
  const auto decoded = protocol::decode_consent_operation(question.operation.kind, question.operation.body);
  if (!decoded) return decoded.error().code;  // "operation_unknown": a later version's
  const bool withdraws = std::holds_alternative<rules::ConsentWithdraw>(*decoded);
  const std::string& source = std::visit([](const auto& op) -> const std::string& { return op.source; }, *decoded);
  if (source == source_of_hub) return "not_allowed";
  return question.placed || question.admitted || (withdraws && question.exists && !planted(Bug::consent_left_behind))
             ? ""
             : "not_placed_here";
}

}  // namespace

const Collection consent = {"consent", place, apply, begin, scope, Ends::for_ever};

}  // namespace vitrine::sync::ends::collections
