// SPDX-License-Identifier: Apache-2.0
// Offers and what is said of them, as JSON (docs/PROTOCOL.md, "Offers"). Decoding judges everything; encoding is deterministic.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "sync/model/offer.hpp"
#include "sync/model/operation.hpp"
#include "sync/rules/offer.hpp"

namespace vitrine::sync::protocol {

// "<customer>/<offer>": person_id.hpp.
DocumentKey offer_key(const CustomerId& customer, const OfferId& id);
// Apart; none: not such an id.
std::optional<std::pair<CustomerId, OfferId>> offer_id(std::string_view id);

// Errors: "offer_malformed" with the field's path.
Result<Offer> decode_offer(std::string_view json);
std::string encode_offer(const Offer& offer);

// `kind` is "offer.put" or "offer.outcome".
// Errors: "operation_malformed" with the field's path, "operation_unknown" for another kind.
Result<rules::OfferOperation> decode_offer_operation(std::string_view kind, std::string_view body);
// Kind and body; salt and rules version are left to the caller.
Operation encode_offer_operation(const CustomerId& customer, const OfferId& id, const rules::OfferOperation& operation);

bool is_offer_outcome(std::string_view text);

}  // namespace vitrine::sync::protocol
