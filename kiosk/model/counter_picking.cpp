// SPDX-License-Identifier: Apache-2.0
// What is to be fetched for all open orders: a line is taken, so that nobody else goes for it, the product is scanned, and what
// was found is written down. Example followed: Tom takes two teacups of aisle 5, scans one, finds one, and the other is missing;
// it was the order's last line, and he says where he put it.
#include <algorithm>
#include <utility>

#include "kiosk/model/counter_steps.hpp"

namespace vitrine::kiosk {

const PickLine* pick_line_of(const Model& model, const std::string& order, std::int64_t line) {
  const std::vector<PickLine>& lines = model.visit.desk.picking;
  const auto found = std::ranges::find_if(
      lines, [&](const PickLine& one) { return one.order == order && one.line.line == line && one.line.waiting > 0; });
  return found == lines.end() ? nullptr : &*found;
}

std::string taker_of(const Model& model, const CounterLine& line) {
  const bool holds = model.now.utc.value - line.picked_by_at.value < pick_mark_ms;
  return holds ? line.picked_by : std::string();
}

bool is_mine(const Model& model, const CounterLine& line) {
  const auto& session = model.visit.desk.session;
  return session && taker_of(model, line) == short_name(session->who.name, session->who.initial);
}

namespace counter {
namespace {

std::string my_name(const Model& model) {
  const Colleague& who = model.visit.desk.session->who;
  return short_name(who.name, who.initial);
}

// The open line, when something may be done with it.
const PickLine* idle_line(const Model& model) {
  const auto& pick = model.visit.desk.pick;
  return pick && pick->acting == 0 && !pick->order.empty() ? pick_line_of(model, pick->order, pick->line) : nullptr;
}

void close_line(PickOnScreen& pick) {
  pick.order.clear();
  pick.line = pick.found = 0;
  pick.scanned = false;
  pick.wrong.reset();
  pick.scanning = 0;
}

void open_line(PickOnScreen& pick, const PickLine& line) {
  close_line(pick);
  pick.order = line.order;
  pick.line = line.line.line;
  pick.found = line.line.waiting;
}

void act(Model& model, ActOnOrder what, std::int64_t line, Requests& out) {
  PickOnScreen& pick = *model.visit.desk.pick;
  pick.action = what.action;
  pick.acts_on = what.order;
  pick.acts_on_line = line;
  pick.acting = ask(model, out, std::move(what));
}

}  // namespace

void open_pick_list(Model& model, Requests& out) {
  Desk& desk = model.visit.desk;
  if (!may(desk, "orders")) return say(model, "not_permitted");
  if (!desk.pick) desk.pick.emplace();
  desk.picking_refresh.stale = true;
  model.visit.route = Route::picking;
  refresh(model, out);
}

void take_pick(Model& model, const TakePick& wish, Requests& out) {
  Desk& desk = model.visit.desk;
  if (!desk.pick || desk.pick->acting != 0) return;
  if (wish.line == 0) {
    open_order(model, wish.order, out);
    desk.order->from_list = true;
    return;
  }
  const PickLine* line = pick_line_of(model, wish.order, wish.line);
  if (line == nullptr) return say(model, "pick_gone");
  if (is_mine(model, line->line)) return open_line(*desk.pick, *line);
  if (!taker_of(model, line->line).empty()) return say(model, "pick_taken");
  act(model, ActOnOrder{.order = wish.order, .action = OrderAction::pick, .who = my_name(model), .lines = {{wish.line, 0}}},
      wish.line, out);
}

void put_back_pick(Model& model, Requests& out) {
  const PickLine* line = idle_line(model);
  if (line == nullptr) return;
  const std::int64_t number = line->line.line;
  act(model, ActOnOrder{.order = line->order, .action = OrderAction::put_down, .who = my_name(model), .lines = {{number, 0}}},
      number, out);
}

void count_pick(Model& model, std::int64_t delta) {
  const PickLine* line = idle_line(model);
  if (line == nullptr) return;
  PickOnScreen& pick = *model.visit.desk.pick;
  pick.found = std::clamp<std::int64_t>(pick.found + delta, 0, line->line.waiting);
}

void finish_pick(Model& model, bool none, Requests& out) {
  const PickLine* line = idle_line(model);
  if (line == nullptr) return;
  const std::int64_t found = none ? 0 : std::min(model.visit.desk.pick->found, line->line.waiting);
  act(model,
      ActOnOrder{.order = line->order,
                 .action = OrderAction::picked,
                 .line = line->line.line,
                 .units = found,
                 .missing = line->line.waiting - found},
      line->line.line, out);
}

bool step_back_in_picking(Model& model) {
  Desk& desk = model.visit.desk;
  if (model.visit.route != Route::picking || !desk.pick || desk.pick->order.empty()) return false;
  if (desk.pick->acting == 0) close_line(*desk.pick);
  return true;
}

void scan_pick(Model& model, const std::string& code, Requests& out) {
  Desk& desk = model.visit.desk;
  if (!desk.pick || desk.pick->acting != 0) return;
  desk.pick->scanning = ++model.visit.requests;
  out.emplace_back(FetchProduct{{model.visit.number, desk.pick->scanning}, code, true});
}

bool take_pick_product(Model& model, const ProductArrived& event, Requests& out) {
  Desk& desk = model.visit.desk;
  if (!desk.pick || desk.pick->scanning == 0 || event.asked.visit != model.visit.number ||
      event.asked.number != desk.pick->scanning)
    return false;
  PickOnScreen& pick = *desk.pick;
  pick.scanning = 0;
  const std::string& sku = event.page.card.sku.text;
  if (const PickLine* line = idle_line(model)) {
    pick.scanned = line->line.sku == sku;
    pick.wrong = pick.scanned ? std::nullopt : std::optional(event.page.card);
    return true;
  }
  // From the list, the product itself says which line: mine before one that is free.
  const PickLine* free = nullptr;
  const PickLine* taken = nullptr;
  for (const PickLine& line : desk.picking) {
    if (line.line.sku != sku || line.line.waiting <= 0) continue;
    const bool open = taker_of(model, line.line).empty() || is_mine(model, line.line);
    const PickLine*& best = open ? free : taken;
    if (best == nullptr || (open && !is_mine(model, best->line) && is_mine(model, line.line))) best = &line;
  }
  if (free == nullptr) return say(model, taken != nullptr ? "pick_taken" : "pick_not_wanted"), true;
  take_pick(model, {free->order, free->line.line}, out);
  return true;
}

bool take_pick_done(Model& model, const Asked& asked, const CounterOrder& order) {
  Desk& desk = model.visit.desk;
  if (!desk.pick || desk.pick->acting == 0 || asked.number != desk.pick->acting) return false;
  PickOnScreen& pick = *desk.pick;
  pick.acting = 0;
  desk.orders_refresh.stale = desk.picking_refresh.stale = true;
  const auto now = std::ranges::find(order.lines, pick.acts_on_line, &CounterLine::line);
  // What it is by now stands in the list at once; the list itself follows.
  const auto known = std::ranges::find_if(
      desk.picking, [&](const PickLine& one) { return one.order == pick.acts_on && one.line.line == pick.acts_on_line; });
  if (known != desk.picking.end() && now != order.lines.end()) known->line = *now;
  if (pick.action == OrderAction::pick) {
    if (model.visit.route == Route::picking && known != desk.picking.end() && known->line.waiting > 0) open_line(pick, *known);
    return true;
  }
  close_line(pick);
  const bool last = pick.action == OrderAction::picked && is_picked(order) && order.card.step == OrderStep::to_prepare;
  if (!last || model.visit.route != Route::picking) return true;
  // All of it is counted: where does it go?
  desk.order.emplace();
  desk.order->id = order.card.order;
  desk.order->order = order;
  desk.order->from_list = true;
  model.visit.route = Route::order;
  return true;
}

void mind_pick(Model& model) {
  Desk& desk = model.visit.desk;
  if (!desk.pick || desk.pick->order.empty() || desk.pick->acting != 0) return;
  const PickLine* line = pick_line_of(model, desk.pick->order, desk.pick->line);
  // An answer that is older than the mark has nobody's; somebody else's is newer.
  if (line != nullptr && (taker_of(model, line->line).empty() || is_mine(model, line->line))) {
    desk.pick->found = std::min(desk.pick->found, line->line.waiting);
    return;
  }
  close_line(*desk.pick);
  say(model, line == nullptr ? "pick_gone" : "pick_taken");
}

bool take_pick_failure(Model& model, const RequestFailed& event) {
  auto& pick = model.visit.desk.pick;
  if (!pick) return false;
  if (pick->scanning != 0 && event.asked.number == pick->scanning) {
    pick->scanning = 0;
    say(model, event.code);
    return true;
  }
  if (pick->acting == 0 || event.asked.number != pick->acting) return false;
  pick->acting = 0;
  // What the list shows may be old: somebody else was quicker.
  mark_stale(model.visit.desk);
  say(model, event.code == "line_taken" ? "pick_taken" : event.code);
  return true;
}

}  // namespace counter
}  // namespace vitrine::kiosk
