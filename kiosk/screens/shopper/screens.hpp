// SPDX-License-Identifier: Apache-2.0
// Table of contents of the shopper's kiosk: one screen, one function, one file. Each reads the model, draws, and says what the
// person wants through Stage::want().
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::shopper {

void draw_welcome(Stage& stage, const Model& model);   // 01
void draw_scan(Stage& stage, const Model& model);      // 02
void draw_cart(Stage& stage, const Model& model);      // 03, 04
void draw_search(Stage& stage, const Model& model);    // 08
void draw_product(Stage& stage, const Model& model);   // 09
void draw_collect(Stage& stage, const Model& model);   // 06
void draw_pickup(Stage& stage, const Model& model);    // 07
void draw_help(Stage& stage, const Model& model);      // 10
void draw_till(Stage& stage, const Model& model);      // 05
void draw_keep(Stage& stage, const Model& model);      // the cart's code for a phone
void draw_choices(Stage& stage, const Model& model);   // what the person agreed to
void draw_coupon(Stage& stage, const Model& model);    // for the cart
void draw_deliver(Stage& stage, const Model& model);   // the cart sent home
void draw_problem(Stage& stage, const Model& model);   // 14a, 14b and their kin
void draw_starting(Stage& stage, const Model& model);  // the first fill
void draw_resting(Stage& stage, const Model& model);   // no edge

// Over any of them.
void draw_still_there(Stage& stage, const Model& model);  // 13
void draw_languages(Stage& stage, const Model& model);
void draw_ease(Stage& stage, const Model& model);  // 11

// The languages that the store offers and the kiosk speaks and can write.
std::vector<std::string> languages_offered(const Stage& stage, const Model& model);

}  // namespace vitrine::kiosk::shopper
