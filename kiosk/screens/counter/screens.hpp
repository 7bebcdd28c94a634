// SPDX-License-Identifier: Apache-2.0
// Table of contents of the counter: one screen, one function, one file, as for shoppers.
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::counter {

void draw_sign_in(Stage& stage, const Model& model);    // 15
void draw_queue(Stage& stage, const Model& model);      // 16
void draw_order(Stage& stage, const Model& model);      // 19, and the picking before it
void draw_customer(Stage& stage, const Model& model);   // 17 and 18, and who is looked for
void draw_take_back(Stage& stage, const Model& model);  // 20
void draw_stock(Stage& stage, const Model& model);      // 21
void draw_status(Stage& stage, const Model& model);     // 22

}  // namespace vitrine::kiosk::counter
