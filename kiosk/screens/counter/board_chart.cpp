// SPDX-License-Identifier: Apache-2.0
// Bars on lines: how many, of how many, or how long. Every bar has its number above it and its hour below; what is filled of a
// bar is named under the chart, so that no colour has to be told from another.
#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "kiosk/screens/counter/board_parts.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float pad = 28;
constexpr std::size_t usual_first = 8;  // hours that stand there although nothing happened in them
constexpr std::size_t usual_last = 19;

struct Bar {
  std::int64_t whole = 0;              // how high it is
  std::optional<std::int64_t> part{};  // of it, filled
  std::optional<std::int64_t> mark{};  // a line above it
  std::string words{};                 // above it; empty: nothing happened
};

std::int64_t minutes_of(std::int64_t ms) { return (ms + 30'000) / 60'000; }

Bar bar_of(Stage& stage, BoardFigure figure, const MeasuredTime& time) {
  const sync::Measures& c = time.counts;
  const auto plain = [&](std::int64_t n) { return Bar{n, {}, {}, n > 0 ? stage.texts.number(n) : std::string()}; };
  const auto parts = [&](std::int64_t part, std::int64_t whole) {
    const std::string words = std::to_string(part) + "/" + std::to_string(whole);
    return Bar{whole, part, {}, whole > 0 ? words : std::string()};
  };
  switch (figure) {
    case BoardFigure::resumes:
      return plain(c.resumes);
    case BoardFigure::recovered:
      return plain(c.recovered);
    case BoardFigure::wait:
      if (!time.wait_median_ms || !time.wait_p90_ms) return {};
      return {minutes_of(*time.wait_median_ms),
              {},
              minutes_of(*time.wait_p90_ms),
              stage.texts.number(minutes_of(*time.wait_median_ms)) + "–" + stage.texts.number(minutes_of(*time.wait_p90_ms))};
    case BoardFigure::promise:
      return parts(c.promises_kept, c.promises);
    case BoardFigure::no_shows:
      return plain(c.no_shows);
    case BoardFigure::contacts:
      return parts(c.contacts_first, c.contacts);
    case BoardFigure::searches:
      return parts(c.searches_empty, c.searches);
    case BoardFigure::offers:
      return parts(c.offers_taken, c.offers);
    case BoardFigure::offline:
      break;
  }
  return parts(c.minutes_served, c.minutes_offline);
}

// What the filled part, or the mark, says; none: there is none.
const char* part_key(BoardFigure figure) {
  constexpr std::array<const char*, board_figures> keys = {nullptr,
                                                           nullptr,
                                                           "board_part.wait",
                                                           "board_part.promise",
                                                           nullptr,
                                                           "board_part.contacts",
                                                           "board_part.searches",
                                                           "board_part.offers",
                                                           "board_part.offline"};
  return keys[static_cast<std::size_t>(figure)];
}

// 2, 4, 10, 20, 40, 100 …: half of it is a whole number.
std::int64_t top_of(std::int64_t most) {
  for (std::int64_t ten = 1;; ten *= 10) {
    for (const std::int64_t top : {2 * ten, 4 * ten, 10 * ten}) {
      if (most <= top) return top;
    }
  }
}

struct Shown {
  std::vector<const MeasuredTime*> times;
  std::vector<Bar> bars;
  std::size_t now = 0;
};

Shown shown_of(Stage& stage, const BoardOnScreen& board, const BoardSeen& seen) {
  std::size_t first = 0;
  std::size_t last = seen.slots.size() - 1;
  std::vector<Bar> all;
  for (const MeasuredTime& one : seen.slots) all.push_back(bar_of(stage, board.drawn, one));
  const auto is_now = [&](const MeasuredTime& one) { return one.from <= seen.as_of && seen.as_of < one.until; };
  if (!seen.week && seen.slots.size() > usual_last + 1) {
    const auto counts = [&](std::size_t i) { return !all[i].words.empty() || is_now(seen.slots[i]); };
    while (first < usual_first && !counts(first)) ++first;
    while (last > usual_last && !counts(last)) --last;
  }
  Shown shown;
  for (std::size_t i = first; i <= last; ++i) {
    if (is_now(seen.slots[i])) shown.now = i - first;
    shown.times.push_back(&seen.slots[i]);
    shown.bars.push_back(std::move(all[i]));
  }
  return shown;
}

std::string name_of(Stage& stage, const BoardSeen& seen, const MeasuredTime& time) {
  return seen.week ? stage.texts.short_day(time.from) : stage.texts.clock(time.from);
}

// One sentence for who does not see it: each hour or day in which something happened.
std::string spoken_of(Stage& stage, const BoardSeen& seen, const Shown& shown) {
  std::string words;
  for (std::size_t i = 0; i < shown.bars.size(); ++i) {
    if (shown.bars[i].words.empty()) continue;
    words += (words.empty() ? "" : ", ") + name_of(stage, seen, *shown.times[i]) + " " + shown.bars[i].words;
  }
  return words.empty() ? stage.texts.say("board.nothing") : words;
}

void draw_bars(Stage& stage, const BoardSeen& seen, const Shown& shown, const Box& field, std::int64_t top) {
  const Theme& theme = stage.theme;
  const auto y_of = [&](std::int64_t value) {
    return field.bottom() - field.h * static_cast<float>(value) / static_cast<float>(top);
  };
  for (const std::int64_t level : {top, top / 2, std::int64_t{0}}) {
    const float y = y_of(level);
    stage.canvas.fill({field.x, y - 1, field.w, 2}, level == 0 ? theme.line_strong : theme.line);
    stage.canvas.text(Type::desk_rail, {field.x - 12, y - stage.line(Type::desk_rail) / 2}, theme.ink_2,
                      stage.texts.number(level), Align::right);
  }
  const auto count = static_cast<float>(shown.bars.size());
  const float step = field.w / count;
  const float wide = std::min(step * 0.68F, 64.0F);
  const auto each_label = static_cast<std::size_t>(seen.week || step > 90 ? 1 : step > 45 ? 2 : 3);
  for (std::size_t i = 0; i < shown.bars.size(); ++i) {
    const Bar& bar = shown.bars[i];
    const float middle = field.x + (static_cast<float>(i) + 0.5F) * step;
    const bool now = i == shown.now;
    const Box whole{middle - wide / 2, y_of(bar.whole), wide, field.bottom() - y_of(bar.whole)};
    if (bar.whole > 0) {
      const float round = std::min(8.0F, whole.h);
      stage.canvas.fill(whole, bar.part ? theme.primary_tint : theme.primary, round, Corners::top);
      if (bar.part) {
        const Box part{whole.x, y_of(*bar.part), wide, field.bottom() - y_of(*bar.part)};
        if (*bar.part > 0) stage.canvas.fill(part, theme.primary, std::min(round, part.h), Corners::top);
        stage.canvas.outline(whole, theme.line_strong, 2, 0);
      }
    }
    float above = y_of(bar.whole);
    if (bar.mark) {
      above = std::min(above, y_of(*bar.mark));
      stage.canvas.fill({whole.x - 4, y_of(*bar.mark) - 2, wide + 8, 4}, theme.ink);
    }
    if (!bar.words.empty()) {
      const Type type = stage.fitting({Type::desk_badge, Type::desk_rail}, bar.words, step - 2);
      stage.canvas.text(type, {middle, above - stage.line(type) - 4}, theme.ink, bar.words, Align::centre);
    }
    const std::string name = name_of(stage, seen, *shown.times[i]);
    if (i % each_label == 0)
      stage.canvas.text(Type::desk_rail, {middle, field.bottom() + 12}, now ? theme.ink : theme.ink_2, name, Align::centre);
    if (now) stage.canvas.fill({middle - wide / 2, field.bottom() + 4, wide, 5}, theme.primary);
  }
}

void legend(Stage& stage, Point at, Colour inner, Colour edge, bool line, const std::string& words, float room) {
  if (line) {
    stage.canvas.fill({at.x, at.y + 10, 24, 4}, inner);
  } else {
    stage.canvas.fill({at.x, at.y, 24, 24}, inner, 4);
    stage.canvas.outline({at.x, at.y, 24, 24}, edge, 2, 4);
  }
  stage.write({at.x + 36, at.y, room - 36, 0}, words, {.type = Type::desk_caption, .colour = stage.theme.ink_2});
}

}  // namespace

