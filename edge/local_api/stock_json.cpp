// SPDX-License-Identifier: Apache-2.0
// Stock as JSON, in the shape of docs/openapi-edge.yaml.
#include "edge/local_api/answers_json.hpp"
#include "edge/local_api/nearby.hpp"
#include "edge/local_api/stock.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/rules/stock.hpp"

namespace vitrine::edge::local_api {

using sync::protocol::JsonWriter;

namespace {

void write_title(JsonWriter& out, const database::Translations& title) {
  out.key("title").object();
  for (const auto& [language, words] : title) out.field(language, words);
  out.end_object();
}

// The object stays open.
void open_discrepancy(JsonWriter& out, const sync::StockDiscrepancy& one) {
  out.object().field("id", one.id).field("kind", one.kind).field("units", one.units).field("at", one.at.value);
}

void write_right(JsonWriter& out, const StockView& view) {
  const auto& lent = view.seen.stock.lent;
  out.key("right");
  if (!lent || lent->until <= view.now) {
    out.null();
    return;
  }
  out.object().field("units", lent->units).field("left", sync::rules::rights_left_at(view.seen.stock, view.now));
  out.field("until", lent->until.value).end_object();
}

}  // namespace

std::string to_json(const StockView& view) {
  const sync::Stock& stock = view.seen.stock;
  JsonWriter out;
  out.object().field("sku", stock.sku.text);
  write_title(out, view.title);
  out.field("on_hand", stock.on_hand).field("reserved", sync::rules::reserved_at(stock, view.now)).field("safety", stock.safety);
  out.field("available", sync::rules::unreserved_at(stock, view.now)).field("moved", stock.moved);
  out.field("aisle", stock.aisle).field("bay", stock.bay).field("counted_at", stock.counted_at.value);
  out.field("as_of", view.as_of.value).field("freshness", word_of(view.freshness));
  write_right(out, view);
  out.key("reservations").array();
  for (const sync::StockReservation& one : stock.reservations) {
    if (one.until <= view.now) continue;
    out.object().field("reservation", one.id.text).field("units", one.units).field("until", one.until.value);
    out.field("for", one.purpose).field("by", one.right ? "store" : "hub").end_object();
  }
  out.end_array().key("discrepancies").array();
  for (const sync::StockDiscrepancy& one : stock.discrepancies) {
    open_discrepancy(out, one);
    out.end_object();
  }
  out.end_array();
  write_nearby(out, view.nearby);
  out.end_object();
  return out.take();
}

std::string to_json(const StockTasks& tasks) {
  JsonWriter out;
  out.object().key("tasks").array();
  for (const StockTask& one : tasks.tasks) {
    open_discrepancy(out, one.discrepancy);
    out.field("sku", one.sku.text);
    write_title(out, one.title);
    out.field("on_hand", one.on_hand).field("aisle", one.aisle).field("bay", one.bay).end_object();
  }
  out.end_array().field("more", tasks.more).end_object();
  return out.take();
}

std::string to_json(const CartReservations& reservations) {
  JsonWriter out;
  out.object().field("cart", reservations.cart.text).key("lines").array();
  for (const CartReservations::Line& one : reservations.lines) {
    out.object().field("line", one.line).field("sku", one.sku.text).field("units", one.units).field("reserved", one.reserved);
    out.key("until");
    if (one.until) {
      out.number(one.until->value);
    } else {
      out.null();
    }
    out.field("reservable", one.reservable).end_object();
  }
  out.end_array().end_object();
  return out.take();
}

}  // namespace vitrine::edge::local_api
