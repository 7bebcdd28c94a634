// SPDX-License-Identifier: Apache-2.0
// Example followed: a shopper asks for a person and nobody goes. After two minutes it is raised, a counter shows it, after two
// more it is on every screen; Tom says that he sees to it, and when he is there it is over.
#include "edge/local_api/alert_rules.hpp"

#include <algorithm>
#include <tuple>

namespace vitrine::edge::local_api {

namespace {

std::optional<UtcMs> raised_from(const Trouble& trouble) {
  const AlertKind* kind = alert_kind(trouble.kind);
  return kind == nullptr ? std::nullopt : std::optional(trouble.since.plus(kind->after_ms));
}

// When it escalates, the way it stands.
UtcMs escalates_at(const Alert& alert) {
  if (alert.acknowledged_at.value > 0) return alert.acknowledged_at.plus(alert_again_ms);
  return alert.raised_at.plus(alert_kind(alert.kind)->escalate_ms);
}

bool is_due(const Alert& alert, UtcMs now) {
  const bool waits = alert.acknowledged_at.value > 0 || alert.escalated_at.value == 0;
  return waits && escalates_at(alert) <= now;
}

auto key_of(const auto& one) { return std::tuple(std::string_view(one.kind), std::string_view(one.subject)); }

std::size_t urgency_of(const Alert& alert) {
  return static_cast<std::size_t>(std::ranges::find(alert_kinds, alert.kind, &AlertKind::name) - alert_kinds.begin());
}

}  // namespace

const AlertKind* alert_kind(std::string_view name) {
  const auto* found = std::ranges::find(alert_kinds, name, &AlertKind::name);
  return found == alert_kinds.end() ? nullptr : found;
}

AlertState alert_state(const Alert& alert) {
  if (alert.acknowledged_at.value > 0) return AlertState::acknowledged;
  if (alert.escalated_at.value > 0) return AlertState::escalated;
  return alert.shown_at.value > 0 ? AlertState::shown : AlertState::raised;
}

AlertLevel level_of(const std::vector<Alert>& alerts) {
  AlertLevel level = AlertLevel::off;
  for (const Alert& alert : alerts) {
    const AlertState state = alert_state(alert);
    if (state == AlertState::acknowledged) continue;
    level = std::max(level, state == AlertState::escalated ? AlertLevel::urgent : AlertLevel::on);
  }
  return level;
}

std::vector<Alert> next_alerts(const std::vector<Alert>& alerts, const std::vector<Trouble>& troubles, UtcMs now) {
  std::vector<Alert> after;
  for (const Trouble& trouble : troubles) {
    const auto from = raised_from(trouble);
    if (!from || *from > now) continue;
    const auto known = std::ranges::find_if(alerts, [&](const Alert& one) { return key_of(one) == key_of(trouble); });
    // What began anew is another thing, although it is about the same order.
    const bool same = known != alerts.end() && known->since == trouble.since;
    Alert alert = same ? *known : Alert{trouble.kind, trouble.subject, trouble.since, now, {}, {}, {}, {}};
    if (is_due(alert, now)) {
      alert.escalated_at = now;
      alert.acknowledged_at = {};
      alert.acknowledged_by.clear();
    }
    after.push_back(std::move(alert));
  }
  std::ranges::sort(after, is_more_urgent);
  if (after.size() > alerts_max) after.resize(alerts_max);
  std::ranges::sort(after, {}, [](const Alert& one) { return key_of(one); });
  return after;
}

std::optional<UtcMs> next_alert_change(const std::vector<Alert>& alerts, const std::vector<Trouble>& troubles, UtcMs now) {
  std::optional<UtcMs> next;
  const auto consider = [&](UtcMs at) {
    if (at > now && (!next || at < *next)) next = at;
  };
  for (const Trouble& trouble : troubles) {
    if (const auto from = raised_from(trouble)) consider(*from);
  }
  for (const Alert& alert : alerts) {
    if (alert_kind(alert.kind) != nullptr && (alert.acknowledged_at.value > 0 || alert.escalated_at.value == 0))
      consider(escalates_at(alert));
  }
  return next;
}

bool mark_shown(Alert& alert, UtcMs now) {
  if (alert.shown_at.value > 0) return false;
  alert.shown_at = now;
  return true;
}

bool acknowledge(Alert& alert, const std::string& staff, UtcMs now) {
  if (alert.acknowledged_at.value > 0) return false;
  alert.acknowledged_at = now;
  alert.acknowledged_by = staff;
  if (alert.shown_at.value == 0) alert.shown_at = now;
  return true;
}

bool is_more_urgent(const Alert& one, const Alert& other) {
  const auto rank = [](const Alert& alert) {
    return std::tuple(alert.acknowledged_at.value > 0, alert.escalated_at.value == 0, urgency_of(alert), alert.since.value,
                      std::string_view(alert.subject));
  };
  return rank(one) < rank(other);
}

}  // namespace vitrine::edge::local_api
