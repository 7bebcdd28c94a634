// SPDX-License-Identifier: Apache-2.0
// An order on paper: the list to fetch it by while it is prepared, the slip that goes with the goods when it is handed over.
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::counter {

// With the order's number and no name.
Paper order_paper(Stage& stage, const Model& model, const CounterOrder& order);
// Where a line's goods are: "Item 22727 · Aisle 5, bay A".
std::string place_words(Stage& stage, const CounterLine& line);

}  // namespace vitrine::kiosk::counter
