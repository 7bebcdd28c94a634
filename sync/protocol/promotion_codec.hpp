// SPDX-License-Identifier: Apache-2.0
// Promotions and tax tables as JSON:
// {"promotion","zone","title":{"en"},"currency","from":ms,"to":ms?,"schedule"?:{"days":[1..7],"from":"09:00","to":"24:00"},
//  "channels"?:["store"],"segment"?,"when_unverified"?:false,"coupon"?,"goods"?:{"skus"?:[],"categories"?:[],"without"?:[]},
//  "units_min"?:0,"basket_min"?:0,"reward":{"kind","basis_points"|"minor"|"n","m"},"priority"?:0,"exclusive"?:false}
// {"zone","rates":[{"class":"standard","basis_points":2000,"from":ms,"to":ms?}]}
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sync/pricing/promotion.hpp"
#include "sync/pricing/tax.hpp"

namespace vitrine::sync::protocol {

// Errors: "promotion_malformed" with the field's path. A reward of a kind that this version does not know is an error too:
// nobody may guess what it takes off.
Result<pricing::Promotion> decode_promotion(std::string_view json);
// Deterministic.
std::string encode_promotion(const pricing::Promotion& promotion, std::string_view zone);

std::string_view reward_name(pricing::RewardKind kind);
std::optional<pricing::RewardKind> reward_named(std::string_view name);

// Errors: "tax_malformed".
Result<pricing::TaxTable> decode_taxes(std::string_view json);
std::string encode_taxes(const pricing::TaxTable& taxes, std::string_view zone);

// "09:30" → 570; up to "24:00". None: not such a time.
std::optional<int> minute_of_day(std::string_view text);

}  // namespace vitrine::sync::protocol
