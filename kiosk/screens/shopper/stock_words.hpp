// SPDX-License-Identifier: Apache-2.0
// How many are here and where, in the words and colour of the figure's age (kiosk-ui section 8, Freshness).
#pragma once

#include <optional>
#include <string>

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::shopper {

struct StockWords {
  std::string text;  // empty: nothing is known
  Colour colour;
  Icon icon = Icon::place;
};

// None here, by a figure that can be trusted.
bool is_sold_out(const Model& model, const std::optional<StockHere>& known);
// Aisle and bay, as far as they are known.
std::string place_words(Stage& stage, const StockHere& stock);
StockWords stock_words(Stage& stage, const Model& model, const std::optional<StockHere>& known);
// The same for a product that is offered: one that is not here is said to be sold out.
StockWords offer_words(Stage& stage, const Model& model, const std::optional<StockHere>& known);

}  // namespace vitrine::kiosk::shopper
