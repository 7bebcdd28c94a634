// SPDX-License-Identifier: Apache-2.0
// Orders as JSON, in the shape of docs/openapi-edge.yaml.
#include "edge/local_api/orders.hpp"
#include "sync/protocol/json_writer.hpp"

namespace vitrine::edge::local_api {

using sync::protocol::JsonWriter;

namespace {

void write_place(JsonWriter& out, std::string_view name, const std::optional<sync::OrderPlace>& place) {
  out.key(name);
  if (!place) {
    out.null();
    return;
  }
  out.object().field("place", place->place).field("at", place->stamp.at.value).end_object();
}

void write_person(JsonWriter& out, std::string_view name, const std::optional<sync::PickupPerson>& person) {
  out.key(name);
  if (!person) {
    out.null();
    return;
  }
  out.object().field("name", person->name).field("initial", person->initial).field("language", person->language).end_object();
}

// What every answer about an order begins with; the object stays open.
void open_head(JsonWriter& out, const OrderHead& head) {
  const sync::Order& order = head.order;
  std::int64_t units = 0;
  std::int64_t missing = 0;
  for (const sync::OrderLine& line : order.lines) {
    units += line.ordered;
    missing += sync::rules::missing_units(line);
  }
  out.object().field("order", order.id.text).field("status", sync::rules::word_of(head.status));
  out.field("payment", sync::rules::word_of(sync::rules::payment_of(order))).field("currency", order.currency);
  out.field("balance_due", sync::rules::balance_due(order)).field("refund_due", sync::rules::refund_due(order));
  out.field("delivery", sync::rules::is_delivery(order) ? "home" : "");
  write_person(out, "buyer", order.buyer);
  write_person(out, "delegate", order.delegate);
  out.field("placed_at", order.placed_at.value).field("promise_at", order.promise_at.value);
  out.field("hold_until", sync::rules::hold_until(order).value).field("units", units).field("missing", missing);
  write_place(out, "staged", order.staged);
  write_place(out, "arrived", order.arrived);
  out.field("reminded_at", order.reminded ? order.reminded->at.value : 0);
  out.field("cancel_asked", sync::rules::is_cancel_asked(order)).key("exceptions").array();
  for (const std::string_view exception : sync::rules::open_exceptions(order)) out.string(exception);
  out.end_array();
}

void write(JsonWriter& out, const OrderLineView& view) {
  const sync::OrderLine& line = view.line;
  const sync::rules::UnitPlaces at = sync::rules::places_of(line);
  out.object().field("line", line.number).field("sku", line.sku.text).key("title").object();
  for (const auto& [language, words] : view.title) out.field(language, words);
  out.end_object().field("pictogram", view.pictogram).field("tile", view.tile);
  out.field("aisle", view.aisle).field("bay", view.bay);
  out.field("ordered", line.ordered).field("unit_price", line.unit_price);
  out.field("waiting", at.waiting).field("held", at.held).field("customer", at.customer).field("restocked", at.restocked);
  out.field("written_off", at.written_off).field("ready", sync::rules::ready_units(line));
  out.field("missing", sync::rules::missing_units(line)).field("wanted", sync::rules::wanted_units(line));
  out.field("refused", sync::rules::refused_units(line));
  out.field("returnable", sync::rules::returnable_units(line)).key("picked_by");
  if (line.mark && !line.mark->who.empty()) {
    out.object().field("who", line.mark->who).field("at", line.mark->stamp.at.value).end_object();
  } else {
    out.null();
  }
  out.key("choice");
  if (line.choice) {
    constexpr std::string_view words[] = {"wait", "substitute", "refund"};
    out.object().field("what", words[static_cast<std::size_t>(line.choice->what)]).field("units", line.choice->units);
    out.field("sku", line.choice->sku.text).end_object();
  } else {
    out.null();
  }
  out.end_object();
}

}  // namespace

std::string to_json(const OrderQueue& queue) {
  JsonWriter out;
  out.object().key("orders").array();
  for (const OrderHead& head : queue.orders) {
    open_head(out, head);
    out.end_object();
  }
  out.end_array().field("more", queue.more).end_object();
  return out.take();
}

std::string to_json(const OrderView& view) {
  JsonWriter out;
  open_head(out, view.head);
  out.key("lines").array();
  for (const OrderLineView& line : view.lines) write(out, line);
  out.end_array().end_object();
  return out.take();
}

std::string to_json(const PickList& list) {
  JsonWriter out;
  out.object().key("lines").array();
  for (const PickLine& one : list.lines) {
    out.object().field("order", one.order.text).field("promise_at", one.promise_at.value).key("line");
    write(out, one.line);
    out.end_object();
  }
  out.end_array().field("more", list.more).end_object();
  return out.take();
}

std::string to_json(const PickupView& view) {
  JsonWriter out;
  out.object().key("needs");
  if (view.needs_phone) {
    out.string("phone");
  } else {
    out.null();
  }
  out.key("order");
  if (view.head) {
    const sync::Order& order = view.head->order;
    out.string(order.id.text).field("status", sync::rules::word_of(view.head->status));
    out.field("promise_at", order.promise_at.value).field("balance_due", sync::rules::balance_due(order));
    out.field("currency", order.currency);
  } else {
    out.null();
  }
  out.field("ahead", view.ahead).end_object();
  return out.take();
}

}  // namespace vitrine::edge::local_api
