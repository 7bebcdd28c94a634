// SPDX-License-Identifier: Apache-2.0
// What the two screens of sending a cart home share. Only deliver.cpp and delivered.cpp include this.
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::shopper {

// It is ordered: its number to keep, and what happens next.
void draw_delivered(Stage& stage, const Model& model, const DeliveryView& order);

}  // namespace vitrine::kiosk::shopper
