// SPDX-License-Identifier: Apache-2.0
// Pieces of the board.
#pragma once

#include <string>

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::counter {

// What a figure is called, as large as it is read, and what stands below it.
struct FigureWords {
  const char* id = "";  // "resumes"
  std::string title;
  std::string figure;
  std::string line;
};
FigureWords words_of(Stage& stage, BoardFigure figure, const MeasuredTime& time);

// "4:10 min"
std::string wait_words(Stage& stage, std::int64_t ms);

// The nine figures, each beside that of a week before: what is taken along.
Paper board_paper(Stage& stage, const Model& model, const BoardOnScreen& board);

// The chosen figure over the hours or days: a bar each, with its number; told as one sentence.
void draw_chart(Stage& stage, const BoardOnScreen& board, const BoardSeen& seen, const Box& place);

}  // namespace vitrine::kiosk::counter
