// SPDX-License-Identifier: Apache-2.0
// Order documents as JSON. Operations: order_operation_codec.cpp.
#include "sync/protocol/order_codec.hpp"

#include <algorithm>
#include <array>

#include "sync/protocol/order_fields.hpp"
#include "sync/protocol/tape_input.hpp"
#include "sync/protocol/unknown_fields.hpp"
#include "sync/rules/order_state.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;

constexpr std::size_t order_bytes_max = 1 << 20;
constexpr std::size_t stamp_bytes_max = 64;
constexpr std::size_t document_lines_max = 2 * rules::order_lines_max;  // with lines that are no longer ordered
constexpr std::string_view code = "order_malformed";
constexpr auto known_fields = std::to_array<std::string_view>(
    {"revision",   "placed",   "placed_at",        "channel",      "currency",   "store",    "customer", "buyer",
     "code",       "archived", "promise_at",       "hold_until",   "paid",       "refunded", "resolved", "cancelled",
     "delegate",   "lines",    "cancel_requested", "leased_until", "staged",     "ready",    "arrived",  "reminded",
     "held_until", "released", "events",           "changed_at",   "expires_at", "erased",   "asked",    "delivery"});

struct Tally {
  std::string_view name;
  std::int64_t OrderTally::* field;
};
constexpr auto tallies = std::to_array<Tally>({{"picked", &OrderTally::picked},
                                               {"missing", &OrderTally::missing},
                                               {"handed", &OrderTally::handed},
                                               {"refused", &OrderTally::refused},
                                               {"returned", &OrderTally::returned},
                                               {"restocked", &OrderTally::restocked},
                                               {"written_off", &OrderTally::written_off}});

UtcMs time_if_any(const TapeFields& fields, std::string_view name) {
  return {fields.integer_if_any(name, 0, time_ms_max).value_or(0)};
}

Stamp decode_stamp(const TapeFields& fields) {
  return {{fields.integer("at", 0, time_ms_max)}, fields.text("by", 1, stamp_bytes_max)};
}

// Calls each(fields) for the object of that name, where there is one.
template <class Each>
void with_object(const TapeFields& fields, std::string_view name, const Each& each) {
  const auto there = fields.at(name);
  if (there.error() != simdjson::SUCCESS) return;
  simdjson::dom::object found;
  if (there.get(found) != simdjson::SUCCESS) return fields.wrong(name, "not an object");
  each(fields.inside(name, found));
}

std::optional<Stamp> stamp_if_any(const TapeFields& fields, std::string_view name) {
  std::optional<Stamp> stamp;
  with_object(fields, name, [&](const TapeFields& in) { stamp = decode_stamp(in); });
  return stamp;
}

std::optional<OrderPlace> place_if_any(const TapeFields& fields, std::string_view name) {
  std::optional<OrderPlace> place;
  with_object(fields, name, [&](const TapeFields& in) { place = {in.text("place", 1, place_bytes_max), decode_stamp(in)}; });
  return place;
}

std::optional<OrderReason> reason_if_any(const TapeFields& fields, std::string_view name) {
  std::optional<OrderReason> reason;
  with_object(fields, name, [&](const TapeFields& in) { reason = {in.text("reason", is_word), decode_stamp(in)}; });
  return reason;
}

template <std::size_t Count>
std::size_t one_of(const TapeFields& fields, std::string_view name, const std::array<std::string_view, Count>& words) {
  const std::string word = fields.text(name, 1, 32);
  const auto found = std::ranges::find(words, word);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  fields.wrong(name, "none of its words");
  return 0;
}

OrderLine decode_line(const TapeFields& fields) {
  OrderLine line;
  line.number = fields.integer("line", 1, rules::order_line_number_max);
  if (auto sku = fields.text_if_any("sku", is_sku)) line.sku = Sku{*sku};
  line.ordered = fields.integer("n", 0, rules::order_units_max);
  line.unit_price = fields.integer("unit_price", 0, rules::order_price_minor_max);
  line.refunded_units = fields.integer_if_any("refunded", 0, rules::order_units_max).value_or(0);
  for (const Tally& tally : tallies)
    line.tally.*tally.field = fields.integer_if_any(tally.name, 0, rules::order_tally_max).value_or(0);
  with_object(fields, "mark", [&](const TapeFields& in) { line.mark = {in.text("who", 0, who_bytes_max), decode_stamp(in)}; });
  with_object(fields, "choice", [&](const TapeFields& in) {
    OrderChoice choice;
    choice.what = static_cast<OrderChoice::What>(one_of(in, "what", choice_words));
    choice.units = in.integer("n", 1, rules::order_units_max);
    if (auto sku = in.text_if_any("sku", is_sku)) choice.sku = Sku{*sku};
    choice.stamp = decode_stamp(in);
    line.choice = std::move(choice);
  });
  line.more = unknown_members(fields, {"line", "sku", "n", "unit_price", "refunded", "picked", "missing", "handed", "refused",
                                       "returned", "restocked", "written_off", "mark", "choice"});
  return line;
}

