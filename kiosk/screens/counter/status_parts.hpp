// SPDX-License-Identifier: Apache-2.0
// The parts of how the store stands.
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::counter {

// What works, and what waits to be sent.
void draw_working(Stage& stage, const Model& model, const StoreStatus& status, const Box& place);
void draw_waiting(Stage& stage, const Model& model, const StoreStatus& status, const Box& place);
// As high as it needs.
float working_height();
float waiting_height(const StoreStatus& status);
// What needs a person, with a plain explanation.
void draw_decisions(Stage& stage, const Model& model, const StoreStatus& status, const Box& place);
std::size_t decisions_of(const StoreStatus& status);
// Devices, and who is signed in at them.
void draw_devices(Stage& stage, const Model& model, const StoreStatus& status, const Box& place);

}  // namespace vitrine::kiosk::counter
