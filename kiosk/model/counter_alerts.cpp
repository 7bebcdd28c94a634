// SPDX-License-Identifier: Apache-2.0
// How the store stands, and what needs somebody: said to whoever may see to it, and once it has escalated to everybody on every
// screen.
#include <algorithm>
#include <utility>

#include "kiosk/model/counter_steps.hpp"

namespace vitrine::kiosk {

namespace {

// Whose work it is; empty: anybody's.
std::string_view permission_of(const std::string& kind) {
  if (kind == "customer_waits" || kind == "promise_at_risk") return "orders";
  return kind == "stock_odd" ? "stock" : "";
}

bool is_for(const Desk& desk, const StoreAlert& alert) {
  const std::string_view needed = permission_of(alert.kind);
  return alert.state == AlertState::escalated || needed.empty() || may(desk, needed);
}

std::vector<std::pair<std::string, std::string>> names_of(const std::vector<const StoreAlert*>& alerts) {
  std::vector<std::pair<std::string, std::string>> names;
  for (const StoreAlert* alert : alerts) names.emplace_back(alert->kind, alert->subject);
  return names;
}

}  // namespace

std::vector<AlertGroup> alert_groups(const Desk& desk) {
  std::vector<AlertGroup> groups;
  for (const StoreAlert& alert : desk.alerts) {
    if (alert.state == AlertState::acknowledged || !is_for(desk, alert)) continue;
    auto group = std::ranges::find(groups, alert.kind, &AlertGroup::kind);
    if (group == groups.end()) group = groups.insert(groups.end(), AlertGroup{alert.kind, {}, false});
    group->escalated = group->escalated || alert.state == AlertState::escalated;
    group->alerts.push_back(alert);
  }
  return groups;
}

namespace counter {

void take_alerts(Model& model, const Asked& asked, std::vector<StoreAlert> alerts, Requests& out) {
  Desk& desk = model.visit.desk;
  if (asked.number == desk.alerts_refresh.asked) {
    desk.alerts_refresh.asked = 0;
  } else if (asked.number != desk.alerts_acting) {
    return;
  } else {
    desk.alerts_acting = 0;
  }
  desk.alerts = std::move(alerts);
  // They are on a screen now; of what is hidden from this person that is not said.
  std::vector<const StoreAlert*> fresh;
  for (const StoreAlert& alert : desk.alerts) {
    if (alert.state == AlertState::raised && is_for(desk, alert)) fresh.push_back(&alert);
  }
  if (!fresh.empty() && desk.alerts_acting == 0) desk.alerts_acting = ask(model, out, ActOnAlerts{false, names_of(fresh)});
}

void see_to_alerts(Model& model, const std::string& kind, Requests& out) {
  Desk& desk = model.visit.desk;
  if (desk.alerts_acting != 0) return;
  std::vector<const StoreAlert*> mine;
  for (const StoreAlert& alert : desk.alerts) {
    if (alert.kind == kind && alert.state != AlertState::acknowledged && is_for(desk, alert)) mine.push_back(&alert);
  }
  if (!mine.empty()) desk.alerts_acting = ask(model, out, ActOnAlerts{true, names_of(mine)});
}

void open_alert(Model& model, const std::string& kind, Requests& out) {
  const std::vector<AlertGroup> groups = alert_groups(model.visit.desk);
  const auto group = std::ranges::find(groups, kind, &AlertGroup::kind);
  if (group == groups.end()) return;
  const std::string& subject = group->alerts.front().subject;
  if (permission_of(kind) == "orders") {
    leave_customer(model);
    open_order(model, subject, out);
  } else if (kind == "stock_odd") {
    look_at_stock(model, subject, false, out);
  } else if (kind == "store_offline" && model.counter->handheld) {
    say(model, "at_the_counter");
  } else if (kind == "store_offline") {
    open_status(model, out);
  }
}

void open_status(Model& model, Requests& out) {
  model.visit.desk.status.reset();  // what it was then is no answer now
  model.visit.desk.offers_drill = false;
  model.visit.desk.status_refresh.stale = true;
  model.visit.desk.status_at = model.now.mono;
  model.visit.route = Route::status;
  refresh(model, out);
}

void take_status(Model& model, const Asked& asked, StoreStatus status) {
  Desk& desk = model.visit.desk;
  if (asked.number != desk.status_refresh.asked) return;
  desk.status_refresh.asked = 0;
  desk.status = std::move(status);
}

void unlock_colleague(Model& model, const std::string& number, Requests& out) {
  Desk& desk = model.visit.desk;
  if (!may(desk, "unlock")) return say(model, "not_permitted");
  if (desk.unlocking == 0) desk.unlocking = ask(model, out, LetTryAgain{number});
}

void take_unlocked(Model& model, const Asked& asked) {
  Desk& desk = model.visit.desk;
  if (desk.unlocking == 0 || asked.number != desk.unlocking) return;
  desk.unlocking = 0;
  desk.status_refresh.stale = true;
  say(model, "unlocked");
}

void run_drill(Model& model, std::int64_t minutes, Requests& out) {
  Desk& desk = model.visit.desk;
  desk.offers_drill = false;
  if (!may(desk, "unlock")) return say(model, "not_permitted");
  if (desk.drilling == 0) desk.drilling = ask(model, out, RunDrill{minutes});
}

void take_drill(Model& model, const Asked& asked, std::int64_t minutes) {
  Desk& desk = model.visit.desk;
  if (desk.drilling == 0 || asked.number != desk.drilling) return;
  desk.drilling = 0;
  desk.status_refresh.stale = true;
  say(model, minutes > 0 ? "drill_began" : "drill_ended");
}

bool take_alert_failure(Model& model, const RequestFailed& event) {
  Desk& desk = model.visit.desk;
  const bool drills = desk.drilling != 0 && event.asked.number == desk.drilling;
  if (drills || (desk.unlocking != 0 && event.asked.number == desk.unlocking)) {
    (drills ? desk.drilling : desk.unlocking) = 0;
    desk.status_refresh.stale = true;
    say(model, event.code);
    return true;
  }
  if (desk.alerts_acting == 0 || event.asked.number != desk.alerts_acting) return false;
  desk.alerts_acting = 0;
  say(model, event.code);
  return true;
}

}  // namespace counter
}  // namespace vitrine::kiosk
