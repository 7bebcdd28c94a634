// SPDX-License-Identifier: Apache-2.0
// What the store measures, at a glance: nine figures beside those of a week before, and the chosen one over time.
#include <array>
#include <cstdio>

#include "kiosk/screens/counter/board_parts.hpp"
#include "kiosk/screens/counter/desk.hpp"
#include "kiosk/screens/counter/queue_parts.hpp"
#include "kiosk/screens/counter/screens.hpp"

namespace vitrine::kiosk::counter {
namespace {

constexpr float gap = 20;
constexpr float pad = 24;

// "92%", or a dash of nothing; all of it alone is "100%".
std::string share_words(Stage& stage, std::int64_t part, std::int64_t whole) {
  if (whole == 0) return "–";
  return stage.texts.say("board.percent", {{"n", part * 100 / whole}});
}

void draw_tile(Stage& stage, const BoardOnScreen& board, const BoardSeen& seen, BoardFigure figure, const Box& box) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  const FigureWords words = words_of(stage, figure, seen.all);
  const std::string before = t.say("board.before", {{"value", words_of(stage, figure, seen.before).figure}});
  const bool drawn = board.drawn == figure;
  TargetSpec target{.id = std::string("board.") + words.id, .box = box, .label = words.title, .radius = 24 * theme.corner_scale};
  target.value = words.figure;
  target.spoken = words.title + ": " + words.figure + ". " + words.line + " " + before;
  target.selected = drawn;
  const TargetState state = stage.target(target);
  card_of(stage, box);
  if (drawn || state.press > 0)
    stage.canvas.fill(box, mix(theme.surface, theme.primary_tint, drawn ? 1.0 : static_cast<double>(state.press)),
                      24 * theme.corner_scale);
  if (drawn) stage.canvas.outline(box, theme.primary, 4, 24 * theme.corner_scale);
  const float room = box.w - 2 * pad;
  float y = box.y + pad - 4;
  y += stage.write({box.x + pad, y, room, 0}, words.title, {.type = Type::desk_label, .colour = theme.ink, .lines_max = 2});
  const Type large = stage.fitting({Type::desk_figure, Type::desk_title, Type::desk_head}, words.figure, room);
  const float foot = stage.height_of(before, Type::desk_caption, room);
  const float line = stage.height_of(words.line, Type::desk_caption, room);
  float low = box.bottom() - pad + 4 - foot;
  stage.write({box.x + pad, low, room, 0}, before, {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 2});
  low -= line + 6;
  stage.write({box.x + pad, low, room, 0}, words.line, {.type = Type::desk_caption, .colour = theme.ink_2, .lines_max = 2});
  stage.write_centred({box.x + pad, y, room, low - y}, words.figure,
                      {.role = Role::status, .type = large, .colour = theme.ink, .id = std::string("figure.") + words.id});
  if (state.acted) stage.want(CounterWish{DrawFigure{figure}});
}

void draw_head(Stage& stage, const Model& model, const BoardOnScreen& board, const Box& free) {
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  if (round_button(stage, {free.x, free.y + 18}, "back", t.say("top.back"), Icon::arrow_back, true)) stage.want(GoBack{});
  const float wide = 240;
  const Box week{free.right() - wide, free.y + 26, wide, 72};
  const Box today{week.x - 16 - wide, week.y, wide, 72};
  float right = today.x - 24;
  if (board.seen && can_print(model)) {
    const ButtonSpec print{.id = "board.print",
                           .label = t.say("order.print"),
                           .kind = ButtonKind::tertiary,
                           .icon = Icon::print,
                           .desk = true,
                           .enabled = !model.visit.printing};
    const float wide_print = button_width(stage, print);
    if (button(stage, {right - wide_print, today.y, wide_print, 72}, print))
      stage.want(PrintPaper{board_paper(stage, model, board)});
    right -= wide_print + 24;
  }
  const float room = right - free.x - 112;
  const std::string title = t.say("board.title");
  stage.write({free.x + 112, free.y + 20, room, 0}, title,
              {.role = Role::heading,
               .type = stage.fitting({Type::desk_title, Type::desk_head}, title, room),
               .colour = theme.ink,
               .id = "board.title"});
  if (board.seen) {
    const bool stale = !board.failed.empty() || !model.edge_present;
    const std::string time = t.clock(board.seen->as_of);
    stage.write({free.x + 112, free.y + 72, room, 0}, t.say(stale ? "board.stale" : "board.as_of", {{"time", time}}),
                {.role = Role::status, .type = Type::desk_body, .colour = stale ? theme.warn : theme.ink_2, .id = "board.as_of"});
  }
  if (plate(stage, today, "board.today", t.say("board.today"), !board.week, true)) stage.want(CounterWish{ShowBoard{false}});
  if (plate(stage, week, "board.week", t.say("board.week"), board.week, true)) stage.want(CounterWish{ShowBoard{true}});
}

}  // namespace

