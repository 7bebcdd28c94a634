// SPDX-License-Identifier: Apache-2.0
// The right side of an order: who picks it and where it goes; or who collects it.
#pragma once

#include <string>

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::counter {

enum class Picker { nobody, me, other };
// Of the order on the screen.
Picker picker_on(const Model& model);

void draw_picking(Stage& stage, const Model& model, const Box& side);
void draw_handing(Stage& stage, const Model& model, const Box& side);

}  // namespace vitrine::kiosk::counter
