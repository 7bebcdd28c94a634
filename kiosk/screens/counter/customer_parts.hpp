// SPDX-License-Identifier: Apache-2.0
// The panels of a customer at the counter.
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::counter {

void draw_cart(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box);
void draw_timeline(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box);
// They share nothing else: what there would be, and how to ask for it.
void draw_limited(Stage& stage, const CustomerOnScreen& screen, const Box& box);
void draw_orders(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box);

}  // namespace vitrine::kiosk::counter
