// SPDX-License-Identifier: Apache-2.0
// Price documents as JSON:
// {"sku","zone","currency","tax_included":true,"entries":[{"from":ms,"to":ms?,"list":295,"current":295}]}, money in minor units.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sync/pricing/pricing.hpp"

namespace vitrine::sync::protocol {

// Errors: "price_malformed" with the field's path.
Result<pricing::PriceDocument> decode_price(std::string_view json);
// Deterministic; entries in the order given.
std::string encode_price(const pricing::PriceDocument& price, std::string_view zone);

}  // namespace vitrine::sync::protocol
