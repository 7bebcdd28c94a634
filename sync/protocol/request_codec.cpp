// SPDX-License-Identifier: Apache-2.0
// One table of kinds of operations; the document's parts are the operations' bodies with their stamps.
#include "sync/protocol/request_codec.hpp"

#include <algorithm>
#include <array>

#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_input.hpp"
#include "sync/protocol/order_fields.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;
using rules::RequestOperation;

constexpr std::size_t bytes_max = 16UL * 1024;
constexpr std::array<std::string_view, 4> topics = {"finding", "reach", "paying", "access"};
constexpr std::array<std::string_view, 3> ends = {"helped", "cancelled", "gone"};
constexpr std::array<std::string_view, 7> document_fields = {"store", "since", "raised", "topic", "taken", "ended", "expires_at"};

std::string text_if_any(const Fields& fields, const char* name) {
  return fields.text_if_any(name, 1, rules::request_text_bytes_max).value_or("");
}

rules::RequestRaise decode_raise(const Fields& fields) {
  rules::RequestRaise raise;
  raise.device = fields.text("device", is_store_id);
  raise.where = text_if_any(fields, "where");
  raise.language = fields.text_if_any("language", 1, language_bytes_max).value_or("");
  raise.context = fields.text_if_any("context", is_request_context).value_or("");
  return raise;
}
rules::RequestSay decode_say(const Fields& fields) { return {fields.text("about", is_word)}; }
rules::RequestTake decode_take(const Fields& fields) {
  return {fields.text("who", 0, who_bytes_max), fields.integer_if_any("minutes", 1, rules::request_minutes_max).value_or(0)};
}
rules::RequestEnd decode_end(const Fields& fields) { return {fields.text("how", is_word)}; }

Stamp decode_stamp(const Fields& fields) { return {decode_time(fields, "at"), fields.text("by", is_dot_id)}; }

json write(const rules::RequestRaise& raise) {
  json out = {{"device", raise.device}};
  if (!raise.where.empty()) out["where"] = raise.where;
  if (!raise.language.empty()) out["language"] = raise.language;
  if (!raise.context.empty()) out["context"] = raise.context;
  return out;
}
json write(const rules::RequestSay& say) { return {{"about", say.about}}; }
json write(const rules::RequestTake& take) {
  json out = {{"who", take.who}};
  if (take.minutes > 0) out["minutes"] = take.minutes;
  return out;
}
json write(const rules::RequestEnd& end) { return {{"how", end.how}}; }

json with_stamp(json out, const Stamp& stamp) {
  out["at"] = stamp.at.value;
  out["by"] = stamp.by;
  return out;
}

struct Kind {
  std::string_view name;
  RequestOperation (*decode)(const Fields&);
};
// In the order of RequestOperation.
constexpr std::array kinds = {Kind{"request.raise", [](const Fields& in) -> RequestOperation { return decode_raise(in); }},
                              Kind{"request.say", [](const Fields& in) -> RequestOperation { return decode_say(in); }},
                              Kind{"request.take", [](const Fields& in) -> RequestOperation { return decode_take(in); }},
                              Kind{"request.end", [](const Fields& in) -> RequestOperation { return decode_end(in); }}};

}  // namespace

bool is_request_topic(std::string_view text) { return text.empty() || std::ranges::find(topics, text) != topics.end(); }
bool is_request_end(std::string_view text) { return std::ranges::find(ends, text) != ends.end(); }

bool is_request_context(std::string_view text) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string_view kind = text.substr(0, slash);
  const std::string_view id = text.substr(std::min(slash + 1, text.size()));
  return text.empty() || (kind == "cart" && is_hex_128(id)) || (kind == "order" && is_order_id(id)) ||
         (kind == "product" && is_sku(id));
}

DocumentKey request_key(const StoreId& store, const RequestId& id) { return {"request", store.text + "/" + id.text}; }

std::optional<std::pair<StoreId, RequestId>> request_id(std::string_view id) {
  const std::size_t slash = id.find('/');
  if (slash == std::string_view::npos || !is_store_id(id.substr(0, slash)) || !is_hex_128(id.substr(slash + 1)))
    return std::nullopt;
  return std::pair{StoreId{std::string(id.substr(0, slash))}, RequestId{std::string(id.substr(slash + 1))}};
}

Result<HelpRequest> decode_request_document(std::string_view text) {
  const auto object = parse_object(text, bytes_max, "request_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("request_malformed");
  const Fields fields(*object, "", mistake);
  HelpRequest request;
  request.store = StoreId{fields.text("store", is_store_id)};
  request.since = decode_time(fields, "since");
  if (fields.has("raised")) {
    const Fields in = fields.object("raised");
    const auto raise = decode_raise(in);
    request.raised = {raise.device, raise.where, raise.language, raise.context, decode_stamp(in)};
  }
  if (fields.has("topic")) {
    const Fields in = fields.object("topic");
    request.topic = {decode_say(in).about, decode_stamp(in)};
  }
  if (fields.has("taken")) {
    const Fields in = fields.object("taken");
    const auto take = decode_take(in);
    request.taken = {take.who, take.minutes, decode_stamp(in)};
  }
  if (fields.has("ended")) {
    const Fields in = fields.object("ended");
    request.ended = {decode_end(in).how, decode_stamp(in)};
  }
  if (mistake.made()) return mistake.error();
  json unknown = json::object();
  for (const auto& [name, value] : object->items()) {
    if (std::ranges::find(document_fields, name) == document_fields.end()) unknown[name] = value;
  }
  if (!unknown.empty()) request.unknown_fields = dump(unknown);
  return request;
}

std::string encode_request_document(const HelpRequest& request) {
  json out = request.unknown_fields.empty() ? json::object() : json::parse(request.unknown_fields, nullptr, false);
  if (!out.is_object()) out = json::object();
  out["store"] = request.store.text;
  out["since"] = request.since.value;
  if (const auto& one = request.raised)
    out["raised"] = with_stamp(write(rules::RequestRaise{one->device, one->where, one->language, one->context}), one->stamp);
  if (const auto& one = request.topic) out["topic"] = with_stamp(write(rules::RequestSay{one->about}), one->stamp);
  if (const auto& one = request.taken) out["taken"] = with_stamp(write(rules::RequestTake{one->who, one->minutes}), one->stamp);
  if (const auto& one = request.ended) out["ended"] = with_stamp(write(rules::RequestEnd{one->how}), one->stamp);
  out["expires_at"] = rules::expires_at(request).value;
  return dump(out);
}

Result<RequestOperation> decode_request_operation(std::string_view kind, std::string_view body) {
  const auto* row = std::ranges::find(kinds, kind, &Kind::name);
  if (row == kinds.end()) return fail("operation_unknown", std::string(kind));
  const auto object = parse_object(body, bytes_max, "operation_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("operation_malformed");
  RequestOperation operation = row->decode(Fields(*object, "", mistake));
  if (mistake.made()) return mistake.error();
  return operation;
}

Operation encode_request_operation(const StoreId& store, const RequestId& id, const RequestOperation& operation) {
  const json body = std::visit([](const auto& op) { return write(op); }, operation);
  return Operation{request_key(store, id), std::string(kinds[operation.index()].name), 1, dump(body), ""};
}

}  // namespace vitrine::sync::protocol
