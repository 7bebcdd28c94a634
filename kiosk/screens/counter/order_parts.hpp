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

// order_line.cpp: what becomes of units of the open line.
void draw_open_line(Stage& stage, const Model& model, const Box& side);
// At the right end of a row, where something can be decided about its line; the width that it uses.
float decide_width(Stage& stage, const Model& model, const CounterLine& line);
void decide_button(Stage& stage, const Model& model, const CounterLine& line, const Box& row);
// What is missing, what the buyer wants instead, what they refused; empty: all is well.
std::string line_state_words(Stage& stage, const CounterLine& line);

}  // namespace vitrine::kiosk::counter