OrderEvent decode_event(const TapeFields& fields) {
  OrderEvent event;
  event.what = static_cast<OrderEvent::What>(one_of(fields, "what", event_words));
  event.stamp = decode_stamp(fields);
  event.store = StoreId{fields.text("store", is_store_id)};
  event.actor = fields.text("actor", 0, actor_bytes_max);
  event.proof = fields.text_if_any("proof", is_proof).value_or("");
  event.delegate = fields.has("delegate") && fields.boolean("delegate");
  event.reason = fields.text_if_any("reason", is_word).value_or("");
  event.condition = fields.text_if_any("condition", is_word).value_or("");
  fields.each_object("lines", document_lines_max, [&](const TapeFields& line) {
    event.lines[line.integer("line", 1, rules::order_line_number_max)] += line.integer("n", 1, rules::order_units_max);
  });
  return event;
}

void decode_commerce(const TapeFields& fields, Order& order) {
  order.revision = fields.integer("revision", 0, time_ms_max);
  if (auto placed = stamp_if_any(fields, "placed")) order.placed = *placed;
  order.placed_at = time_if_any(fields, "placed_at");
  order.channel = fields.text_if_any("channel", 0, channel_bytes_max).value_or("");
  order.currency = fields.text_if_any("currency", is_currency).value_or("");
  if (auto store = fields.text_if_any("store", is_store_id)) order.store = StoreId{*store};
  if (auto customer = fields.text_if_any("customer", 1, customer_bytes_max)) order.customer = CustomerId{*customer};
  with_object(fields, "buyer", [&](const TapeFields& in) { order.buyer = decode_person(in); });
  order.code = fields.text_if_any("code", is_collection_code).value_or("");
  order.promise_at = time_if_any(fields, "promise_at");
  order.hold_until = time_if_any(fields, "hold_until");
  order.archived = fields.has("archived") && fields.boolean("archived");
  order.erased = fields.has("erased") && fields.boolean("erased");
  with_object(fields, "asked", [&](const TapeFields& in) {
    order.asked = {StoreId{in.text("store", is_store_id)}, CartId{in.text("cart", is_hex_128)},
                   in.integer("total", 0, rules::order_money_minor_max), decode_stamp(in)};
  });
  order.paid_minor = fields.integer_if_any("paid", 0, rules::order_money_minor_max).value_or(0);
  order.refunded_minor = fields.integer_if_any("refunded", 0, rules::order_money_minor_max).value_or(0);
  order.cancelled = reason_if_any(fields, "cancelled");
  order.cancel_requested = reason_if_any(fields, "cancel_requested");
  order.leased_until = time_if_any(fields, "leased_until");
  with_object(fields, "delegate", [&](const TapeFields& in) {
    order.delegate = decode_person(in);
    order.delegated = decode_stamp(in);
  });
  with_object(fields, "resolved", [&](const TapeFields& in) {
    for (const auto& [name, value] : in.object()) {
      if (!is_word(name)) in.wrong(name, "no exception");
      if (auto how = reason_if_any(in, name)) order.resolved.emplace(name, *how);
    }
  });
}

// What no single field shows: lines by number, each once; events in the order of their stamps.
void judge_whole(const Order& order, Mistake& mistake) {
  const auto out_of_order = [](const auto& list, const auto& of) {
    return std::ranges::adjacent_find(list, [&](const auto& a, const auto& b) { return !(of(a) < of(b)); }) != list.end();
  };
  if (out_of_order(order.lines, [](const OrderLine& line) { return line.number; }))
    mistake.at("lines", "not by number, or one twice");
  if (out_of_order(order.events, [](const OrderEvent& event) { return event.stamp; }))
    mistake.at("events", "not by their stamps");
}

json encode(const Stamp& stamp) { return {{"at", stamp.at.value}, {"by", stamp.by}}; }

json with_stamp(json out, const Stamp& stamp) {
  out["at"] = stamp.at.value;
  out["by"] = stamp.by;
  return out;
}

json encode(const OrderReason& reason) { return with_stamp({{"reason", reason.reason}}, reason.stamp); }
json encode(const OrderPlace& place) { return with_stamp({{"place", place.place}}, place.stamp); }

json encode(const OrderLine& line) {
  json out = json::object();
  if (!line.more.empty()) {
    out = json::parse("{" + line.more + "}", nullptr, false);
    if (!out.is_object()) out = json::object();
  }
  out["line"] = line.number;
  if (!line.sku.empty()) out["sku"] = line.sku.text;
  out["n"] = line.ordered;
  out["unit_price"] = line.unit_price;
  if (line.refunded_units > 0) out["refunded"] = line.refunded_units;
  for (const Tally& tally : tallies) {
    if (line.tally.*tally.field > 0) out[tally.name] = line.tally.*tally.field;
  }
  if (line.mark) out["mark"] = with_stamp({{"who", line.mark->who}}, line.mark->stamp);
  if (line.choice) {
    json choice = {{"what", choice_words[static_cast<std::size_t>(line.choice->what)]}, {"n", line.choice->units}};
    if (!line.choice->sku.empty()) choice["sku"] = line.choice->sku.text;
    out["choice"] = with_stamp(std::move(choice), line.choice->stamp);
  }
  return out;
}

