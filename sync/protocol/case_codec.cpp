// SPDX-License-Identifier: Apache-2.0
// One table of kinds of operations; the document's parts are the operations' bodies with their stamps.
#include "sync/protocol/case_codec.hpp"

#include <algorithm>
#include <array>

#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_input.hpp"
#include "sync/protocol/order_fields.hpp"
#include "sync/protocol/person_id.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;
using rules::CaseOperation;

constexpr std::size_t bytes_max = 64UL * 1024;
constexpr std::array<std::string_view, 2> ends = {"answered", "not_needed"};
constexpr std::array<std::string_view, 9> document_fields = {"customer", "since", "until",  "head",      "messages",
                                                             "answered", "owner", "closed", "expires_at"};

std::optional<StoreId> store_if_any(const Fields& fields) {
  auto store = fields.text_if_any("store", is_store_id);
  return store ? std::optional(StoreId{std::move(*store)}) : std::nullopt;
}
std::string name_if_any(const Fields& fields) { return fields.text_if_any("name", 1, name_bytes_max).value_or(""); }

Stamp decode_stamp(const Fields& fields) { return {decode_time(fields, "at"), fields.text("by", is_dot_id)}; }
std::vector<Stamp> decode_stamps(const Fields& fields, const char* name) {
  std::vector<Stamp> stamps;
  std::size_t index = 0;
  for (const json& one : fields.array(name, rules::case_messages_max))
    stamps.push_back(decode_stamp(Fields(one, fields.path_of(name) + "[" + std::to_string(index++) + "]", fields.mistake())));
  std::ranges::sort(stamps);
  const auto [tail, end] = std::ranges::unique(stamps);
  stamps.erase(tail, end);
  return stamps;
}
bool is_from(std::string_view word) { return word == "customer" || word == "staff"; }

rules::CaseOpen decode_open(const Fields& fields) {
  return {fields.text("channel", is_store_id), fields.text_if_any("summary", 1, rules::case_summary_bytes_max).value_or(""),
          store_if_any(fields), fields.text_if_any("reference", 1, rules::case_reference_bytes_max).value_or("")};
}
rules::CaseNote decode_note(const Fields& fields) {
  return {fields.text("from", is_from) == "customer", name_if_any(fields), store_if_any(fields),
          fields.text("text", 1, rules::case_text_bytes_max)};
}
rules::CaseTake decode_take(const Fields& fields) {
  return {fields.text("who", 0, who_bytes_max), name_if_any(fields), StoreId{fields.text("store", is_store_id)}};
}
rules::CaseClose decode_close(const Fields& fields) {
  return {fields.text("how", is_word), name_if_any(fields), store_if_any(fields), decode_stamps(fields, "seen")};
}

json with_stamp(json out, const Stamp& stamp) {
  out["at"] = stamp.at.value;
  out["by"] = stamp.by;
  return out;
}
json write(const std::vector<Stamp>& stamps) {
  json out = json::array();
  for (const Stamp& one : stamps) out.push_back(with_stamp(json::object(), one));
  return out;
}
json write(const rules::CaseOpen& open) {
  json out = {{"channel", open.channel}};
  if (!open.summary.empty()) out["summary"] = open.summary;
  if (open.store) out["store"] = open.store->text;
  if (!open.reference.empty()) out["reference"] = open.reference;
  return out;
}
json write(const rules::CaseNote& note) {
  json out = {{"from", note.by_customer ? "customer" : "staff"}, {"text", note.text}};
  if (!note.name.empty()) out["name"] = note.name;
  if (note.store) out["store"] = note.store->text;
  return out;
}
json write(const rules::CaseTake& take) {
  json out = {{"who", take.who}, {"store", take.store.text}};
  if (!take.name.empty()) out["name"] = take.name;
  return out;
}
json write(const rules::CaseClose& close) {
  json out = {{"how", close.how}, {"seen", write(close.seen)}};
  if (!close.name.empty()) out["name"] = close.name;
  if (close.store) out["store"] = close.store->text;
  return out;
}

struct Kind {
  std::string_view name;
  CaseOperation (*decode)(const Fields&);
};
// In the order of CaseOperation.
constexpr std::array kinds = {Kind{"case.open", [](const Fields& in) -> CaseOperation { return decode_open(in); }},
                              Kind{"case.note", [](const Fields& in) -> CaseOperation { return decode_note(in); }},
                              Kind{"case.take", [](const Fields& in) -> CaseOperation { return decode_take(in); }},
                              Kind{"case.close", [](const Fields& in) -> CaseOperation { return decode_close(in); }}};

