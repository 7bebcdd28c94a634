// SPDX-License-Identifier: Apache-2.0
// Stock documents as JSON. Operations: stock_operation_codec.cpp.
#include "sync/protocol/stock_codec.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_input.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;

constexpr std::size_t stock_bytes_max = 256UL * 1024;
constexpr std::int64_t moved_max = 1'000'000'000'000'000;
constexpr std::size_t id_bytes_max = 64;
constexpr std::array<std::string_view, 3> ends = {"posted", "voided", "expired"};

// What this version does not know of an object, as a JSON object; empty: nothing.
std::string unknown_of(const json& object, std::initializer_list<std::string_view> known) {
  json rest = json::object();
  for (const auto& [name, value] : object.items()) {
    if (std::ranges::find(known, name) == known.end()) rest[name] = value;
  }
  return rest.empty() ? std::string() : dump(rest);
}

json with_unknown(const std::string& more) {
  json object = more.empty() ? json::object() : json::parse(more, nullptr, false);
  return object.is_object() ? object : json::object();
}

template <class Each>
void each_object(const Fields& fields, const char* name, std::size_t max, const Each& each) {
  if (!fields.has(name)) return;
  const json& items = fields.array(name, max);
  for (std::size_t i = 0; i < items.size(); ++i) {
    each(Fields(items[i], fields.path_of(name) + "[" + std::to_string(i) + "]", fields.mistake()), items[i]);
  }
}

StockRight decode_right(const Fields& fields, const json& object) {
  StockRight right;
  right.id = RightId{fields.text("id", is_hex_128)};
  right.units = fields.integer("units", 1, rules::stock_units_max);
  right.drawn = fields.integer("drawn", 0, right.units);
  right.until = decode_time(fields, "until");
  right.more = unknown_of(object, {"id", "units", "drawn", "until"});
  return right;
}

StockReservation decode_reservation(const Fields& fields, const json& object) {
  StockReservation out;
  out.id = ReservationId{fields.text("id", is_hex_128)};
  out.units = fields.integer("units", 1, rules::reservation_units_max);
  out.until = decode_time(fields, "until");
  out.purpose = fields.text("for", 0, rules::stock_text_bytes_max);
  if (auto right = fields.text_if_any("right", is_hex_128)) out.right = RightId{*right};
  out.more = unknown_of(object, {"id", "units", "until", "for", "right"});
  return out;
}

EndedReservation decode_ended(const Fields& fields) {
  EndedReservation out;
  out.id = ReservationId{fields.text("id", is_hex_128)};
  const std::string how = fields.text("how", 1, id_bytes_max);
  const auto* known = std::ranges::find(ends, std::string_view(how));
  if (known == ends.end()) {
    fields.wrong("how", "no end that this version knows");
  } else {
    out.how = static_cast<ReservationEnd>(known - ends.begin());
  }
  out.at = decode_time(fields, "at");
  return out;
}

void decode_recent(const Fields& fields, Stock& stock) {
  if (!fields.has("recent")) return;
  for (const json& pair : fields.array("recent", rules::recent_moves_max)) {
    const auto at = pair.is_array() && pair.size() == 2 ? integer_of(pair[0], 0, time_ms_max) : std::nullopt;
    const auto units = at ? integer_of(pair[1], -rules::stock_units_max, rules::stock_units_max) : std::nullopt;
    if (!units) return fields.wrong("recent", "not pairs of time and units");
    stock.recent.push_back({UtcMs{*at}, *units});
  }
}

void write_lists(const Stock& stock, json& body) {
  if (!stock.recent.empty()) {
    json recent = json::array();
    for (const StockMoved& one : stock.recent) recent.push_back({one.at.value, one.units});
    body["recent"] = std::move(recent);
  }
  for (const StockReservation& one : stock.reservations) {
    json object = with_unknown(one.more);
    object.update({{"id", one.id.text}, {"units", one.units}, {"until", one.until.value}, {"for", one.purpose}});
    if (one.right) object["right"] = one.right->text;
    body["reservations"].push_back(std::move(object));
  }
  for (const EndedReservation& one : stock.ended) {
    body["ended"].push_back({{"id", one.id.text}, {"how", ends[static_cast<std::size_t>(one.how)]}, {"at", one.at.value}});
  }
  for (const StockDiscrepancy& one : stock.discrepancies) {
    json object = with_unknown(one.more);
    object.update({{"id", one.id}, {"kind", one.kind}, {"units", one.units}, {"at", one.at.value}});
    body["discrepancies"].push_back(std::move(object));
  }
}

}  // namespace

