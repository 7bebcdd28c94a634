// SPDX-License-Identifier: Apache-2.0
// What customers did: it stands where its customer does, while they agree to that (hub_about_person.cpp); the rules are
// sync/rules/activity.hpp.
#include "sync/rules/activity.hpp"

#include <algorithm>
#include <array>

#include "sync/ends/collections/rows.hpp"
#include "sync/protocol/activity_codec.hpp"

namespace vitrine::sync::ends::collections {

namespace {

// What happens in a store, and a store may tell.
constexpr std::array<std::string_view, 5> kinds_of_stores = {"bought", "returned", "visited", "resumed", "picked_up"};

Placement place(const DocumentKey& key, const Body&) {
  auto id = protocol::activity_id(key.id);
  return {{}, false, std::nullopt, id ? std::optional(std::move(id->first)) : std::nullopt};
}

rules::Verdict<Body> apply(const Body& body, const Operation& operation, const rules::ApplyContext& context) {
  const auto id = protocol::activity_id(operation.document.id);
  if (!id) return refuse("operation_malformed");
  const auto decoded = protocol::decode_activity_operation(operation.kind, operation.body);
  if (!decoded) return refuse(decoded.error().code);
  std::optional<Activity> before;
  if (body) {
    auto read = protocol::decode_activity(*body);
    if (!read) return refuse("document_malformed");
    before = std::move(*read);
  }
  const auto after = rules::apply(before, id->first, *decoded, context);
  if (!after) return Body();
  if (before && *after == *before) return body;
  return protocol::encode_activity(*after);
}

std::string scope(const ScopeQuestion& question) {
  if (!protocol::activity_id(question.operation.document.id)) return "not_allowed";
  const auto decoded = protocol::decode_activity_operation(question.operation.kind, question.operation.body);
  if (!decoded) return decoded.error().code;
  const auto& append = std::get<rules::ActivityAppend>(*decoded);
  const bool own = append.store == question.from && std::ranges::find(kinds_of_stores, append.kind) != kinds_of_stores.end();
  return own ? "" : "not_allowed";
}

UtcMs at(const std::string& body) {
  const auto done = protocol::decode_activity(body);
  return done ? done->at : UtcMs{};
}

constexpr AboutPerson about{rules::activity_purpose, rules::activity_max, at};

}  // namespace

const Collection activity = {"activity", place, apply, nullptr, scope, Ends::at_expiry, &about};

}  // namespace vitrine::sync::ends::collections
