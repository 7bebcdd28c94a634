// SPDX-License-Identifier: Apache-2.0
// Looks at orders, requests, the line to the hub and what stock has changed; see alert_rules.hpp for what becomes of it.
#include "edge/local_api/alerts.hpp"

#include <algorithm>

#include "edge/local_api/help.hpp"
#include "edge/local_api/orders.hpp"
#include "edge/local_api/request_fields.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/protocol/request_codec.hpp"
#include "sync/protocol/stock_codec.hpp"
#include "sync/rules/order_state.hpp"

namespace vitrine::edge::local_api {

using nlohmann::json;
using sync::protocol::Fields;
using sync::protocol::JsonWriter;

namespace {

constexpr std::string_view odd_word = "\"discrepancies\"";

std::optional<Trouble> odd_stock(std::string_view body) {
  if (body.find(odd_word) == std::string_view::npos) return std::nullopt;
  const auto stock = sync::protocol::decode_stock(body);
  if (!stock || stock->discrepancies.empty()) return std::nullopt;
  UtcMs since = stock->discrepancies.front().at;
  for (const sync::StockDiscrepancy& one : stock->discrepancies) since = std::min(since, one.at);
  return Trouble{"stock_odd", stock->sku.text, since};
}

void orders_in_trouble(database::Reader& reader, std::vector<Trouble>& troubles) {
  each_order_here(reader, [&](const sync::Order& order) {
    const sync::rules::OrderStatus status = sync::rules::status_of(order);
    if (status == sync::rules::OrderStatus::arrived && order.arrived)
      troubles.push_back({"customer_waits", order.id.text, order.arrived->stamp.at});
    const bool unready = status == sync::rules::OrderStatus::placed || status == sync::rules::OrderStatus::picking;
    if (unready && order.promise_at.value > 0 && !sync::rules::is_cancel_asked(order))
      troubles.push_back({"promise_at_risk", order.id.text, order.promise_at});
  });
}

void shoppers_in_trouble(database::Reader& reader, std::vector<Trouble>& troubles) {
  reader.each_seen("request", [&](std::string_view document, std::string_view body) {
    const auto id = sync::protocol::request_id(document);
    const auto request = sync::protocol::decode_request_document(body);
    const bool waits = id && request && sync::rules::state_of(*request) == sync::rules::RequestState::waiting;
    if (waits) troubles.push_back({"help_not_taken", id->second.text, request->since});
  });
}

void write(JsonWriter& out, const AlertView& view) {
  const Alert& alert = view.alert;
  out.object().field("kind", alert.kind).field("subject", alert.subject).field("since", alert.since.value);
  out.field("state", alert_states[static_cast<std::size_t>(alert_state(alert))]).field("raised_at", alert.raised_at.value);
  out.field("shown_at", alert.shown_at.value).field("escalated_at", alert.escalated_at.value).key("acknowledged");
  if (alert.acknowledged_at.value > 0) {
    out.object().field("who", alert.acknowledged_by).field("name", view.name).field("at", alert.acknowledged_at.value);
    out.end_object();
  } else {
    out.null();
  }
  out.end_object();
}

}  // namespace

AlertWatch::Looked AlertWatch::look(database::Connection& connection, database::Reader& reader,
                                    std::optional<UtcMs> offline_since, UtcMs now) {
  if (!scanned_) {
    odd_.clear();
    reader.each_seen("stock", [&](std::string_view id, std::string_view body) {
      if (auto trouble = odd_stock(body)) odd_.emplace(std::string(id), std::move(*trouble));
    });
  }
  for (const std::string& id : changed_) {
    const auto body = reader.body("stock", id);
    auto trouble = body ? odd_stock(*body) : std::nullopt;
    odd_.erase(id);
    if (trouble) odd_.emplace(id, std::move(*trouble));
  }
  scanned_ = true;
  changed_.clear();
  std::vector<Trouble> troubles;
  for (const auto& [id, trouble] : odd_) troubles.push_back(trouble);
  orders_in_trouble(reader, troubles);
  shoppers_in_trouble(reader, troubles);
  if (offline_since) troubles.push_back({"store_offline", "", *offline_since});
  const std::vector<Alert> before = database::alerts(connection);
  const std::vector<Alert> after = next_alerts(before, troubles, now);
  for (const Alert& one : before) {
    const bool stays =
        std::ranges::any_of(after, [&](const Alert& other) { return other.kind == one.kind && other.subject == one.subject; });
    if (!stays) database::drop_alert(connection, one);
  }
  for (const Alert& one : after) {
    if (std::ranges::find(before, one) == before.end()) database::put_alert(connection, one);
  }
  return {before != after, next_alert_change(after, troubles, now)};
}

Result<AlertList> alert_list(database::Reader& reader, const Surroundings& around, std::size_t limit) {
  reader.begin();
  std::vector<Alert> all = database::alerts(reader.connection());
  std::ranges::sort(all, is_more_urgent);
  AlertList list;
  list.more = all.size() > limit;
  if (list.more) all.resize(limit);
  for (Alert& alert : all) {
    const auto staff = alert.acknowledged_by.empty() ? std::nullopt : reader.staff(around.store, alert.acknowledged_by);
    list.alerts.push_back({std::move(alert), staff ? staff->name : std::string()});
  }
  if (auto failed = reader.end()) return std::unexpected(*failed);
  return list;
}

Result<AlertKinds> alert_kinds_waiting(database::Reader& reader) {
  reader.begin();
  std::vector<Alert> all = database::alerts(reader.connection());
  std::ranges::sort(all, is_more_urgent);
  if (auto failed = reader.end()) return std::unexpected(*failed);
  AlertKinds out;
  for (const Alert& alert : all) {
    if (alert_state(alert) == AlertState::acknowledged) continue;
    auto kind = std::ranges::find(out.kinds, alert.kind, &AlertKinds::Kind::kind);
    if (kind == out.kinds.end()) kind = out.kinds.insert(kind, {alert.kind, 0, false, alert.since});
    ++kind->count;
    kind->escalated = kind->escalated || alert.escalated_at.value > 0;
    kind->since = std::min(kind->since, alert.since);
  }
  return out;
}

std::string to_json(const AlertKinds& kinds) {
  JsonWriter out;
  out.object().key("kinds").array();
  for (const AlertKinds::Kind& one : kinds.kinds) {
    out.object().field("kind", one.kind).field("count", one.count).field("escalated", one.escalated);
    out.field("since", one.since.value).end_object();
  }
  out.end_array().end_object();
  return out.take();
}

AlertFigures count_alerts(database::Reader& reader) {
  AlertFigures figures{};
  for (const Alert& alert : database::alerts(reader.connection())) {
    const AlertKind* kind = alert_kind(alert.kind);
    if (kind == nullptr) continue;
    ++figures[static_cast<std::size_t>(kind - alert_kinds.data())][static_cast<std::size_t>(alert_state(alert))];
  }
  return figures;
}

Result<AlertAction> decode_alert_action(std::string_view text) {
  return decode_request<AlertAction>(text, [](const Fields& fields, AlertAction& action) {
    const std::string what = fields.text("action", 1, 16);
    action.acknowledges = what == "acknowledge";
    if (!action.acknowledges && what != "show") fields.wrong("action", "is show or acknowledge");
    const json& given = fields.array("alerts", alerts_max);
    for (std::size_t i = 0; i < given.size(); ++i) {
      const Fields one(given[i], "alerts[" + std::to_string(i) + "]", fields.mistake());
      action.alerts.push_back({one.text("kind", 1, 32), one.text("subject", 0, 64)});
    }
    if (action.alerts.empty()) fields.wrong("alerts", "must name at least one");
  });
}

Result<std::size_t> act(Desk& desk, const AlertAction& request) {
  const UtcMs now = desk.end.hub_time(desk.now.utc);
  database::Connection& connection = desk.replica.connection();
  std::size_t found = 0;
  for (Alert& alert : database::alerts(connection)) {
    const bool named = std::ranges::any_of(
        request.alerts, [&](const AlertName& one) { return one.kind == alert.kind && one.subject == alert.subject; });
    if (!named) continue;
    ++found;
    const bool changed = request.acknowledges ? acknowledge(alert, request.staff, now) : mark_shown(alert, now);
    if (!changed) continue;
    database::put_alert(connection, alert);
    desk.alerts_changed = true;
  }
  return found;
}

std::string to_json(const AlertList& list) {
  JsonWriter out;
  out.object().key("alerts").array();
  for (const AlertView& view : list.alerts) write(out, view);
  out.end_array().field("more", list.more).end_object();
  return out.take();
}

}  // namespace vitrine::edge::local_api
