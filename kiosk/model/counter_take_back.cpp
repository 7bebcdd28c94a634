// SPDX-License-Identifier: Apache-2.0
// What comes back over the counter: found by an order's number or a receipt, ticked, given a reason and a condition, and taken
// back a moment after it was confirmed, so that a slip of the finger can be undone; what was written down stays.
#include <algorithm>
#include <utility>

#include "kiosk/model/counter_steps.hpp"
#include "sync/rules/returning.hpp"

namespace vitrine::kiosk {

namespace {

const PurchaseLine* line_of(const TakeBackOnScreen& screen, std::int64_t number) {
  if (!screen.purchase) return nullptr;
  const auto found = std::ranges::find(screen.purchase->lines, number, &PurchaseLine::line);
  return found == screen.purchase->lines.end() ? nullptr : &*found;
}

}  // namespace

BackSum sum_of(const TakeBackOnScreen& screen) {
  BackSum sum;
  if (!screen.purchase) return sum;
  for (const auto& [number, units] : screen.units) {
    const PurchaseLine* line = line_of(screen, number);
    if (line == nullptr) continue;
    sum.units += units;
    sum.refund += sync::rules::refund_of(line->paid, line->bought, line->returned, units);
  }
  sum.refund = screen.purchase->questioned ? 0 : std::max<std::int64_t>(sum.refund - screen.purchase->unpaid, 0);
  if (!screen.swapping) return sum;
  for (const SwapLine& one : screen.swap) sum.goods += one.product.price ? one.product.price->minor * one.units : 0;
  return sum;
}

bool may_come_back(const Desk& desk, const PurchaseLine& line) {
  if (line.returned >= line.bought || line.barred == Barred::nothing_left) return false;
  return line.barred == Barred::no || may(desk, "late_returns");
}

bool needs_overrule(const TakeBackOnScreen& screen) {
  return std::ranges::any_of(screen.units, [&](const auto& ticked) {
    const PurchaseLine* line = line_of(screen, ticked.first);
    return line != nullptr && line->barred != Barred::no;
  });
}

bool is_complete(const TakeBackOnScreen& screen) {
  if (screen.units.empty() || screen.reason.empty() || screen.condition.empty()) return false;
  if (needs_overrule(screen) && screen.overrule.empty()) return false;
  return !screen.swapping || !screen.swap.empty();
}

namespace counter {

namespace {

// What is on the screen while nothing of it is on its way: it may be changed.
TakeBackOnScreen* changeable(Model& model) {
  auto& back = model.visit.desk.back;
  const bool free = back && back->purchase && !back->done && !back->sends_at && back->sending == 0;
  return free ? &*back : nullptr;
}

void fail_look_up(TakeBackOnScreen& screen, const std::string& code) {
  screen.failed = code;
  screen.looking = 0;
}

}  // namespace

void open_take_back(Model& model) {
  Desk& desk = model.visit.desk;
  if (!may(desk, "returns")) return say(model, "not_permitted");
  if (desk.back && (desk.back->sends_at || desk.back->sending != 0)) return;
  leave_customer(model);
  leave_order(model);
  forget_pass(desk);
  desk.back.emplace();
  model.visit.route = Route::take_back;
}

bool leave_take_back(Model& model, Requests& out) {
  Desk& desk = model.visit.desk;
  send_back(model, out);
  if (desk.back->sending != 0) return false;
  desk.back.reset();
  return true;
}

void look_up_purchase(Model& model, std::string name, Requests& out) {
  if (model.counter->handheld) return say(model, "at_the_counter");
  Desk& desk = model.visit.desk;
  const bool busy = desk.back && (desk.back->sends_at || desk.back->sending != 0);
  if (busy) return;
  open_take_back(model);
  if (!desk.back) return;
  desk.back->name.text = name;
  desk.back->looking = ask(model, out, FetchPurchase{std::move(name)});
}

void type_purchase(Model& model, const KeyTouch& touch) {
  auto& back = model.visit.desk.back;
  if (!back || back->purchase || back->looking != 0) return;
  back->failed.clear();
  type(back->name, touch, purchase_letters);
}

void submit_purchase(Model& model, Requests& out) {
  auto& back = model.visit.desk.back;
  if (!back || back->purchase || back->looking != 0 || back->name.text.empty()) return;
  look_up_purchase(model, back->name.text, out);
}

void take_purchase(Model& model, const Asked& asked, PurchaseSeen purchase) {
  auto& back = model.visit.desk.back;
  if (!back || back->looking != asked.number) return;
  back->looking = 0;
  back->purchase = std::move(purchase);
  // What there is no choice about is chosen.
  std::vector<const PurchaseLine*> able;
  for (const PurchaseLine& line : back->purchase->lines) {
    if (line.barred == Barred::no && line.returned < line.bought) able.push_back(&line);
  }
  if (able.size() == 1) back->units[able.front()->line] = able.front()->bought - able.front()->returned;
  if (back->purchase->conditions.size() == 1) back->condition = back->purchase->conditions.front().name;
  if (back->purchase->reasons.size() == 1) back->reason = back->purchase->reasons.front();
}

void count_back(Model& model, const CountBack& wish) {
  TakeBackOnScreen* back = changeable(model);
  const PurchaseLine* line = back == nullptr ? nullptr : line_of(*back, wish.line);
  if (line == nullptr || !may_come_back(model.visit.desk, *line)) return;
  const std::int64_t most = line->bought - line->returned;
  const auto counted = back->units.find(wish.line);
  const std::int64_t now = counted == back->units.end() ? 0 : counted->second;
  const std::int64_t then = wish.delta != 0 ? std::clamp<std::int64_t>(now + wish.delta, 0, most) : now > 0 ? 0 : most;
  if (then == 0) {
    back->units.erase(wish.line);
  } else if (now > 0 || back->units.size() < return_lines_max) {
    back->units[wish.line] = then;
  } else {
    say(model, "too_many_lines");
  }
}

void swap_instead(Model& model, bool swap) {
  TakeBackOnScreen* back = changeable(model);
  if (back == nullptr) return;
  back->swapping = swap;
  if (!swap) back->swap.clear();
}

void add_swap(Model& model, const ProductCard& product) {
  TakeBackOnScreen* back = changeable(model);
  if (back == nullptr || !back->swapping) return;
  if (!product.price || product.price->currency != back->purchase->currency) return say(model, "not_for_sale");
  const auto known = std::ranges::find_if(back->swap, [&](const SwapLine& one) { return one.product.sku == product.sku; });
  if (known != back->swap.end()) {
    known->units = std::min(known->units + 1, exchange_units_max);
  } else if (back->swap.size() < exchange_lines_max) {
    back->swap.push_back({product, 1});
  } else {
    say(model, "too_many_lines");
  }
}

void confirm_back(Model& model, Requests& out) {
  auto& back = model.visit.desk.back;
  if (!back || !back->purchase || back->done || back->sending != 0 || !is_complete(*back)) return;
  if (back->sends_at) return send_back(model, out);
  back->sends_at = model.now.mono.plus(undo_back_ms);
}

void send_back(Model& model, Requests& out) {
  auto& back = model.visit.desk.back;
  if (!back || !back->sends_at) return;
  back->sends_at.reset();
  TakeBack act{.purchase = back->purchase->name, .reason = back->reason, .condition = back->condition};
  act.lines.assign(back->units.begin(), back->units.end());
  if (needs_overrule(*back)) act.overrule = back->overrule;
  for (const SwapLine& one : back->swap) act.exchange.push_back({one.product.sku.text, one.units});
  back->sending = ask(model, out, std::move(act));
}

void mind_back(Model& model, Requests& out) {
  const auto& back = model.visit.desk.back;
  if (back && back->sends_at && model.now.mono >= *back->sends_at) send_back(model, out);
}

void take_return(Model& model, const Asked& asked, ReturnDone done) {
  Desk& desk = model.visit.desk;
  auto& back = desk.back;
  if (!back) return;
  if (asked.number == back->follow.asked) back->follow.asked = 0;
  const bool followed = back->done && back->done->id == done.id;
  if (asked.number != back->sending && !followed) return;
  if (asked.number == back->sending) {
    back->sending = 0;
    desk.orders_refresh.stale = true;
  }
  back->done = std::move(done);
}

bool take_back_failure(Model& model, const RequestFailed& event) {
  auto& back = model.visit.desk.back;
  if (!back) return false;
  const std::uint64_t number = event.asked.number;
  if (number == back->looking) {
    fail_look_up(*back, event.code);
    return true;
  }
  if (number == back->follow.asked) {
    back->follow.asked = 0;
    return true;
  }
  if (number != back->sending) return false;
  back->sending = 0;
  say(model, event.code);
  return true;
}

}  // namespace counter
}  // namespace vitrine::kiosk
