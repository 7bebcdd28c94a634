// SPDX-License-Identifier: Apache-2.0
// Coupons on a shopper's cart: as the API shows them, and the answer to one that is not taken. Included by hub/api's .cpp files
// only.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "hub/api/api.hpp"
#include "sync/pricing/coupon.hpp"

namespace vitrine::hub::api {

inline constexpr std::size_t coupon_typed_max = 64;  // bytes

// In the order in which they were put on.
nlohmann::json coupons_view(const std::vector<std::string>& codes, const std::vector<sync::pricing::CouponUse>& uses);
// "coupon_unknown", or "coupon_not_valid_now" with the time. Precondition: it is not good.
Answer coupon_problem(const sync::pricing::CouponAnswer& judged);

}  // namespace vitrine::hub::api