std::string wait_words(Stage& stage, std::int64_t ms) {
  const std::int64_t seconds = (ms + 500) / 1000;
  char time[32];
  std::snprintf(time, sizeof time, "%lld:%02d", static_cast<long long>(seconds / 60), static_cast<int>(seconds % 60));
  return stage.texts.say("board.wait_time", {{"time", std::string(time)}});
}

FigureWords words_of(Stage& stage, BoardFigure figure, const MeasuredTime& time) {
  Texts& t = stage.texts;
  const sync::Measures& c = time.counts;
  const auto parts = [&](const char* key, std::int64_t part, std::int64_t whole) {
    return t.say(key, {{"part", part}, {"n", whole}});
  };
  switch (figure) {
    case BoardFigure::resumes:
      return {"resumes", t.say("board.resumes"), t.number(c.resumes), t.say("board.resumes_line")};
    case BoardFigure::recovered:
      return {"recovered", t.say("board.recovered"), t.number(c.recovered), t.say("board.recovered_line")};
    case BoardFigure::wait:
      return {"wait", t.say("board.wait"), time.wait_median_ms ? wait_words(stage, *time.wait_median_ms) : "–",
              time.wait_p90_ms ? t.say("board.wait_line", {{"time", wait_words(stage, *time.wait_p90_ms)}, {"n", time.waits}})
                               : t.say("board.wait_none")};
    case BoardFigure::promise:
      return {"promise", t.say("board.promise"), share_words(stage, c.promises_kept, c.promises),
              parts("board.promise_line", c.promises_kept, c.promises)};
    case BoardFigure::no_shows:
      return {"no_shows", t.say("board.no_shows"), t.number(c.no_shows), t.say("board.no_shows_line", {{"n", c.collected}})};
    case BoardFigure::contacts:
      return {"contacts", t.say("board.contacts"), share_words(stage, c.contacts_first, c.contacts),
              parts("board.contacts_line", c.contacts_first, c.contacts)};
    case BoardFigure::searches:
      return {"searches", t.say("board.searches"), t.number(c.searches_empty), t.say("board.searches_line", {{"n", c.searches}})};
    case BoardFigure::offers:
      return {"offers", t.say("board.offers"), t.number(c.offers_taken), t.say("board.offers_line", {{"n", c.offers}})};
    case BoardFigure::offline:
      break;
  }
  return {"offline", t.say("board.offline"), t.say("board.minutes", {{"n", c.minutes_served}}),
          t.say("board.offline_line", {{"n", c.minutes_offline}})};
}

void draw_board(Stage& stage, const Model& model) {
  const Box free = draw_desk(stage, model);
  const Theme& theme = stage.theme;
  Texts& t = stage.texts;
  stage.tree.announcement = t.say("board.title");
  if (!model.visit.desk.board) return;
  const BoardOnScreen& board = *model.visit.desk.board;
  draw_head(stage, model, board, free);
  if (!board.seen) {
    const bool failed = !board.failed.empty();
    stage.write({free.x, free.y + 130, free.w, 0}, t.say(failed ? "board.failed" : "sign_in.loading"),
                {.role = Role::status,
                 .type = failed ? Type::desk_label : Type::desk_body,
                 .colour = failed ? theme.warn : theme.ink_2,
                 .lines_max = 2,
                 .id = failed ? "board.failed" : "board.loading"});
    return;
  }
  const BoardSeen& seen = *board.seen;
  const auto spoken = [&](BoardFigure figure) {
    const FigureWords words = words_of(stage, figure, seen.all);
    return words.title + ": " + words.figure;
  };
  stage.tree.announcement += ". " + t.say(board.week ? "board.week" : "board.today") + ". " + spoken(BoardFigure::resumes) +
                             ". " + spoken(BoardFigure::wait) + ". " + spoken(BoardFigure::promise) + ".";
  const float top = free.y + 126;
  const Box below{free.x, top, free.w, free.bottom() - 20 - top};
  const float left = 1010;
  const float w = (left - 2 * gap) / 3;
  const float h = (below.h - 2 * gap) / 3;
  for (std::size_t i = 0; i < board_figures; ++i) {
    const Box box{below.x + static_cast<float>(i % 3) * (w + gap), below.y + static_cast<float>(i / 3) * (h + gap), w, h};
    draw_tile(stage, board, seen, static_cast<BoardFigure>(i), box);
  }
  draw_chart(stage, board, seen, {below.x + left + gap, below.y, below.w - left - gap, below.h});
}

}  // namespace vitrine::kiosk::counter
