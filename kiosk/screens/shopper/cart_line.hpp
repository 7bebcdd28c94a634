// SPDX-License-Identifier: Apache-2.0
// One line of the cart, as a card: what it is, where it stands, what it costs, how many.
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::shopper {

float cart_line_height(Stage& stage, const Model& model, const CartViewLine& line, float width);
void draw_cart_line(Stage& stage, const Model& model, const CartViewLine& line, const Box& box);

}  // namespace vitrine::kiosk::shopper