json encode(const OrderEvent& event) {
  json lines = json::array();
  for (const auto& [line, units] : event.lines) lines.push_back({{"line", line}, {"n", units}});
  json out = {{"what", event_words[static_cast<std::size_t>(event.what)]},
              {"store", event.store.text},
              {"actor", event.actor},
              {"lines", std::move(lines)}};
  if (!event.proof.empty()) out["proof"] = event.proof;
  if (event.delegate) out["delegate"] = true;
  if (!event.reason.empty()) out["reason"] = event.reason;
  if (!event.condition.empty()) out["condition"] = event.condition;
  return with_stamp(std::move(out), event.stamp);
}

void put_time(json& out, const char* name, UtcMs time) {
  if (time.value > 0) out[name] = time.value;
}
void put_text(json& out, const char* name, const std::string& text) {
  if (!text.empty()) out[name] = text;
}
template <class Value>
void put_if_any(json& out, const char* name, const std::optional<Value>& value) {
  if (value) out[name] = encode(*value);
}

void encode_commerce(const Order& order, json& out) {
  out["revision"] = order.revision;
  if (order.revision > 0) out["placed"] = encode(order.placed);
  put_time(out, "placed_at", order.placed_at);
  put_text(out, "channel", order.channel);
  put_text(out, "currency", order.currency);
  if (order.store) out["store"] = order.store->text;
  if (order.customer) out["customer"] = order.customer->text;
  if (order.buyer) out["buyer"] = encode_person(*order.buyer);
  put_text(out, "code", order.code);
  put_time(out, "promise_at", order.promise_at);
  put_time(out, "hold_until", order.hold_until);
  if (order.archived) out["archived"] = true;
  if (order.erased) out["erased"] = true;
  if (order.asked) {
    json asked = {{"store", order.asked->store.text}, {"cart", order.asked->cart.text}, {"total", order.asked->total_minor}};
    out["asked"] = with_stamp(std::move(asked), order.asked->stamp);
  }
  if (rules::is_delivery(order)) out["delivery"] = "home";
  if (order.paid_minor > 0) out["paid"] = order.paid_minor;
  if (order.refunded_minor > 0) out["refunded"] = order.refunded_minor;
  put_if_any(out, "cancelled", order.cancelled);
  put_if_any(out, "cancel_requested", order.cancel_requested);
  put_time(out, "leased_until", order.leased_until);
  if (order.delegate && order.delegated) out["delegate"] = with_stamp(encode_person(*order.delegate), *order.delegated);
  for (const auto& [exception, how] : order.resolved) out["resolved"][exception] = encode(how);
}

}  // namespace

OrderDecoder::OrderDecoder() : tape_(std::make_unique<Tape>()) {}
OrderDecoder::~OrderDecoder() = default;

Result<Order> decode_order(const OrderId& id, std::string_view text) { return OrderDecoder().decode(id, text); }

Result<Order> OrderDecoder::decode(const OrderId& id, std::string_view text) {
  const auto body = tape_->object(text, order_bytes_max, code);
  if (!body) return std::unexpected(body.error());
  Mistake mistake(code);
  const Place whole;
  const TapeFields fields(*body, whole, mistake);
  Order order;
  order.id = id;
  decode_commerce(fields, order);
  order.lines.reserve(std::min(fields.size_of_array("lines"), document_lines_max));
  fields.each_object("lines", document_lines_max, [&](const TapeFields& line) { order.lines.push_back(decode_line(line)); });
  order.staged = place_if_any(fields, "staged");
  order.ready = stamp_if_any(fields, "ready");
  order.arrived = place_if_any(fields, "arrived");
  order.reminded = stamp_if_any(fields, "reminded");
  order.held_until = time_if_any(fields, "held_until");
  order.released = reason_if_any(fields, "released");
  if (fields.has("events")) {
    fields.each_object("events", rules::order_events_max,
                       [&](const TapeFields& event) { order.events.push_back(decode_event(event)); });
  }
  order.changed_at = {fields.integer("changed_at", 0, time_ms_max)};
  if (!mistake.made()) judge_whole(order, mistake);
  if (mistake.made()) return mistake.error();
  order.unknown_fields = unknown_fields(*body, text, known_fields);
  return order;
}

std::string encode_order(const Order& order) {
  json out = json::parse(order.unknown_fields, nullptr, false);
  if (!out.is_object()) out = json::object();
  encode_commerce(order, out);
  out["lines"] = json::array();
  for (const OrderLine& line : order.lines) out["lines"].push_back(encode(line));
  put_if_any(out, "staged", order.staged);
  put_if_any(out, "ready", order.ready);
  put_if_any(out, "arrived", order.arrived);
  put_if_any(out, "reminded", order.reminded);
  put_time(out, "held_until", order.held_until);
  put_if_any(out, "released", order.released);
  for (const OrderEvent& event : order.events) out["events"].push_back(encode(event));
  out["changed_at"] = order.changed_at.value;
  out["expires_at"] = rules::expires_at(order).value;
  return dump(out);
}

}  // namespace vitrine::sync::protocol
