// SPDX-License-Identifier: Apache-2.0
// What a shopper agreed to, for themselves, at the kiosk that has just read the code of their cart (docs/openapi-edge.yaml,
// docs/PRIVACY.md). The register, its rules and its receipt are those of the counter.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "edge/local_api/people.hpp"

namespace vitrine::edge::local_api {

struct SeeChoices {
  sync::TransactionId request;
  std::string device;
};
// Errors: "invalid_request" with the field.
Result<SeeChoices> decode_see_choices(std::string_view json);

// The owner of this cart, as whom they act for themselves at that device. Errors: "cart_unknown", "customer_unknown" (it is
// nobody's, or nobody's who is here), "customer_erased", "store_not_ready".
Result<LookUp> owner_at(Desk& desk, const sync::CartId& cart, const std::string& device);

}  // namespace vitrine::edge::local_api
