// SPDX-License-Identifier: Apache-2.0
// The queue of a counter: who asks for a person, and orders to prepare, ready, and waited for.
#include <algorithm>
#include <tuple>
#include <utility>

#include "kiosk/model/counter_steps.hpp"

namespace vitrine::kiosk {

bool is_for_me(const Model& model, const Offers& offers) {
  const auto& session = model.visit.desk.session;
  if (!session || offers.all_at.value == 0) return false;
  const auto mine = std::ranges::find(offers.people, session->who.number, &Offer::who);
  return mine != offers.people.end() && mine->at <= model.now.utc;
}

QueueView queue_of(const Model& model) {
  const Desk& desk = model.visit.desk;
  QueueView view;
  for (const OrderCard& order : desk.orders) {
    if (order.step == OrderStep::here) view.here.push_back(&order);
    if (order.step == OrderStep::to_prepare) view.prepare.push_back(&order);
    if (order.step == OrderStep::ready) view.ready.push_back(&order);
  }
  for (const HelpCall& call : desk.calls) {
    if (call.state != HelpState::ended) view.calls.push_back(&call);
  }
  for (const CaseCard& one : desk.cases) view.cases.push_back(&one);
  // Who stands there longest; what is promised first, and without a promise what was ordered first; what lies there longest.
  std::ranges::stable_sort(view.here, {}, [](const OrderCard* one) { return one->arrived_at.value; });
  std::ranges::stable_sort(view.prepare, {}, [](const OrderCard* one) {
    return std::pair(one->promise_at.value > 0 ? one->promise_at.value : INT64_MAX, one->placed_at.value);
  });
  std::ranges::stable_sort(view.ready, {}, [](const OrderCard* one) { return one->staged_at.value; });
  std::ranges::stable_sort(view.calls, {}, [&](const HelpCall* one) {
    const bool waits = one->state == HelpState::waiting;
    return std::tuple(!waits, !(waits && is_for_me(model, one->offers)), one->since.value);
  });
  return view;
}

std::string picker_of(const Model& model, const std::string& order) {
  for (const PickLine& line : model.visit.desk.picking) {
    if (line.order != order) continue;
    if (std::string taker = taker_of(model, line.line); !taker.empty()) return taker;
  }
  return {};
}

namespace counter {

void mark_stale(Desk& desk) {
  desk.calls_refresh.stale = desk.orders_refresh.stale = desk.picking_refresh.stale = desk.alerts_refresh.stale =
      desk.cases_refresh.stale = true;
  if (desk.order) desk.order->refresh.stale = true;
  if (desk.back) desk.back->follow.stale = true;
  if (desk.stock) desk.stock->checks_refresh.stale = desk.stock->refresh.stale = true;
  desk.status_refresh.stale = true;
  if (desk.board) desk.board->refresh.stale = true;
}

void refresh(Model& model, Requests& out) {
  if (!is_open(model) || !model.edge_present) return;
  Desk& desk = model.visit.desk;
  const auto look = [&](Refresh& list, auto question) {
    if (!list.stale || list.asked != 0) return;
    list.stale = false;
    list.asked = ask(model, out, std::move(question));
    desk.refreshed_at = model.now.mono;
  };
  look(desk.calls_refresh, FetchCalls{});
  look(desk.alerts_refresh, FetchAlerts{});
  if (may(desk, "customers")) look(desk.cases_refresh, FetchCases{});
  if (desk.back && desk.back->done) look(desk.back->follow, FetchReturn{desk.back->done->id});
  refresh_customer(model, out);
  if (model.visit.route == Route::status) look(desk.status_refresh, FetchStatus{});
  if (model.visit.route == Route::board && desk.board) look(desk.board->refresh, FetchBoard{desk.board->week});
  if (desk.stock) {
    look(desk.stock->checks_refresh, FetchStockChecks{});
    // While something is confirmed or on its way an older answer would show what it is about to change.
    if (desk.stock->product && !desk.stock->pending && desk.stock_acting == 0)
      look(desk.stock->refresh, FetchStock{desk.stock->product->sku.text});
  }
  if (!may(desk, "orders")) return;
  look(desk.orders_refresh, FetchOrders{});
  look(desk.picking_refresh, FetchPicking{});
  if (desk.order) look(desk.order->refresh, FetchCounterOrder{desk.order->id});
}

void take_calls(Model& model, const Asked& asked, std::vector<HelpCall> calls) {
  Desk& desk = model.visit.desk;
  if (asked.number != desk.calls_refresh.asked) return;
  desk.calls_refresh.asked = 0;
  desk.calls = std::move(calls);
  desk.calls_known = true;
}

void take_call(Model& model, const Asked& asked, const HelpCall& call) {
  Desk& desk = model.visit.desk;
  if (asked.number != desk.call_acting) return;
  desk.call_acting = 0;
  const auto known = std::ranges::find(desk.calls, call.id, &HelpCall::id);
  if (known != desk.calls.end()) *known = call;
}

void take_orders(Model& model, const Asked& asked, std::vector<OrderCard> orders) {
  Desk& desk = model.visit.desk;
  if (asked.number != desk.orders_refresh.asked) return;
  desk.orders_refresh.asked = 0;
  desk.orders = std::move(orders);
  desk.orders_known = true;
}

void take_picking(Model& model, const Asked& asked, std::vector<PickLine> lines) {
  Desk& desk = model.visit.desk;
  if (asked.number != desk.picking_refresh.asked) return;
  desk.picking_refresh.asked = 0;
  desk.picking = std::move(lines);
  desk.picking_known = true;
  mind_pick(model);
}

bool needs_a_desk(const CounterWish& wish) {
  return std::holds_alternative<OpenFinder>(wish) || std::holds_alternative<OpenFinderWith>(wish) ||
         std::holds_alternative<OpenWaitingCase>(wish) || std::holds_alternative<OpenTakeBack>(wish) ||
         std::holds_alternative<LookUpPurchase>(wish) || std::holds_alternative<OpenStatus>(wish) ||
         std::holds_alternative<OpenBoard>(wish) || std::holds_alternative<OpenAudit>(wish);
}

void act_on_call(Model& model, ActOnCall act, Requests& out) {
  Desk& desk = model.visit.desk;
  if (desk.call_acting != 0) return;
  desk.call_acting = ask(model, out, std::move(act));
}

}  // namespace counter
}  // namespace vitrine::kiosk
