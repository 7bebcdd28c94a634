// SPDX-License-Identifier: Apache-2.0
// Conversations: with the store that they wait for, and where their customer stands while they agree to that
// (hub_about_person.cpp); the rules are sync/rules/case.hpp.
#include "sync/rules/case.hpp"
#include "sync/ends/collections/rows.hpp"
#include "sync/protocol/case_codec.hpp"
#include "sync/protocol/topics.hpp"

namespace vitrine::sync::ends::collections {

namespace {

constexpr std::string_view channel_of_stores = "counter";  // a note that staff took; other conversations begin at the hub

Placement place(const DocumentKey& key, const Body& body) {
  auto id = protocol::case_id(key.id);
  Placement placement{{}, false, std::nullopt, id ? std::optional(std::move(id->first)) : std::nullopt};
  const auto one = body ? protocol::decode_case(*body) : fail("", "");
  const auto store = one ? rules::waits_for(*one) : std::nullopt;
  if (placement.person && store) placement.streams = {protocol::own_stream(*store)};
  return placement;
}

rules::Verdict<Body> apply(const Body& body, const Operation& operation, const rules::ApplyContext& context) {
  const auto id = protocol::case_id(operation.document.id);
  if (!id) return refuse("operation_malformed");
  const auto decoded = protocol::decode_case_operation(operation.kind, operation.body);
  if (!decoded) return refuse(decoded.error().code);
  std::optional<Case> before;
  if (body) {
    auto read = protocol::decode_case(*body);
    if (!read) return refuse("document_malformed");
    before = std::move(*read);
  }
  const auto after = rules::apply(before, id->first, *decoded, context);
  if (!after) return Body();
  if (before && *after == *before) return body;
  return protocol::encode_case(*after);
}

struct SaidBy {
  const StoreId& store;
  bool operator()(const rules::CaseOpen& open) const {
    return open.channel == channel_of_stores && open.store.value_or(store) == store;
  }
  bool operator()(const rules::CaseNote& note) const { return !note.by_customer && note.store == store; }
  bool operator()(const rules::CaseTake& take) const { return take.store == store; }
  bool operator()(const rules::CaseClose& close) const { return close.store == store; }
};

// What staff noted is kept also when the conversation has left the store while it waited; who begins one begins a note.
std::string scope(const ScopeQuestion& question) {
  if (!protocol::case_id(question.operation.document.id)) return "not_allowed";
  const auto decoded = protocol::decode_case_operation(question.operation.kind, question.operation.body);
  if (!decoded) return decoded.error().code;
  if (!std::visit(SaidBy{question.from}, *decoded)) return "not_allowed";
  const bool known = question.exists || question.admitted;
  if (std::holds_alternative<rules::CaseOpen>(*decoded)) return known ? "not_allowed" : "";
  return known ? "" : "not_placed_here";
}

UtcMs at(const std::string& body) {
  const auto one = protocol::decode_case(body);
  return one ? one->until : UtcMs{};
}

constexpr AboutPerson about{rules::case_purpose, rules::cases_max, at};

}  // namespace

const Collection cases = {"case", place, apply, nullptr, scope, Ends::at_expiry, &about};

}  // namespace vitrine::sync::ends::collections
