// SPDX-License-Identifier: Apache-2.0
// What the store measures, in states worth looking at.
#include <array>

#include "tools/kiosk_shots/samples.hpp"

namespace vitrine::kiosk::samples {
namespace {

constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;

// A day of a shop by its hours, some more and some fewer; `scale` makes a larger one of it.
sync::Measures counts_of(std::int64_t at, std::int64_t scale) {
  if (at < 9 || at > 20) return {};
  const std::int64_t busy = (at * 7 % 5 + (at > 11 && at < 15 ? 3 : 1)) * scale;
  sync::Measures out;
  out.resumes = busy;
  out.recovered = busy * 2 / 5;
  out.collected = busy * 3 / 2;
  out.promises = busy;
  out.promises_kept = at == 14 ? busy - 1 : busy;
  out.no_shows = at == 18 ? 1 : 0;
  out.contacts = busy / 2 + 1;
  out.contacts_first = busy / 2;
  out.searches = busy * 6;
  out.searches_empty = busy / 2;
  out.offers = busy / 2;
  out.offers_taken = busy / 4;
  out.minutes_offline = at == 13 ? 14 : 0;
  out.minutes_served = at == 13 ? 9 : 0;
  return out;
}

void add_up(MeasuredTime& all, const MeasuredTime& one) {
  for (const sync::MeasureName& each : sync::measure_names) all.counts.*each.count += one.counts.*each.count;
  all.waits += one.waits;
}

MeasuredTime time_of(std::int64_t from, std::int64_t length, std::int64_t at, std::int64_t scale) {
  MeasuredTime time{UtcMs{from}, UtcMs{from + length}, counts_of(at, scale), 0, {}, {}};
  time.waits = time.counts.collected;
  if (time.waits > 0) time.wait_median_ms = (2 + at % 3) * minute + at * 3'000;
  if (time.waits > 0) time.wait_p90_ms = (5 + at % 4) * minute;
  return time;
}

}  // namespace

BoardSeen some_board(bool week) {
  BoardSeen board;
  board.as_of = noon.utc;
  board.week = week;
  const std::int64_t midnight = noon.utc.value / day * day;
  board.all = {UtcMs{midnight - (week ? 6 * day : 0)}, UtcMs{midnight + day}, {}, 0, 3 * minute + 40'000, 6 * minute + 25'000};
  board.before = {board.all.from.plus(-7 * day), board.as_of.plus(-7 * day), {}, 0, 4 * minute + 5'000, 8 * minute};
  for (std::int64_t i = 0; i < (week ? 7 : 24); ++i) {
    const bool to_come = !week && midnight + i * hour > noon.utc.value;
    board.slots.push_back(week ? time_of(midnight - (6 - i) * day, day, 10 + i, 9)
                               : time_of(midnight + i * hour, hour, to_come ? 0 : i, 1));
    add_up(board.all, board.slots.back());
  }
  for (int i = 9; i < (week ? 16 : 14); ++i) add_up(board.before, time_of(0, hour, i, week ? 7 : 1));
  return board;
}

Scene with_board(bool week, BoardFigure drawn) {
  Scene scene = with_queue();
  scene.wish(CounterWish{OpenBoard{}});
  if (week) scene.wish(CounterWish{ShowBoard{true}});
  scene.wish(CounterWish{DrawFigure{drawn}});
  scene.event(CounterAnswer{{scene.model.visit.number, scene.model.visit.desk.board->refresh.asked}, some_board(week)});
  return scene;
}

std::vector<Named> board_scenes() {
  return {
      {"board", [] { return with_board(false, BoardFigure::resumes); }},
      {"board-wait", [] { return with_board(false, BoardFigure::wait); }},
      {"board-week", [] { return with_board(true, BoardFigure::promise); }},
      {"board-printer",
       [] {
         Scene scene = with_board(true, BoardFigure::wait);
         scene.model.printer = PrinterAbility{.japanese = true};
         return scene;
       }},
      {"board-loading",
       [] {
         Scene scene = with_queue();
         scene.wish(CounterWish{OpenBoard{}});
         return scene;
       }},
      {"board-empty",
       [] {
         Scene scene = with_board(false, BoardFigure::offers);
         BoardSeen& seen = *scene.model.visit.desk.board->seen;
         for (MeasuredTime* each : {&seen.all, &seen.before}) *each = {each->from, each->until, {}, 0, {}, {}};
         for (MeasuredTime& each : seen.slots) each = {each.from, each.until, {}, 0, {}, {}};
         return scene;
       }},
      {"board-failed",
       [] {
         Scene scene = with_queue();
         scene.wish(CounterWish{OpenBoard{}});
         scene.event(RequestFailed{{scene.model.visit.number, scene.model.visit.desk.board->refresh.asked}, "database_busy"});
         return scene;
       }},
      {"board-offline", [] { return offline(with_board(false, BoardFigure::offline)); }},
  };
}

}  // namespace vitrine::kiosk::samples
