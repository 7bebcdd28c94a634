// SPDX-License-Identifier: Apache-2.0
// The board of what the store measures: read anew every some seconds while somebody looks at it.
#include "kiosk/model/counter_steps.hpp"

namespace vitrine::kiosk::counter {

void open_board(Model& model, Requests& out) {
  Desk& desk = model.visit.desk;
  if (!desk.board) desk.board.emplace();
  desk.board->seen.reset();  // what it was then is no answer now
  desk.board->failed.clear();
  desk.board->refresh.stale = true;
  desk.board->asked_at = model.now.mono;
  model.visit.route = Route::board;
  refresh(model, out);
}

void show_board(Model& model, bool week, Requests& out) {
  auto& board = model.visit.desk.board;
  if (!board || board->week == week) return;
  board->week = week;
  board->refresh = {};  // an answer that is on its way is about the other one
  open_board(model, out);
}

void take_board(Model& model, const Asked& asked, BoardSeen seen) {
  auto& board = model.visit.desk.board;
  if (!board || asked.number != board->refresh.asked) return;
  board->refresh.asked = 0;
  board->failed.clear();
  board->seen = std::move(seen);
}

bool take_board_failure(Model& model, const RequestFailed& event) {
  auto& board = model.visit.desk.board;
  if (!board || board->refresh.asked == 0 || event.asked.number != board->refresh.asked) return false;
  board->refresh.asked = 0;
  board->failed = event.code;
  return true;
}

void mind_board(Model& model) {
  auto& board = model.visit.desk.board;
  if (model.visit.route != Route::board || !board || model.now.mono < board->asked_at.plus(board_again_ms)) return;
  board->asked_at = model.now.mono;
  board->refresh.stale = true;
}

}  // namespace vitrine::kiosk::counter
