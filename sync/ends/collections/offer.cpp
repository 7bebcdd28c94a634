// SPDX-License-Identifier: Apache-2.0
// Offers: they stand where their customer does, while they agree to that (hub_about_person.cpp); the rules are
// sync/rules/offer.hpp.
#include "sync/rules/offer.hpp"
#include "sync/ends/collections/rows.hpp"
#include "sync/protocol/offer_codec.hpp"

namespace vitrine::sync::ends::collections {

namespace {

Placement place(const DocumentKey& key, const Body&) {
  auto id = protocol::offer_id(key.id);
  return {{}, false, std::nullopt, id ? std::optional(std::move(id->first)) : std::nullopt};
}

rules::Verdict<Body> apply(const Body& body, const Operation& operation, const rules::ApplyContext& context) {
  const auto id = protocol::offer_id(operation.document.id);
  if (!id) return refuse("operation_malformed");
  const auto decoded = protocol::decode_offer_operation(operation.kind, operation.body);
  if (!decoded) return refuse(decoded.error().code);
  std::optional<Offer> before;
  if (body) {
    auto read = protocol::decode_offer(*body);
    if (!read) return refuse("document_malformed");
    before = std::move(*read);
  }
  const auto after = rules::apply(before, id->first, *decoded, context);
  if (!after) return Body();
  if (before && *after == *before) return body;
  return protocol::encode_offer(*after);
}

// What came of one is kept also when it has left the store while the word waited.
std::string scope(const ScopeQuestion& question) {
  if (!protocol::offer_id(question.operation.document.id)) return "not_allowed";
  const auto decoded = protocol::decode_offer_operation(question.operation.kind, question.operation.body);
  if (!decoded) return decoded.error().code;
  const auto* told = std::get_if<rules::OfferTold>(&*decoded);
  if (told == nullptr || told->store != question.from) return "not_allowed";
  return question.exists || question.admitted ? "" : "not_placed_here";
}

UtcMs at(const std::string& body) {
  const auto offer = protocol::decode_offer(body);
  return offer && offer->head ? offer->head->stamp.at : UtcMs{};
}

constexpr AboutPerson about{rules::offer_purpose, rules::offers_max, at};

}  // namespace

const Collection offer = {"offer", place, apply, nullptr, scope, Ends::at_expiry, &about};

}  // namespace vitrine::sync::ends::collections