std::vector<CaseMessage> decode_messages(const Fields& fields) {
  std::vector<CaseMessage> messages;
  std::size_t index = 0;
  for (const json& one : fields.array("messages", rules::case_messages_max)) {
    const Fields in(one, fields.path_of("messages") + "[" + std::to_string(index++) + "]", fields.mistake());
    const rules::CaseNote note = decode_note(in);
    messages.push_back({note.by_customer, note.name, note.store, note.text, decode_stamp(in)});
  }
  if (!std::ranges::is_sorted(messages, {}, &CaseMessage::stamp)) fields.wrong("messages", "are not by their stamps");
  return messages;
}

}  // namespace

bool is_case_end(std::string_view text) { return std::ranges::find(ends, text) != ends.end(); }

DocumentKey case_key(const CustomerId& customer, const CaseId& id) { return person_key("case", customer, id.text); }

std::optional<std::pair<CustomerId, CaseId>> case_id(std::string_view id) {
  auto parts = person_id(id);
  if (!parts) return std::nullopt;
  return std::pair{std::move(parts->first), CaseId{std::move(parts->second)}};
}

Result<Case> decode_case(std::string_view text) {
  const auto object = parse_object(text, bytes_max, "case_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("case_malformed");
  const Fields fields(*object, "", mistake);
  Case one;
  one.customer = CustomerId{fields.text("customer", 1, customer_bytes_max)};
  one.since = decode_time(fields, "since");
  one.until = decode_time(fields, "until");
  if (fields.has("head")) {
    const Fields in = fields.object("head");
    const auto open = decode_open(in);
    one.head = {open.channel, open.summary, open.store, open.reference, decode_stamp(in)};
  }
  one.messages = decode_messages(fields);
  one.answered = decode_stamps(fields, "answered");
  if (fields.has("owner")) {
    const Fields in = fields.object("owner");
    const auto take = decode_take(in);
    one.owner = {take.who, take.name, take.store, decode_stamp(in)};
  }
  if (fields.has("closed")) {
    const Fields in = fields.object("closed");
    one.closed = {in.text("how", is_word), name_if_any(in), decode_stamp(in)};
  }
  if (mistake.made()) return mistake.error();
  json unknown = json::object();
  for (const auto& [name, value] : object->items()) {
    if (std::ranges::find(document_fields, name) == document_fields.end()) unknown[name] = value;
  }
  if (!unknown.empty()) one.unknown_fields = dump(unknown);
  return one;
}

std::string encode_case(const Case& one) {
  json out = one.unknown_fields.empty() ? json::object() : json::parse(one.unknown_fields, nullptr, false);
  if (!out.is_object()) out = json::object();
  out["customer"] = one.customer.text;
  out["since"] = one.since.value;
  out["until"] = one.until.value;
  if (const auto& head = one.head)
    out["head"] = with_stamp(write(rules::CaseOpen{head->channel, head->summary, head->store, head->reference}), head->stamp);
  out["messages"] = json::array();
  for (const CaseMessage& each : one.messages)
    out["messages"].push_back(with_stamp(write(rules::CaseNote{each.by_customer, each.name, each.store, each.text}), each.stamp));
  out["answered"] = write(one.answered);
  if (const auto& owner = one.owner)
    out["owner"] = with_stamp(write(rules::CaseTake{owner->who, owner->name, owner->store}), owner->stamp);
  if (const auto& closed = one.closed) {
    json end = {{"how", closed->how}};
    if (!closed->name.empty()) end["name"] = closed->name;
    out["closed"] = with_stamp(std::move(end), closed->stamp);
  }
  out["expires_at"] = rules::expires_at(one).value;
  return dump(out);
}

Result<CaseOperation> decode_case_operation(std::string_view kind, std::string_view body) {
  const auto* row = std::ranges::find(kinds, kind, &Kind::name);
  if (row == kinds.end()) return fail("operation_unknown", std::string(kind));
  const auto object = parse_object(body, bytes_max, "operation_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("operation_malformed");
  CaseOperation operation = row->decode(Fields(*object, "", mistake));
  if (mistake.made()) return mistake.error();
  return operation;
}

Operation encode_case_operation(const CustomerId& customer, const CaseId& id, const CaseOperation& operation) {
  const json body = std::visit([](const auto& op) { return write(op); }, operation);
  return Operation{case_key(customer, id), std::string(kinds[operation.index()].name), 1, dump(body), ""};
}

}  // namespace vitrine::sync::protocol
