// SPDX-License-Identifier: Apache-2.0
// An hour is written the same in the document and in the operation; counts that are 0 are left out.
#include "sync/protocol/measures_codec.hpp"

#include <algorithm>
#include <array>

#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_input.hpp"
#include "sync/protocol/order_fields.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;
using rules::MeasuresOperation;
using rules::MeasuresPut;

constexpr std::size_t bytes_max = 64UL * 1024;
constexpr std::int64_t count_max = 1'000'000'000;
constexpr std::string_view put_kind = "measures.put";
constexpr std::array<std::string_view, 4> document_fields = {"store", "date", "hours", "expires_at"};

bool is_date(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00";
  return std::ranges::equal(text, shape, [](char c, char like) { return like == '-' ? c == '-' : c >= '0' && c <= '9'; });
}

std::optional<std::int64_t> decode_wait(const Fields& fields, const char* name) {
  return fields.integer_if_any(name, 0, INT64_MAX / 2);
}

MeasuresPut decode_put(const Fields& fields) {
  MeasuresPut put;
  put.from = decode_time(fields, "from");
  put.until = decode_time(fields, "until");
  const Fields counts = fields.object("counts");
  for (const MeasureName& one : measure_names)
    put.counts.*one.count = counts.integer_if_any(std::string(one.name).c_str(), 0, count_max).value_or(0);
  put.waits = fields.integer_if_any("waits", 0, count_max).value_or(0);
  put.wait_median_ms = decode_wait(fields, "wait_median_ms");
  put.wait_p90_ms = decode_wait(fields, "wait_p90_ms");
  return put;
}

json write(const MeasuresPut& put) {
  json counts = json::object();
  for (const MeasureName& one : measure_names) {
    if (put.counts.*one.count > 0) counts[std::string(one.name)] = put.counts.*one.count;
  }
  json out = {{"from", put.from.value}, {"until", put.until.value}, {"counts", std::move(counts)}};
  if (put.waits > 0) out["waits"] = put.waits;
  if (put.wait_median_ms) out["wait_median_ms"] = *put.wait_median_ms;
  if (put.wait_p90_ms) out["wait_p90_ms"] = *put.wait_p90_ms;
  return out;
}

}  // namespace

DocumentKey measures_key(const StoreId& store, const std::string& date) { return {"measures", store.text + "/" + date}; }

std::optional<std::pair<StoreId, std::string>> measures_id(std::string_view id) {
  const std::size_t slash = id.find('/');
  if (slash == std::string_view::npos || !is_store_id(id.substr(0, slash)) || !is_date(id.substr(slash + 1))) return std::nullopt;
  return std::pair{StoreId{std::string(id.substr(0, slash))}, std::string(id.substr(slash + 1))};
}

Result<MeasuredDay> decode_measures(std::string_view text) {
  const auto object = parse_object(text, bytes_max, "measures_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("measures_malformed");
  const Fields fields(*object, "", mistake);
  MeasuredDay day;
  day.store = StoreId{fields.text("store", is_store_id)};
  day.date = fields.text("date", is_date);
  const json& hours = fields.array("hours", rules::measures_hours_max);
  for (std::size_t i = 0; i < hours.size(); ++i) {
    const Fields in(hours[i], "hours[" + std::to_string(i) + "]", mistake);
    MeasuresPut put = decode_put(in);
    day.hours.push_back({put.from,
                         put.until,
                         std::move(put.counts),
                         put.waits,
                         put.wait_median_ms,
                         put.wait_p90_ms,
                         {decode_time(in, "at"), in.text("by", is_dot_id)}});
  }
  if (mistake.made()) return mistake.error();
  if (!std::ranges::is_sorted(day.hours, std::ranges::less_equal{}, &MeasuredHour::from))
    return fail("measures_malformed", "hours: each stands there once, in their order");
  json unknown = json::object();
  for (const auto& [name, value] : object->items()) {
    if (std::ranges::find(document_fields, name) == document_fields.end()) unknown[name] = value;
  }
  if (!unknown.empty()) day.unknown_fields = dump(unknown);
  return day;
}

std::string encode_measures(const MeasuredDay& day) {
  json out = day.unknown_fields.empty() ? json::object() : json::parse(day.unknown_fields, nullptr, false);
  if (!out.is_object()) out = json::object();
  out["store"] = day.store.text;
  out["date"] = day.date;
  out["hours"] = json::array();
  for (const MeasuredHour& hour : day.hours) {
    json one = write({hour.from, hour.until, hour.counts, hour.waits, hour.wait_median_ms, hour.wait_p90_ms});
    one["at"] = hour.stamp.at.value;
    one["by"] = hour.stamp.by;
    out["hours"].push_back(std::move(one));
  }
  out["expires_at"] = rules::expires_at(day).value;
  return dump(out);
}

Result<MeasuresOperation> decode_measures_operation(std::string_view kind, std::string_view body) {
  if (kind != put_kind) return fail("operation_unknown", std::string(kind));
  const auto object = parse_object(body, bytes_max, "operation_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("operation_malformed");
  MeasuresPut put = decode_put(Fields(*object, "", mistake));
  if (mistake.made()) return mistake.error();
  return MeasuresOperation{std::move(put)};
}

Operation encode_measures_operation(const StoreId& store, const std::string& date, const MeasuresOperation& operation) {
  return Operation{measures_key(store, date), std::string(put_kind), 1, dump(write(std::get<MeasuresPut>(operation))), ""};
}

}  // namespace vitrine::sync::protocol