DocumentKey stock_key(const StoreId& store, const Sku& sku) { return {"stock", store.text + "/" + sku.text}; }

std::optional<std::pair<StoreId, Sku>> stock_id(std::string_view id) {
  const std::size_t slash = id.find('/');
  if (slash == std::string_view::npos || !is_store_id(id.substr(0, slash)) || !is_sku(id.substr(slash + 1))) return std::nullopt;
  return std::pair{StoreId{std::string(id.substr(0, slash))}, Sku{std::string(id.substr(slash + 1))}};
}

Result<Stock> decode_stock(std::string_view text) {
  const auto object = parse_object(text, stock_bytes_max, "stock_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("stock_malformed");
  const Fields fields(*object, "", mistake);
  Stock stock;
  stock.store = StoreId{fields.text("store", is_store_id)};
  stock.sku = Sku{fields.text("sku", is_sku)};
  stock.on_hand = fields.integer("on_hand", -rules::on_hand_max, rules::on_hand_max);
  stock.safety = fields.integer("safety", 0, rules::stock_units_max);
  stock.aisle = fields.text_if_any("aisle", 0, id_bytes_max).value_or("");
  stock.bay = fields.text_if_any("bay", 0, id_bytes_max).value_or("");
  stock.counted_at = decode_time(fields, "counted_at");
  if (auto life = fields.text_if_any("counted_life", is_hex_128)) stock.counted_life = IncarnationId{*life};
  stock.moved = fields.integer_if_any("moved", -moved_max, moved_max).value_or(0);
  decode_recent(fields, stock);
  stock.recent_from = UtcMs{fields.integer_if_any("recent_from", 0, time_ms_max).value_or(0)};
  if (const auto lent = object->find("lent"); lent != object->end()) stock.lent = decode_right(fields.object("lent"), *lent);
  each_object(fields, "reservations", rules::reservations_max,
              [&](const Fields& one, const json& raw) { stock.reservations.push_back(decode_reservation(one, raw)); });
  each_object(fields, "ended", rules::ended_max,
              [&](const Fields& one, const json&) { stock.ended.push_back(decode_ended(one)); });
  each_object(fields, "discrepancies", rules::discrepancies_max, [&](const Fields& one, const json& raw) {
    stock.discrepancies.push_back({one.text("id", 1, id_bytes_max), one.text("kind", 1, id_bytes_max),
                                   one.integer("units", -2 * rules::on_hand_max, 2 * rules::on_hand_max), decode_time(one, "at"),
                                   raw.is_object() ? unknown_of(raw, {"id", "kind", "units", "at"}) : ""});
  });
  if (mistake.made()) return mistake.error();
  stock.unknown_fields =
      unknown_of(*object, {"store", "sku", "on_hand", "reserved", "safety", "aisle", "bay", "counted_at", "counted_life", "moved",
                           "recent", "recent_from", "lent", "reservations", "ended", "discrepancies"});
  return stock;
}

std::string encode_stock(const Stock& stock) {
  json body = with_unknown(stock.unknown_fields);
  std::int64_t reserved = 0;
  for (const StockReservation& one : stock.reservations) reserved += one.units;
  body.update({{"store", stock.store.text},
               {"sku", stock.sku.text},
               {"on_hand", stock.on_hand},
               {"reserved", reserved},
               {"safety", stock.safety},
               {"counted_at", stock.counted_at.value}});
  if (!stock.aisle.empty()) body["aisle"] = stock.aisle;
  if (!stock.bay.empty()) body["bay"] = stock.bay;
  if (!stock.counted_life.empty()) body["counted_life"] = stock.counted_life.text;
  if (stock.moved != 0) body["moved"] = stock.moved;
  if (stock.recent_from.value != 0) body["recent_from"] = stock.recent_from.value;
  if (stock.lent) {
    json right = with_unknown(stock.lent->more);
    right.update({{"id", stock.lent->id.text},
                  {"units", stock.lent->units},
                  {"drawn", stock.lent->drawn},
                  {"until", stock.lent->until.value}});
    body["lent"] = std::move(right);
  }
  write_lists(stock, body);
  return dump(body);
}

}  // namespace vitrine::sync::protocol
