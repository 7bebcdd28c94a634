// SPDX-License-Identifier: Apache-2.0
// The document is the operation's body with whose it is and when it is forgotten.
#include "sync/protocol/activity_codec.hpp"

#include <algorithm>
#include <array>

#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_input.hpp"
#include "sync/protocol/order_fields.hpp"
#include "sync/protocol/person_id.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;
using rules::ActivityAppend;
using rules::ActivityOperation;

constexpr std::string_view append_kind = "activity.append";
constexpr std::size_t bytes_max = 4096;
constexpr std::array<std::string_view, 9> document_fields = {"customer", "kind",  "channel", "at",        "sku",
                                                             "order",    "store", "text",    "expires_at"};

ActivityAppend decode_append(const Fields& fields) {
  ActivityAppend append;
  append.kind = fields.text("kind", is_word);
  append.channel = fields.text("channel", is_store_id);  // small letters, digits, '-', up to 32
  append.at = decode_time(fields, "at");
  if (auto sku = fields.text_if_any("sku", is_sku)) append.sku = Sku{std::move(*sku)};
  if (auto order = fields.text_if_any("order", is_order_id)) append.order = OrderId{std::move(*order)};
  if (auto store = fields.text_if_any("store", is_store_id)) append.store = StoreId{std::move(*store)};
  append.text = fields.text_if_any("text", 1, rules::activity_text_bytes_max).value_or("");
  return append;
}

// From Activity or ActivityAppend.
template <class Said>
void write(json& out, const Said& said) {
  out["kind"] = said.kind;
  out["channel"] = said.channel;
  out["at"] = said.at.value;
  if (said.sku) out["sku"] = said.sku->text;
  if (said.order) out["order"] = said.order->text;
  if (said.store) out["store"] = said.store->text;
  if (!said.text.empty()) out["text"] = said.text;
}

}  // namespace

DocumentKey activity_key(const CustomerId& customer, const EventId& event) {
  return person_key("activity", customer, event.text);
}

std::optional<std::pair<CustomerId, EventId>> activity_id(std::string_view id) {
  auto parts = person_id(id);
  if (!parts) return std::nullopt;
  return std::pair{std::move(parts->first), EventId{std::move(parts->second)}};
}

Result<Activity> decode_activity(std::string_view text) {
  const auto object = parse_object(text, bytes_max, "activity_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("activity_malformed");
  const Fields fields(*object, "", mistake);
  ActivityAppend said = decode_append(fields);
  Activity activity{.customer = CustomerId{fields.text("customer", 1, customer_bytes_max)},
                    .kind = std::move(said.kind),
                    .channel = std::move(said.channel),
                    .at = said.at,
                    .sku = std::move(said.sku),
                    .order = std::move(said.order),
                    .store = std::move(said.store),
                    .text = std::move(said.text),
                    .expires_at = decode_time(fields, "expires_at")};
  if (mistake.made()) return mistake.error();
  json unknown = json::object();
  for (const auto& [name, value] : object->items()) {
    if (std::ranges::find(document_fields, name) == document_fields.end()) unknown[name] = value;
  }
  if (!unknown.empty()) activity.unknown_fields = dump(unknown);
  return activity;
}

std::string encode_activity(const Activity& activity) {
  json out = activity.unknown_fields.empty() ? json::object() : json::parse(activity.unknown_fields, nullptr, false);
  if (!out.is_object()) out = json::object();
  out["customer"] = activity.customer.text;
  write(out, activity);
  out["expires_at"] = activity.expires_at.value;
  return dump(out);
}

Result<ActivityOperation> decode_activity_operation(std::string_view kind, std::string_view body) {
  if (kind != append_kind) return fail("operation_unknown", std::string(kind));
  const auto object = parse_object(body, bytes_max, "operation_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("operation_malformed");
  ActivityAppend append = decode_append(Fields(*object, "", mistake));
  if (mistake.made()) return mistake.error();
  return append;
}

Operation encode_activity_operation(const CustomerId& customer, const EventId& event, const ActivityOperation& operation) {
  json body = json::object();
  std::visit([&](const auto& op) { write(body, op); }, operation);
  return Operation{activity_key(customer, event), std::string(append_kind), 1, dump(body), ""};
}

}  // namespace vitrine::sync::protocol
