// SPDX-License-Identifier: Apache-2.0
// Coupons in words, and the rows that stand for them at the end of a cart.
#pragma once

#include <string>

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk {

// What became of it: what it takes off, or what it waits for.
std::string coupon_words(Texts& texts, const CouponView& coupon, const std::string& currency);
// Why one was not taken.
std::string coupon_refusal(Texts& texts, const std::string& code, const RefusalHints& hints);

namespace shopper {

float coupon_row_height(Stage& stage, const CouponView& coupon, const std::string& currency, float width);
void draw_coupon_row(Stage& stage, const CouponView& coupon, const std::string& currency, const Box& box);

// The way to one more.
float add_coupon_row_height(Stage& stage, float width);
void draw_add_coupon_row(Stage& stage, const Box& box);

}  // namespace shopper
}  // namespace vitrine::kiosk
