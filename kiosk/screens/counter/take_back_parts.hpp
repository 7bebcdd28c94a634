// SPDX-License-Identifier: Apache-2.0
// The parts of what comes back: why, in which condition, and the money.
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::counter {

void draw_why(Stage& stage, const Model& model, const Box& place);
void draw_money(Stage& stage, const Model& model, const Box& place);
// It is written down: what to give back, and what still follows.
void draw_back_done(Stage& stage, const Model& model, const Box& place);
// A number in a disc, or a check once it is done, and what it is about.
void step_title(Stage& stage, const Box& row, int number, bool done, const std::string& words, const std::string& id);

}  // namespace vitrine::kiosk::counter
