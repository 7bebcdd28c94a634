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

// Both return the height that they used; a side of no height has what is asked below one another.
float draw_picking(Stage& stage, const Model& model, const Box& side);
float draw_handing(Stage& stage, const Model& model, const Box& side);

// order.cpp: tile, name and where it stands, between `left` and `right`; a tick; a state that is too long for a chip.
void draw_goods(Stage& stage, const CounterLine& line, const Box& row, float left, float right);
void tick_box(Stage& stage, const Box& box, bool ticked);
void write_state(Stage& stage, const Box& box, const std::string& words, Colour colour, const std::string& id);
// How many of a line are found: a stepper and the button that writes it down, `wide` together.
void draw_count(Stage& stage, const Model& model, const CounterLine& line, const Box& row);

// order_in_hand.cpp: the lines and what is to be done with them below one another, for a screen that is held.
void draw_order_in_hand(Stage& stage, const Model& model, const Box& place);

// order_line.cpp: what becomes of units of the open line.
void draw_open_line(Stage& stage, const Model& model, const Box& side);
// At the right end of a row, where something can be decided about its line; the width that it uses.
float decide_width(Stage& stage, const Model& model, const CounterLine& line);
void decide_button(Stage& stage, const Model& model, const CounterLine& line, const Box& row);
// What is missing, what the buyer wants instead, what they refused; empty: all is well.
std::string line_state_words(Stage& stage, const CounterLine& line);

}  // namespace vitrine::kiosk::counter
