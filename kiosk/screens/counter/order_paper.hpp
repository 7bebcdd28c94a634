// SPDX-License-Identifier: Apache-2.0
// An order on paper: the list to fetch it by while it is prepared, the slip that goes with the goods when it is handed over, the
// receipt of what was handed over, as long as somebody wants one; and the list to fetch all open orders by. With orders' numbers,
// the receipt with the buyer's initial besides, and never a name.
#pragma once

#include <vector>

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::counter {

// What is useful of it now: once all of it is with its buyer, the receipt.
Paper order_paper(Stage& stage, const Model& model, const CounterOrder& order);
Paper receipt_paper(Stage& stage, const Model& model, const HandedOver& handed);
// In the order of the lines.
Paper pick_list_paper(Stage& stage, const Model& model, const std::vector<const PickLine*>& lines);
// Where a line's goods are: "Item 22727 · Aisle 5, bay A".
std::string place_words(Stage& stage, const CounterLine& line);

}  // namespace vitrine::kiosk::counter
