// SPDX-License-Identifier: Apache-2.0
// What becomes of units of a line that are missing, not wanted, or left over: found after all, waited for, something else or the
// money instead; refused; back on the shelf or written off.
// Example followed: two teacups are missing; Amelia is asked and takes her money back for them; the cake stand she does not want
// any more, and it goes back on the shelf.
#include <algorithm>
#include <array>

#include "kiosk/model/counter_steps.hpp"

namespace vitrine::kiosk {

const CounterLine* open_line_of(const OrderOnScreen& screen) {
  if (!screen.open_line || !screen.order) return nullptr;
  const auto found = std::ranges::find(screen.order->lines, screen.open_line->line, &CounterLine::line);
  return found == screen.order->lines.end() ? nullptr : &*found;
}

std::int64_t most_of(const Model& model, const CounterLine& line, LineWork work) {
  const OrderStep step = model.visit.desk.order->order->card.step;
  switch (work) {
    case LineWork::found:
    case LineWork::wait:
    case LineWork::substitute:
    case LineWork::refund:
      return step == OrderStep::over ? 0 : line.missing;
    case LineWork::refuse:
      return step == OrderStep::ready || step == OrderStep::here ? line.ready : 0;
    case LineWork::restock:
      return line.back;
    case LineWork::write_off:
      return may(model.visit.desk, "counts") ? line.back : 0;
  }
  return 0;
}

bool may_decide(const Model& model, const CounterLine& line) {
  return std::ranges::any_of(std::to_array({LineWork::found, LineWork::refuse, LineWork::restock}),
                             [&](LineWork work) { return most_of(model, line, work) > 0; });
}

bool is_complete(const LineOnScreen& line) {
  if (!line.work || line.units <= 0) return false;
  if (*line.work == LineWork::substitute) return line.instead.has_value();
  return *line.work != LineWork::refuse || !line.reason.empty();
}

namespace counter {
namespace {

// The open line while an action about it may begin.
LineOnScreen* changeable(Model& model) {
  auto& order = model.visit.desk.order;
  const bool free = order && order->acting == 0 && open_line_of(*order) != nullptr;
  return free ? &*order->open_line : nullptr;
}

}  // namespace

void open_line(Model& model, std::int64_t line) {
  auto& order = model.visit.desk.order;
  if (!order || !order->order) return;
  order->open_line.reset();
  if (line == 0) return;
  order->open_line = LineOnScreen{.line = line, .work = {}, .units = 0, .reason = {}, .instead = {}};
  const CounterLine* there = open_line_of(*order);
  if (there == nullptr || !may_decide(model, *there)) order->open_line.reset();
}

void choose_line_work(Model& model, LineWork work) {
  LineOnScreen* open = changeable(model);
  if (open == nullptr) return;
  const std::int64_t most = most_of(model, *open_line_of(*model.visit.desk.order), work);
  if (most <= 0) return;
  *open = LineOnScreen{.line = open->line, .work = work, .units = most, .reason = {}, .instead = {}};
}

void choose_refusal(Model& model, const std::string& reason) {
  if (LineOnScreen* open = changeable(model)) open->reason = reason;
}

void step_line(Model& model, std::int64_t delta) {
  LineOnScreen* open = changeable(model);
  if (open == nullptr || !open->work) return;
  const std::int64_t most = most_of(model, *open_line_of(*model.visit.desk.order), *open->work);
  open->units = std::clamp<std::int64_t>(open->units + delta, 1, std::max<std::int64_t>(most, 1));
}

void confirm_line(Model& model, Requests& out) {
  LineOnScreen* open = changeable(model);
  if (open == nullptr || !is_complete(*open)) return;
  OrderOnScreen& screen = *model.visit.desk.order;
  ActOnOrder act{.order = screen.id};
  switch (*open->work) {
    case LineWork::found:
      act.action = OrderAction::picked;
      break;
    case LineWork::wait:
    case LineWork::substitute:
    case LineWork::refund:
      act.action = OrderAction::choose;
      act.choice = *open->work == LineWork::wait ? "wait" : *open->work == LineWork::refund ? "refund" : "substitute";
      if (open->instead) act.sku = open->instead->sku.text;
      break;
    case LineWork::refuse:
      act.action = OrderAction::refuse;
      act.reason = open->reason;
      break;
    case LineWork::restock:
      act.action = OrderAction::restock;
      break;
    case LineWork::write_off:
      act.action = OrderAction::write_off;
      break;
  }
  if (act.action == OrderAction::picked || act.action == OrderAction::choose) {
    act.line = open->line;
    act.units = open->units;
  } else {
    act.lines = {{open->line, open->units}};
  }
  screen.deciding = true;
  screen.acting = ask(model, out, std::move(act));
}

bool take_substitute(Model& model, const ProductCard& card) {
  LineOnScreen* open = changeable(model);
  if (open == nullptr || open->work != LineWork::substitute) return false;
  if (card.sku.text == open_line_of(*model.visit.desk.order)->sku) {
    say(model, "same_product");
  } else {
    open->instead = card;
  }
  return true;
}

void take_decided(Model& model) {
  OrderOnScreen& screen = *model.visit.desk.order;
  const LineWork work = screen.open_line && screen.open_line->work ? *screen.open_line->work : LineWork::wait;
  screen.open_line.reset();
  const bool over = screen.order->card.step == OrderStep::over;
  const bool in_hands = std::ranges::any_of(screen.order->lines, [](const CounterLine& line) { return line.back > 0; });
  // What is left in the store's hands is seen to first.
  if (over && !in_hands) leave_order(model);
  constexpr std::array<const char*, 7> words = {"line_found",   "line_chosen",    "line_chosen",     "line_chosen",
                                                "line_refused", "line_restocked", "line_written_off"};
  say(model, over && !in_hands ? "line_last" : words[static_cast<std::size_t>(work)]);
}

}  // namespace counter
}  // namespace vitrine::kiosk
