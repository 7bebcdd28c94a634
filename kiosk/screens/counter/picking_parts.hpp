// SPDX-License-Identifier: Apache-2.0
// The pick list: its rows, and the line that was taken.
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::counter {

// "Aisle 5, bay A"; where nobody knows, that.
std::string aisle_words(Stage& stage, const CounterLine& line);
// "2 for order 481 233, due 14:20"
std::string pick_words(Stage& stage, const Model& model, const PickLine& line);

// picking_line.cpp: the open line, with what is to be done about it.
void draw_pick_line(Stage& stage, const Model& model, const PickLine& line, const Box& place);

}  // namespace vitrine::kiosk::counter
