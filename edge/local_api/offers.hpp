// SPDX-License-Identifier: Apache-2.0
// What may please the customer at the counter next, with its reason: shown to who may see it, and what came of it is kept
// (docs/openapi-edge.yaml).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/local_api/answers.hpp"
#include "edge/local_api/commands.hpp"
#include "edge/local_api/look_ups.hpp"
#include "edge/local_api/surroundings.hpp"
#include "sync/model/offer.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/rules/offer.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::size_t offers_shown_max = 3;

struct OfferView {
  sync::OfferId id;
  sync::Offer offer;                   // with a head
  std::optional<ProductCard> product;  // of this shop
};

struct OfferOutcome {
  sync::TransactionId request;
  std::string device;
  sync::OfferId id;
  std::string what;
};

// What may be put to them now, the best first. Whether it may be shown is the caller's to ask.
std::vector<OfferView> offers_of(database::Reader& reader, const Surroundings& around, const sync::CustomerId& customer);
void write_offers(sync::protocol::JsonWriter& out, const std::vector<OfferView>& offers);

// Errors: "invalid_request" with the field.
Result<OfferOutcome> decode_offer_outcome(std::string_view id, std::string_view json);
// In one commit with its line of the audit. Errors: "not_shared" (they do not agree to it, or no longer), "offer_unknown",
// "offer_over" (its time has run out, or it was put to them often enough, here or elsewhere), "customer_unknown",
// "store_not_ready".
Result<sync::OfferId> keep_outcome(Desk& desk, const LookUp& look_up, const OfferOutcome& asked);

}  // namespace vitrine::edge::local_api
