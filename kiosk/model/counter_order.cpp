// SPDX-License-Identifier: Apache-2.0
// One order at the counter: picked line by line, put on a shelf, handed to whoever shows its code, its pass or their face.
#include <algorithm>
#include <utility>

#include "kiosk/model/counter_proof.hpp"
#include "kiosk/model/counter_steps.hpp"

namespace vitrine::kiosk {

bool is_picked(const CounterOrder& order) {
  return std::ranges::none_of(order.lines, [](const CounterLine& line) { return line.waiting > 0; });
}

std::int64_t found_of(const OrderOnScreen& screen, const CounterLine& line) {
  const auto counted = screen.found.find(line.line);
  return counted == screen.found.end() ? line.waiting : std::min(counted->second, line.waiting);
}

bool may_have_shown_code(const Model& model, const OrderOnScreen& screen) {
  if (!screen.order || screen.not_verified) return false;
  const OrderCard& card = screen.order->card;
  return card.step == OrderStep::here && model.now.utc.value - card.arrived_at.value < verified_ms;
}

std::string proof_of(const Model& model, const OrderOnScreen& screen) {
  if (screen.proof != "kiosk") return screen.proof;
  return may_have_shown_code(model, screen) ? "code" : std::string();
}

namespace counter {
namespace {

const CounterLine* line_of(const OrderOnScreen& screen, std::int64_t number) {
  if (!screen.order) return nullptr;
  const auto found = std::ranges::find(screen.order->lines, number, &CounterLine::line);
  return found == screen.order->lines.end() ? nullptr : &*found;
}

// The order on the screen when an action on it may begin: one at a time.
OrderOnScreen* idle_order(Model& model) {
  Desk& desk = model.visit.desk;
  return desk.order && desk.order->order && desk.order->acting == 0 ? &*desk.order : nullptr;
}

std::string my_name(const Model& model) {
  const Colleague& who = model.visit.desk.session->who;
  return short_name(who.name, who.initial);
}

void forget_code(OrderOnScreen& screen) {
  screen.code = {};
  screen.phone = {};
  screen.pass.clear();
  screen.code_right = false;
  screen.checking = 0;
}

bool is_digit(const KeyTouch& touch) {
  return touch.kind != KeyTouch::Kind::text || (touch.text.size() == 1 && touch.text[0] >= '0' && touch.text[0] <= '9');
}

}  // namespace

void open_order(Model& model, const std::string& id, Requests& out) {
  Desk& desk = model.visit.desk;
  if (!desk.order || desk.order->id != id) {
    desk.order.emplace();
    desk.order->id = id;
  }
  model.visit.route = Route::order;
  refresh(model, out);
}

void leave_order(Model& model) {
  auto& order = model.visit.desk.order;
  model.visit.route = order && order->from_list && model.visit.desk.pick ? Route::picking : Route::queue;
  order.reset();
}

void take_order(Model& model, const Asked& asked, CounterOrder order) {
  Desk& desk = model.visit.desk;
  if (!desk.order) return;
  OrderOnScreen& screen = *desk.order;
  const bool acted = asked.number == screen.acting;
  if (!acted && asked.number != screen.refresh.asked) return;
  if (asked.number == screen.refresh.asked) screen.refresh.asked = 0;
  // While an action is on its way an older answer would show what it is about to change.
  if (!acted && screen.acting != 0) return;
  const OrderStep before = screen.order ? screen.order->card.step : order.card.step;
  screen.order = std::move(order);
  const OrderStep step = screen.order->card.step;
  std::erase_if(screen.ticked, [&](std::int64_t number) {
    const CounterLine* line = line_of(screen, number);
    return line == nullptr || line->ready <= 0;
  });
  if (!acted) {
    if (screen.open_line && open_line_of(screen) == nullptr) screen.open_line.reset();
    if (before != OrderStep::over && step == OrderStep::over) say(model, "order_over");
    return;
  }
  screen.acting = 0;
  desk.orders_refresh.stale = desk.picking_refresh.stale = true;
  if (std::exchange(screen.deciding, false)) return take_decided(model);
  if (std::exchange(screen.handing_over, false)) {
    screen.ticked.clear();
    desk.handed = HandedOver{*screen.order, std::exchange(screen.handing, {}), model.now.utc, model.now.mono.plus(receipt_ms)};
    if (step == OrderStep::over) leave_order(model);
    say(model, step == OrderStep::over ? "handed_over" : "handed_over_part");
    if (model.printer) desk.notice_until = desk.handed->until;  // its receipt is offered so long
  } else if (before == OrderStep::to_prepare && step != OrderStep::to_prepare) {
    leave_order(model);
    say(model, "staged");
  }
}

void start_picking(Model& model, bool start, Requests& out) {
  OrderOnScreen* screen = idle_order(model);
  if (screen == nullptr) return;
  ActOnOrder act{.order = screen->id, .action = start ? OrderAction::pick : OrderAction::put_down, .who = my_name(model)};
  for (const CounterLine& line : screen->order->lines) {
    if (line.waiting > 0 && act.lines.size() < hand_over_lines_max) act.lines.emplace_back(line.line, 0);
  }
  if (!act.lines.empty()) screen->acting = ask(model, out, std::move(act));
}

void count_found(Model& model, const CountFound& wish) {
  OrderOnScreen* screen = idle_order(model);
  const CounterLine* line = screen == nullptr ? nullptr : line_of(*screen, wish.line);
  if (line != nullptr)
    screen->found[wish.line] = std::clamp<std::int64_t>(found_of(*screen, *line) + wish.delta, 0, line->waiting);
}

void line_found(Model& model, std::int64_t number, Requests& out) {
  OrderOnScreen* screen = idle_order(model);
  const CounterLine* line = screen == nullptr ? nullptr : line_of(*screen, number);
  if (line == nullptr || line->waiting <= 0) return;
  const std::int64_t found = found_of(*screen, *line);
  screen->found.erase(number);
  screen->acting = ask(
      model, out,
      ActOnOrder{
          .order = screen->id, .action = OrderAction::picked, .line = number, .units = found, .missing = line->waiting - found});
}

void stage_order(Model& model, const std::string& place, Requests& out) {
  OrderOnScreen* screen = idle_order(model);
  if (screen == nullptr) return;
  screen->acting = ask(model, out, ActOnOrder{.order = screen->id, .action = OrderAction::stage, .place = place});
}

void hand_over(Model& model, Requests& out) {
  OrderOnScreen* screen = idle_order(model);
  if (screen == nullptr) return;
  ActOnOrder act{.order = screen->id, .action = OrderAction::hand_over, .proof = proof_of(model, *screen)};
  act.balance_settled = screen->settled;
  for (const CounterLine& line : screen->order->lines) {
    if (screen->ticked.contains(line.line) && line.ready > 0 && act.lines.size() < hand_over_lines_max)
      act.lines.emplace_back(line.line, line.ready);
  }
  const bool unpaid = screen->order->card.balance_due > 0 && !screen->settled;
  if (act.lines.empty() || act.proof.empty() || unpaid) return;
  screen->handing_over = true;
  screen->handing = act.lines;
  screen->acting = ask(model, out, std::move(act));
}

void type_code(Model& model, const KeyTouch& touch, Requests& out) {
  Desk& desk = model.visit.desk;
  if (!desk.order || !desk.order->order || desk.order->order->card.step == OrderStep::to_prepare || !is_digit(touch)) return;
  OrderOnScreen& screen = *desk.order;
  if (screen.open_line) return;  // the keypad is not there
  if (screen.checking != 0 || !proof_of(model, screen).empty() || may_have_shown_code(model, screen)) return;
  const bool phone = screen.code_right;
  if (phone && touch.kind == KeyTouch::Kind::backspace && screen.phone.text.empty()) {
    forget_code(screen);  // the way back to the code itself
    return;
  }
  type(phone ? screen.phone : screen.code, touch, phone ? pickup_phone_digits : pickup_code_digits);
  const bool full = phone ? screen.phone.text.size() == pickup_phone_digits : screen.code.text.size() == pickup_code_digits;
  if (!full) return;
  CheckIn check{screen.pass.empty() ? screen.code.text : std::string(), screen.phone.text, screen.pass};
  screen.checking = ask(model, out, std::move(check));
}

void forget_pass(Desk& desk) {
  desk.checking_pass.clear();
  desk.pass_phone = {};
  desk.asks_phone = false;
  desk.checking = 0;
}

void type_pass_phone(Model& model, const KeyTouch& touch, Requests& out) {
  Desk& desk = model.visit.desk;
  if (!desk.asks_phone || desk.checking != 0 || !is_digit(touch)) return;
  type(desk.pass_phone, touch, pickup_phone_digits);
  if (desk.pass_phone.text.size() == pickup_phone_digits)
    desk.checking = ask(model, out, CheckIn{{}, desk.pass_phone.text, desk.checking_pass});
}

void read_product(Model& model, const std::string& code, Requests& out) {
  Desk& desk = model.visit.desk;
  const bool swapping = desk.back && desk.back->purchase && desk.back->swapping && !desk.back->done;
  if (model.visit.route == Route::picking) return scan_pick(model, code, out);
  const bool to_stock = model.visit.route == Route::stock || (model.visit.route == Route::queue && may(desk, "stock"));
  if (to_stock) return look_at_stock(model, code, true, out);
  if (!desk.order && !swapping) return say(model, desk.back && desk.back->purchase ? "swap_first" : "product_scanned");
  desk.product = ++model.visit.requests;
  out.emplace_back(FetchProduct{{model.visit.number, desk.product}, code, true});
}

// Held to the reader as it is passed over the counter.
void take_product(Model& model, const ProductArrived& event, Requests& out) {
  Desk& desk = model.visit.desk;
  if (take_stock_product(model, event, out)) return;
  if (event.asked.visit != model.visit.number || event.asked.number != desk.product) return;
  desk.product = 0;
  if (desk.back) return add_swap(model, event.page.card);
  if (!desk.order || !desk.order->order || take_substitute(model, event.page.card)) return;
  OrderOnScreen& screen = *desk.order;
  const auto line = std::ranges::find(screen.order->lines, event.page.card.sku.text, &CounterLine::sku);
  if (screen.order->card.step == OrderStep::to_prepare) {
    const bool fetched = line != screen.order->lines.end() && line->waiting > 0;
    return say(model, fetched ? "right_product" : "wrong_product");
  }
  const bool wanted = line != screen.order->lines.end() && line->ready > 0;
  if (wanted) {
    screen.ticked.insert(line->line);
  } else {
    say(model, "not_in_order");
  }
}

void read_pass(Model& model, const std::string& text, Requests& out) {
  Desk& desk = model.visit.desk;
  if (desk.order) {
    if (desk.order->checking != 0) return;
    forget_code(*desk.order);
    desk.order->pass = text;
    desk.order->checking = ask(model, out, CheckIn{{}, {}, text});
  } else if (desk.checking == 0) {
    forget_pass(desk);
    desk.checking_pass = text;
    desk.checking = ask(model, out, CheckIn{{}, {}, text});
  }
}

void take_check_in(Model& model, const Asked& asked, const Pickup& pickup, Requests& out) {
  Desk& desk = model.visit.desk;
  if (asked.number == desk.checking) {
    desk.checking = 0;
    if (pickup.needs_phone) {
      desk.asks_phone = true;
      return;
    }
    forget_pass(desk);
    open_order(model, pickup.order, out);
    desk.order->proof = "pass";
    return;
  }
  if (!desk.order || asked.number != desk.order->checking) return;
  OrderOnScreen& screen = *desk.order;
  screen.checking = 0;
  if (pickup.needs_phone) {
    screen.code_right = true;
    return;
  }
  const bool by_pass = !screen.pass.empty();
  forget_code(screen);
  if (pickup.order != screen.id) return say(model, "other_order");
  screen.proof = by_pass ? "pass" : "code";
  screen.refresh.stale = true;
  refresh(model, out);
}

bool take_order_failure(Model& model, const RequestFailed& event, Requests&) {
  Desk& desk = model.visit.desk;
  if (!desk.order) return false;
  OrderOnScreen& screen = *desk.order;
  const std::uint64_t number = event.asked.number;
  if (number == screen.refresh.asked) {
    screen.refresh.asked = 0;
    if (!screen.order) {
      say(model, event.code);
      leave_order(model);
    }
    return true;
  }
  if (number == screen.checking) {
    screen.checking = 0;
    if (event.code == "phone_wrong") {
      screen.phone = {};
    } else {
      forget_code(screen);
    }
    say(model, event.code);
    return true;
  }
  if (number != screen.acting) return false;
  screen.acting = 0;
  screen.handing_over = screen.deciding = false;
  if (event.code == "not_verified") {
    screen.not_verified = true;
    screen.proof.clear();
  }
  // What the screen shows may be old: somebody else was quicker.
  mark_stale(desk);
  say(model, event.code);
  return true;
}

}  // namespace counter
}  // namespace vitrine::kiosk
