// SPDX-License-Identifier: Apache-2.0
// What stands in the window of welcome: goods in niches, or the retailer's slides. While nobody touches the screen it changes.
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::shopper {

// Standing on the lower edge of `box`, if there is room for it. `tall_from`: so high may niches of two shelves be.
void draw_shop_window(Stage& stage, const Model& model, const Box& box, float tall_from);

}  // namespace vitrine::kiosk::shopper
