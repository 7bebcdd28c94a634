// SPDX-License-Identifier: Apache-2.0
// What a counter says while it is locked, by kind alone; and when it sounds: a shopper asks, a buyer has come, something
// escalates. Nothing sounds twice, and opening or locking the counter is no news.
#include <algorithm>
#include <utility>

#include "kiosk/model/counter_steps.hpp"

namespace vitrine::kiosk {

Ring take_ring(Model& model) { return model.counter ? std::exchange(model.counter->ring, Ring::none) : Ring::none; }

namespace counter {
namespace {

constexpr std::string_view urgent = "urgent/";

std::set<std::string> now_there(const Model& model, bool open) {
  std::set<std::string> there;
  if (!open) {
    for (const AlertKindSeen& one : model.counter->alert_kinds) {
      for (std::int64_t i = 1; i <= one.count; ++i) there.insert(one.kind + "/" + std::to_string(i));
      if (one.escalated) there.insert(std::string(urgent) + one.kind);
    }
    return there;
  }
  const Desk& desk = model.visit.desk;
  for (const HelpCall& call : desk.calls) {
    if (call.state == HelpState::waiting) there.insert("call/" + call.id);
  }
  for (const OrderCard& order : desk.orders) {
    if (order.step == OrderStep::here) there.insert("here/" + order.order);
  }
  for (const AlertGroup& group : alert_groups(desk)) {
    for (const StoreAlert& alert : group.alerts) {
      if (alert.state == AlertState::escalated) there.insert(std::string(urgent) + alert.kind + "/" + alert.subject);
    }
  }
  return there;
}

}  // namespace

void ask_for_kinds(Model& model, Requests& out) {
  Counter& counter = *model.counter;
  if (is_open(model) || !model.edge_present) return;
  if (!counter.kinds_stale && model.now.mono < counter.kinds_asked_at.plus(kinds_again_ms)) return;
  counter.kinds_stale = false;
  counter.kinds_asked_at = model.now.mono;
  ask(model, out, FetchAlertKinds{});
}

void take_kinds(Model& model, std::vector<AlertKindSeen> kinds) {
  model.counter->alert_kinds = std::move(kinds);
  if (!is_open(model)) listen(model);
}

void listen(Model& model) {
  Counter& counter = *model.counter;
  const bool open = is_open(model);
  const bool known = !open || (model.visit.desk.calls_known && model.visit.desk.refreshed_at.value > 0);
  if (!known) return;
  std::set<std::string> there = now_there(model, open);
  if (counter.heard_open == open) {
    for (const std::string& one : there) {
      if (counter.heard.contains(one)) continue;
      counter.ring = std::max(counter.ring, one.starts_with(urgent) ? Ring::urgent : Ring::news);
    }
  }
  counter.heard = std::move(there);
  counter.heard_open = open;
}

}  // namespace counter
}  // namespace vitrine::kiosk
