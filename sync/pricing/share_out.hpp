// SPDX-License-Identifier: Apache-2.0
// Parts of amounts of money, without a penny lost or made.
#pragma once

#include <cstdint>
#include <vector>

namespace vitrine::sync::pricing {

// amount × numerator ÷ denominator, half away from nothing. Amounts up to 10^15, numerators up to 10^14: no overflow.
// Precondition: nothing is negative, denominator > 0.
std::int64_t part_of(std::int64_t amount, std::int64_t numerator, std::int64_t denominator);

// Shares `amount` out in proportion to `weights`, by largest remainder, of equal remainders the earlier first. The shares add
// up to the amount exactly, and none is above its weight when the amount is not above their sum.
// All weights nothing: the first takes all (an empty list: nobody).
std::vector<std::int64_t> share_out(std::int64_t amount, const std::vector<std::int64_t>& weights);

}  // namespace vitrine::sync::pricing
