// SPDX-License-Identifier: Apache-2.0
// What a person agreed to, in words: each purpose, the receipt of a change as text and on paper, and the row that leads there.
#pragma once

#include <optional>
#include <string>

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::shopper {

struct PurposeWords {
  Icon icon = Icon::none;
  bool news = false;  // something is sent; else something is known
  std::string title, line;
};
// None: a purpose of a later edge, which this kiosk has no words for.
std::optional<PurposeWords> purpose_words(Stage& stage, const std::string& purpose);
// "News by post: off"
std::string state_words(Stage& stage, const std::string& purpose, bool granted);
// "Monday 24 November, 14:00"
std::string receipt_time(Stage& stage, UtcMs at);
// In groups of four, as it is read and compared.
std::string receipt_number(Stage& stage, const std::string& number);

// All changes of the visit as lines of text, for a code. No name is in it.
std::string receipt_text(Stage& stage, const Model& model, const Choices& choices);
Paper receipt_paper(Stage& stage, const Model& model, const Choices& choices);

// At the end of a cart.
float choices_row_height(Stage& stage, float width);
void draw_choices_row(Stage& stage, const Box& box);

// Each step of the screen.
void draw_choice_receipt(Stage& stage, const Model& model, const Choices& choices);

}  // namespace vitrine::kiosk::shopper