void draw_chart(Stage& stage, const BoardOnScreen& board, const BoardSeen& seen, const Box& place) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  card_of(stage, place);
  const float room = place.w - 2 * pad;
  const std::string title = words_of(stage, board.drawn, seen.all).title;
  const std::string by = t.say(seen.week ? "board.by_day" : "board.by_hour");
  float y = place.y + pad - 4;
  y += stage.write({place.x + pad, y, room, 0}, title,
                   {.role = Role::heading,
                    .type = stage.fitting({Type::desk_head, Type::desk_label}, title, room),
                    .colour = theme.ink,
                    .lines_max = 2,
                    .id = "chart.title"});
  const bool is_wait = board.drawn == BoardFigure::wait;
  y += stage.write({place.x + pad, y + 4, room, 0}, is_wait ? by + ", " + t.say("board.in_minutes") : by,
                   {.type = Type::desk_caption, .colour = theme.ink_2}) +
       4;
  const Shown shown = shown_of(stage, board, seen);
  std::int64_t most = 0;
  for (const Bar& bar : shown.bars) most = std::max({most, bar.whole, bar.mark.value_or(0)});
  const char* part = part_key(board.drawn);
  const float foot = part == nullptr ? 20.0F : 64.0F;
  const Box field{place.x + pad + 48, y + 56, room - 48, place.bottom() - pad - foot - 40 - (y + 56)};
  draw_bars(stage, seen, shown, field, top_of(most));
  const bool nothing = std::ranges::all_of(shown.bars, [](const Bar& bar) { return bar.words.empty(); });
  if (nothing)
    stage.write({field.x, field.y + field.h / 4 - 14, field.w, 0}, t.say("board.nothing"),
                {.type = Type::desk_body, .colour = theme.ink_2, .align = Align::centre});
  stage.describe(Role::image, field, "board.chart", title + ", " + by, spoken_of(stage, seen, shown));
  if (part == nullptr) return;
  const float half = room / 2;
  const Point at{place.x + pad, place.bottom() - pad - 24};
  if (is_wait) {
    legend(stage, at, theme.primary, theme.primary, false, t.say("board.half_within"), half);
    legend(stage, {at.x + half, at.y}, theme.ink, theme.ink, true, t.say(part), half);
  } else {
    legend(stage, at, theme.primary, theme.line_strong, false, t.say(part), half);
    legend(stage, {at.x + half, at.y}, theme.primary_tint, theme.line_strong, false, t.say("board.whole"), half);
  }
}

}  // namespace vitrine::kiosk::counter
