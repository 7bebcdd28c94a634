// SPDX-License-Identifier: Apache-2.0
// Coupons on a cart that is open here: what is refused at the door, and what became of those that are on it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "edge/local_api/answers.hpp"
#include "edge/local_api/commands.hpp"
#include "edge/local_api/surroundings.hpp"
#include "sync/pricing/coupon.hpp"
#include "sync/protocol/json_writer.hpp"

namespace vitrine::edge::local_api {

// What became of coupons that people entered, as the figures count it.
inline constexpr std::array<std::string_view, 6> coupon_ends = {
    "added", "removed", "coupon_unknown", "coupon_not_valid_now", "coupons_locked", "other"};
std::size_t coupon_end(bool added, const Result<sync::CartId>& done);

// The code as documents have it. Errors: "coupon_unknown", "coupon_not_valid_now", "coupons_locked". A code that nobody knows is
// a try: whoever makes too many of them in a short time waits.
Result<std::string> enter_coupon(Desk& desk, const CartAction& request);

// Why this code is not taken now: when it begins, or when it ended.
sync::pricing::CouponAnswer judge_coupon_here(database::Reader& reader, const Surroundings& around, std::string_view typed);
// A problem that says it.
std::string coupon_problem_json(int status, const Error& error, const sync::pricing::CouponAnswer& answer);

void write_coupons(sync::protocol::JsonWriter& out, const CartView& cart);

}  // namespace vitrine::edge::local_api
