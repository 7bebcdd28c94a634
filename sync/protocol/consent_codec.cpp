// SPDX-License-Identifier: Apache-2.0
// The register by purpose; what a purpose holds is written by its two operations.
#include "sync/protocol/consent_codec.hpp"

#include <algorithm>
#include <array>

#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_input.hpp"
#include "sync/protocol/order_fields.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;
using rules::ConsentGive;
using rules::ConsentOperation;
using rules::ConsentWithdraw;

constexpr std::size_t register_bytes_max = 512UL * 1024;
constexpr std::size_t operation_bytes_max = 16UL * 1024;
constexpr std::string_view give_kind = "consent.grant";
constexpr std::string_view withdraw_kind = "consent.withdraw";

std::vector<std::string> names_of(const Fields& fields, const char* name) {
  std::vector<std::string> out;
  for (const json& one : fields.array(name, rules::consent_withdrawals_max)) {
    const auto* text = one.get_ptr<const std::string*>();
    if (text == nullptr || !is_dot_id(*text)) {
      fields.wrong(name, "names no withdrawals");
      return {};
    }
    out.push_back(*text);
  }
  return out;
}

Stamp decode_stamp(const Fields& fields) { return {decode_time(fields, "at"), fields.text("by", is_dot_id)}; }

ConsentPurpose decode_purpose(const Fields& fields, const std::string& path) {
  ConsentPurpose out;
  for (const json& one : fields.array("grants", rules::consent_grants_max)) {
    const Fields in(one, path + ".grants[]", fields.mistake());
    out.grants.push_back({names_of(in, "seen"), in.text("source", is_word), decode_stamp(in)});
  }
  for (const json& one : fields.array("withdrawals", rules::consent_withdrawals_max)) {
    const Fields in(one, path + ".withdrawals[]", fields.mistake());
    out.withdrawals.push_back({in.text("source", is_word), decode_stamp(in)});
  }
  // The rules search in them.
  const bool sorted = std::ranges::is_sorted(out.grants, {}, &ConsentGrant::stamp) &&
                      std::ranges::is_sorted(out.withdrawals, {}, &ConsentWithdrawal::stamp) &&
                      std::ranges::all_of(out.grants, [](const ConsentGrant& one) { return std::ranges::is_sorted(one.seen); });
  if (!sorted) fields.wrong("grants", "is not in order");
  return out;
}

json written(const ConsentPurpose& purpose) {
  json grants = json::array();
  for (const ConsentGrant& one : purpose.grants)
    grants.push_back({{"seen", one.seen}, {"source", one.source}, {"at", one.stamp.at.value}, {"by", one.stamp.by}});
  json withdrawals = json::array();
  for (const ConsentWithdrawal& one : purpose.withdrawals)
    withdrawals.push_back({{"source", one.source}, {"at", one.stamp.at.value}, {"by", one.stamp.by}});
  return {{"grants", grants}, {"withdrawals", withdrawals}};
}

json written(const ConsentGive& give) { return {{"purpose", give.purpose}, {"source", give.source}, {"seen", give.seen}}; }
json written(const ConsentWithdraw& withdraw) { return {{"purpose", withdraw.purpose}, {"source", withdraw.source}}; }

}  // namespace

DocumentKey consent_key(const CustomerId& customer) { return {"consent", customer.text}; }

bool is_consent_purpose(std::string_view text) { return std::ranges::find(consent_purposes, text) != consent_purposes.end(); }
bool is_withdrawal_name(std::string_view text) { return is_dot_id(text); }

Result<ConsentRegister> decode_consents(std::string_view text) {
  const auto object = parse_object(text, register_bytes_max, "consent_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("consent_malformed");
  const Fields fields(*object, "", mistake);
  ConsentRegister out;
  out.customer = CustomerId{fields.text("customer", 1, customer_bytes_max)};
  const Fields purposes = fields.object("purposes");
  if (fields.has("expires_at")) out.expires_at = decode_time(fields, "expires_at");
  if (mistake.made()) return mistake.error();
  const json& all = object->at("purposes");
  if (all.size() > rules::consent_purposes_max) fields.wrong("purposes", "has too many");
  for (const auto& [name, value] : all.items()) {
    if (!is_word(name)) purposes.wrong(name.c_str(), "is no purpose");
    const std::string path = "purposes." + name;
    out.purposes.emplace(name, decode_purpose(Fields(value, path, mistake), path));
  }
  if (mistake.made()) return mistake.error();
  json unknown = json::object();
  for (const auto& [name, value] : object->items()) {
    if (name != "customer" && name != "purposes" && name != "expires_at") unknown[name] = value;
  }
  if (!unknown.empty()) out.unknown_fields = dump(unknown);
  return out;
}

std::string encode_consents(const ConsentRegister& consents) {
  json out = consents.unknown_fields.empty() ? json::object() : json::parse(consents.unknown_fields, nullptr, false);
  if (!out.is_object()) out = json::object();
  json purposes = json::object();
  for (const auto& [name, purpose] : consents.purposes) purposes[name] = written(purpose);
  out["customer"] = consents.customer.text;
  out["purposes"] = std::move(purposes);
  if (consents.expires_at) out["expires_at"] = consents.expires_at->value;
  return dump(out);
}

Result<ConsentOperation> decode_consent_operation(std::string_view kind, std::string_view body) {
  if (kind != give_kind && kind != withdraw_kind) return fail("operation_unknown", std::string(kind));
  const auto object = parse_object(body, operation_bytes_max, "operation_malformed");
  if (!object) return std::unexpected(object.error());
  Mistake mistake("operation_malformed");
  const Fields fields(*object, "", mistake);
  std::string purpose = fields.text("purpose", is_word);
  std::string source = fields.text("source", is_word);
  std::vector<std::string> seen = kind == give_kind ? names_of(fields, "seen") : std::vector<std::string>();
  if (mistake.made()) return mistake.error();
  if (kind == withdraw_kind) return ConsentWithdraw{std::move(purpose), std::move(source)};
  return ConsentGive{std::move(purpose), std::move(source), std::move(seen)};
}

Operation encode_consent_operation(const CustomerId& customer, const ConsentOperation& operation) {
  const json body = std::visit([](const auto& op) { return written(op); }, operation);
  const std::string_view kind = operation.index() == 0 ? give_kind : withdraw_kind;
  return Operation{consent_key(customer), std::string(kind), 1, dump(body), ""};
}

}  // namespace vitrine::sync::protocol
