// SPDX-License-Identifier: Apache-2.0
#include "edge/local_api/status.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "edge/local_api/answers_json.hpp"
#include "edge/local_api/orders.hpp"
#include "edge/local_api/purchases.hpp"
#include "sync/protocol/json_input.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/rules/order_state.hpp"

namespace vitrine::edge::local_api {

using nlohmann::json;
using sync::protocol::Fields;
using sync::protocol::JsonWriter;

namespace {

constexpr std::size_t outcome_bytes_max = 64UL * 1024;
constexpr std::size_t documents_max = 64;

// Only orders and products are named: what else there is may be a person's.
std::string shown_id(const std::string& collection, const std::string& id) {
  if (collection == "order") return id;
  const std::size_t slash = id.find('/');
  return collection == "stock" && slash != std::string::npos ? id.substr(slash + 1) : std::string();
}

std::optional<RefusedView> refused_view(std::string_view id, std::string_view body) {
  const auto object = sync::protocol::parse_object(body, outcome_bytes_max, "outcome_malformed");
  if (!object) return std::nullopt;
  sync::protocol::Mistake mistake("outcome_malformed");
  const Fields fields(*object, "", mistake);
  RefusedView view{std::string(id), fields.text("reason", 1, 64), UtcMs{fields.integer("at", 0, INT64_MAX / 2)}, {}};
  const json& documents = fields.array("documents", documents_max);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const json& key = documents[i];
    if (!key.is_array() || key.size() != 2 || !key[0].is_string() || !key[1].is_string()) return std::nullopt;
    const auto collection = key[0].get<std::string>();
    view.documents.emplace_back(collection, shown_id(collection, key[1].get<std::string>()));
  }
  if (mistake.made()) return std::nullopt;
  return view;
}

void write(JsonWriter& out, const DeviceView& device) {
  out.object().field("device", device.name).field("role", word_of(device.role)).field("seen_at", device.seen_at.value);
  out.key("staff");
  if (device.session) {
    out.object().field("staff", device.session->staff).field("name", device.staff_name).field("locked", device.session->locked);
    out.end_object();
  } else {
    out.null();
  }
  out.end_object();
}

}  // namespace

void DevicesSeen::see(const std::string& device, DeviceRole role, UtcMs now) {
  const std::lock_guard lock(mutex_);
  const auto known = seen_.find(device);
  if (known != seen_.end()) {
    known->second = {role, now};
  } else if (seen_.size() < devices_max) {
    seen_.emplace(device, std::pair(role, now));
  }
}

std::map<std::string, std::pair<DeviceRole, UtcMs>> DevicesSeen::all() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

std::optional<std::string> refusal_of(database::Reader& reader, const sync::OrderId& order) {
  std::optional<std::string> reason;
  reader.each_seen("outcome", [&](std::string_view id, std::string_view body) {
    if (body.find(order.text) == std::string_view::npos) return;
    const auto one = refused_view(id, body);
    if (one && std::ranges::find(one->documents, std::pair(std::string("order"), order.text)) != one->documents.end())
      reason = one->reason;
  });
  return reason;
}

Result<StatusView> store_status(database::Reader& reader) {
  reader.begin();
  StatusView view;
  view.waiting = reader.outbox_by_collection();
  reader.each_seen("outcome", [&](std::string_view id, std::string_view body) {
    if (auto one = refused_view(id, body)) view.refused.push_back(std::move(*one));
  });
  each_order_here(reader, [&](const sync::Order& order) {
    for (const std::string_view exception : sync::rules::open_exceptions(order))
      view.exceptions.emplace_back(order.id.text, std::string(exception));
  });
  for (const database::ReturnRow& row : questioned_returns(reader)) view.questioned.emplace_back(end_of(row.purchase), row.at);
  if (auto failed = reader.end()) return std::unexpected(*failed);
  std::ranges::sort(view.refused, std::ranges::greater{},
                    [](const RefusedView& one) { return std::pair(one.at, one.transaction); });
  if (view.refused.size() > refused_shown_max) view.refused.resize(refused_shown_max);
  return view;
}

std::string to_json(const StatusView& view) {
  JsonWriter out;
  out.object().key("health").raw(to_json(view.health)).key("waiting").array();
  for (const auto& [collection, count] : view.waiting)
    out.object().field("collection", collection).field("count", count).end_object();
  out.end_array().key("refused").array();
  for (const RefusedView& one : view.refused) {
    out.object().field("transaction", one.transaction).field("reason", one.reason).field("at", one.at.value);
    out.key("documents").array();
    for (const auto& [collection, id] : one.documents) out.object().field("collection", collection).field("id", id).end_object();
    out.end_array().end_object();
  }
  out.end_array().key("exceptions").array();
  for (const auto& [order, exception] : view.exceptions)
    out.object().field("order", order).field("exception", exception).end_object();
  out.end_array().key("questioned_receipts").array();
  for (const auto& [ends, at] : view.questioned) out.object().field("ends", ends).field("at", at.value).end_object();
  out.end_array().key("devices").array();
  for (const DeviceView& device : view.devices) write(out, device);
  out.end_array().key("locked_out").array();
  for (const LockedOut& one : view.locked_out) {
    out.object().field("staff", one.staff).field("name", one.name).field("wait_ms", one.wait_ms).field("day", one.day);
    out.end_object();
  }
  out.end_array().key("drill");
  if (view.drill) {
    out.object().field("runs", view.drill->runs).field("began", view.drill->began.value).field("until", view.drill->until.value);
    out.field("waited", view.drill->waited)
        .field("left", std::min<std::uint64_t>(view.drill->waited, view.health.outbox_waiting));
    out.end_object();
  } else {
    out.null();
  }
  out.end_object();
  return out.take();
}

}  // namespace vitrine::edge::local_api
