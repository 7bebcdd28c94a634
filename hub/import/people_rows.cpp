// SPDX-License-Identifier: Apache-2.0
#include "hub/import/people_rows.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "hub/import/row_names.hpp"
#include "sync/protocol/consent_codec.hpp"
#include "sync/protocol/customer_codec.hpp"

namespace vitrine::hub {

namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 4> columns = {"customer", "purpose", "state", "at"};
constexpr std::array<std::string_view, 2> states = {"granted", "withdrawn"};
constexpr std::size_t reference_bytes_max = 64;

sync::TransactionId id_of(const std::string& customer, const std::string& said) {
  return sync::TransactionId{name_of_row("vitrine-import-consent/" + customer + "/" + said)};
}

}  // namespace

std::span<const std::string_view> consent_columns() { return columns; }

ConsentRow read_consent(Fields& fields) {
  ConsentRow row;
  row.customer = fields.text("customer", reference_bytes_max);
  row.purpose = fields.one_of("purpose", sync::consent_purposes);
  const std::string state = fields.one_of("state", states);
  row.granted = state == "granted";
  row.at = fields.time("at");
  row.said = row.purpose + "/" + state + "/" + fields.optional_text("at", 32);
  return row;
}

std::string consent_row_body(const ConsentRow& row) {
  return json{{"purpose", row.purpose}, {"granted", row.granted}, {"at", row.at.value}, {"said", row.said}}.dump();
}

Result<sync::Customer> customer_after_import(const std::optional<std::string>& before, const std::string& row, UtcMs now) {
  auto customer = sync::protocol::decode_customer(row);
  if (!customer) return customer;
  const auto was = before ? sync::protocol::decode_customer(*before) : fail("customer_unknown", "");
  const bool soon = !was || !was->expires_at || was->expires_at->plus(sync::customer_renewed_ms - sync::customer_kept_ms) <= now;
  customer->expires_at = soon ? now.plus(sync::customer_kept_ms) : *was->expires_at;
  return customer;
}

Result<ConsentAct> consent_of_import(const sync::DocumentKey& key, const std::string& row,
                                     const std::optional<std::string>& before) {
  const json said = json::parse(row, nullptr, false);
  const std::string purpose = said.value("purpose", "");
  ConsentAct act{id_of(key.id, said.value("said", "")), UtcMs{said.value("at", std::int64_t{0})}, {}};
  const std::string source(import_source);
  if (!said.value("granted", false)) {
    act.operation =
        sync::protocol::encode_consent_operation(sync::CustomerId{key.id}, sync::rules::ConsentWithdraw{purpose, source});
    return act;
  }
  sync::rules::ConsentGive give{purpose, source, {}};
  if (before) {
    const auto consents = sync::protocol::decode_consents(*before);
    if (!consents) return std::unexpected(consents.error());
    const auto found = consents->purposes.find(purpose);
    if (found != consents->purposes.end()) {
      for (const sync::ConsentWithdrawal& one : found->second.withdrawals) {
        if (one.source == source && one.stamp.at < act.at) give.seen.push_back(one.stamp.by);
      }
    }
  }
  act.operation = sync::protocol::encode_consent_operation(sync::CustomerId{key.id}, give);
  return act;
}

}  // namespace vitrine::hub
