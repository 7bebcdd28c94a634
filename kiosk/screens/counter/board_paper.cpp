// SPDX-License-Identifier: Apache-2.0
// The board on paper.
#include "kiosk/screens/counter/board_parts.hpp"

namespace vitrine::kiosk::counter {

Paper board_paper(Stage& stage, const Model& model, const BoardOnScreen& board) {
  Texts& t = stage.texts;
  const BoardSeen& seen = *board.seen;
  Paper paper{.language = t.language(), .parts = {}};
  const auto add = [&](auto part) { paper.parts.emplace_back(std::move(part)); };
  const auto centred = [&](std::string words, PaperSize size, bool strong) {
    add(PaperWords{.left = std::move(words), .align = PaperAlign::centre, .size = size, .strong = strong});
  };
  centred(model.store->brand, PaperSize::large, true);
  centred(model.store->name, PaperSize::normal, false);
  centred(t.say("paper.when", {{"day", t.day(seen.as_of)}, {"time", t.clock(seen.as_of)}}), PaperSize::normal, false);
  add(PaperGap{});
  centred(t.say("board.title"), PaperSize::normal, true);
  centred(t.say(board.week ? "board.week" : "board.today"), PaperSize::normal, true);
  add(PaperRule{});
  for (std::size_t i = 0; i < board_figures; ++i) {
    const FigureWords words = words_of(stage, static_cast<BoardFigure>(i), seen.all);
    add(PaperWords{.left = words.title, .right = words.figure, .strong = true});
    add(PaperWords{.left = "   " + words.line});
    add(PaperWords{.left = "   " +
                           t.say("board.before", {{"value", words_of(stage, static_cast<BoardFigure>(i), seen.before).figure}})});
  }
  add(PaperRule{});
  add(PaperGap{});
  return paper;
}

}  // namespace vitrine::kiosk::counter
