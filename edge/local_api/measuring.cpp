// SPDX-License-Identifier: Apache-2.0
// Example followed: Maya says at 14:02 that she is here, and at 14:09 her order is handed over while the line is cut. The order
// has a wait of seven minutes, at 14:09; that her phone had said so at 14:01 arrives in the evening, and it is eight.
#include "edge/local_api/measuring.hpp"

#include <algorithm>

#include "edge/local_api/orders.hpp"
#include "edge/local_api/request_fields.hpp"
#include "sync/protocol/order_codec.hpp"
#include "sync/rules/order_state.hpp"

namespace vitrine::edge::local_api {

using database::Measured;
using database::measured_id;
using database::MeasuredId;
using sync::Order;
using sync::OrderEvent;

namespace {

constexpr std::string_view no_show_reason = "no_show";

MeasuredId id_of(const sync::DocumentKey& key) { return measured_id(key.collection + "/" + key.id); }

UtcMs now_of(const Desk& desk) { return desk.end.hub_time(desk.now.utc); }

void note(Desk& desk, std::string_view kind, std::string_view what, std::int64_t value) {
  database::note_measured(desk.replica.connection(), kind, measured_id(what), {now_of(desk), value});
}

void put_or_drop(database::Connection& connection, std::string_view kind, const MeasuredId& id,
                 const std::optional<Measured>& row, UtcMs since) {
  if (!row) return database::drop_measured(connection, kind, id);
  if (row->at >= since) database::put_measured(connection, kind, id, *row);
}

}  // namespace

void measure_resume(Desk& desk, const sync::PassId& pass) { note(desk, "resume", "pass/" + pass.text, 1); }

void measure_sale(Desk& desk, const sync::CartId& cart) {
  if (desk.reader.last_pass_of(cart)) note(desk, "recovered", "cart/" + cart.text, 1);
}

void measure_contact(Desk& desk, const sync::DocumentKey& contact, ContactStep step) {
  database::Connection& connection = desk.replica.connection();
  const MeasuredId id = id_of(contact);
  const UtcMs now = now_of(desk);
  if (step == ContactStep::put_back) return database::note_measured(connection, "contact_again", id, {now, 1});
  const bool again = database::measured(connection, "contact", id) || database::measured(connection, "contact_again", id);
  database::put_measured(connection, "contact", id, {now, step == ContactStep::resolved && !again ? 1 : 0});
}

void measure_search(Desk& desk, const sync::TransactionId& request, bool found) {
  note(desk, "search", "search/" + request.text, found ? 1 : 0);
}

void measure_offer(Desk& desk, const sync::TransactionId& request, bool taken) {
  note(desk, "offer", "offer/" + request.text, taken ? 1 : 0);
}

OrderMeasures measures_of(const Order& order, const sync::StoreId& store) {
  OrderMeasures out;
  for (const OrderEvent& event : order.events) {  // by stamp
    if (event.what != OrderEvent::What::handed_over || event.store != store) continue;
    const UtcMs at = event.stamp.at;
    if (!out.collected) out.collected = Measured{at, 1};
    if (!out.wait && order.arrived && order.arrived->stamp.at <= at)
      out.wait = Measured{at, at.value - order.arrived->stamp.at.value};
  }
  if (order.store != store) return out;
  const bool called_off = !order.ready && (sync::rules::is_cancelled(order) || sync::rules::is_cancel_asked(order));
  if (order.promise_at.value > 0 && !called_off)
    out.promise = Measured{order.promise_at, order.ready && order.ready->at <= order.promise_at ? 1 : 0};
  if (order.released && order.released->reason == no_show_reason && !out.collected)
    out.no_show = Measured{order.released->stamp.at, 1};
  return out;
}

void measure_order(database::Connection& connection, const Order& order, const sync::StoreId& store, UtcMs since) {
  const MeasuredId id = measured_id("order/" + order.id.text);
  const OrderMeasures rows = measures_of(order, store);
  put_or_drop(connection, "collected", id, rows.collected, since);
  put_or_drop(connection, "wait", id, rows.wait, since);
  put_or_drop(connection, "promise", id, rows.promise, since);
  put_or_drop(connection, "no_show", id, rows.no_show, since);
}

void measure_offline(database::Connection& connection, UtcMs now, bool served) {
  const std::int64_t minute = now.value / offline_minute_ms;
  const MeasuredId id = measured_id("offline/" + std::to_string(minute));
  const Measured row{UtcMs{minute * offline_minute_ms}, served ? 1 : 0};
  if (served) return database::put_measured(connection, "offline", id, row);
  database::note_measured(connection, "offline", id, row);
}

UtcMs measured_from(database::Connection& connection, const sync::IncarnationId& life, UtcMs now) {
  const MeasuredId id = measured_id("life/" + life.text);
  database::note_measured(connection, "begun", id, {now, 1});
  const auto begun = database::measured(connection, "begun", id);
  return begun ? begun->at : now;
}

void measure_changes(database::Connection& connection, database::Reader& reader, const sync::StoreId& store,
                     const std::vector<sync::DocumentKey>& changed, UtcMs since) {
  for (const sync::DocumentKey& key : changed) {
    if (key.collection != "order") continue;
    // What is forgotten was measured.
    const auto body = reader.body(key.collection, key.id);
    const auto order = body ? sync::protocol::decode_order(sync::OrderId{key.id}, *body) : fail("order_unknown", "");
    if (order) measure_order(connection, *order, store, since);
  }
}

void measure_all(database::Connection& connection, database::Reader& reader, const sync::StoreId& store, UtcMs since) {
  std::vector<Order> orders;
  each_order_here(reader, [&](Order& order) { orders.push_back(std::move(order)); });
  for (const Order& order : orders) measure_order(connection, order, store, since);
}

Result<SearchDone> decode_search_done(std::string_view text) {
  return decode_request<SearchDone>(
      text, [](const sync::protocol::Fields& fields, SearchDone& done) { done.found = fields.boolean("found"); });
}

}  // namespace vitrine::edge::local_api
