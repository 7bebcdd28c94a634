// SPDX-License-Identifier: Apache-2.0
#include "hub/import/case_rows.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "hub/import/row_names.hpp"
#include "sync/model/case.hpp"
#include "sync/protocol/case_codec.hpp"

namespace vitrine::hub {

namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 6> columns = {"case", "customer", "channel", "at", "from", "text"};
constexpr std::array<std::string_view, 4> extras = {"summary", "store", "name", "state"};
constexpr std::array<std::string_view, 2> sides = {"customer", "staff"};
constexpr std::array<std::string_view, 2> states = {"open", "closed"};
constexpr std::size_t reference_bytes_max = 64;
constexpr std::size_t name_bytes_max = 60;

sync::CaseId id_of(const CaseRow& row) {
  return sync::CaseId{name_of_row("vitrine-import-case/" + row.customer + "/" + row.case_name)};
}

}  // namespace

std::span<const std::string_view> case_columns() { return columns; }
std::span<const std::string_view> case_extras() { return extras; }

CaseRow read_case(Fields& fields) {
  CaseRow row;
  row.case_name = fields.text("case", reference_bytes_max);
  row.customer = fields.text("customer", reference_bytes_max);
  row.channel = fields.name("channel");
  row.at = fields.time("at");
  row.by_customer = fields.one_of("from", sides) == "customer";
  row.text = fields.optional_text("text", sync::rules::case_text_bytes_max);
  if (fields.has("summary")) row.summary = fields.optional_text("summary", sync::rules::case_summary_bytes_max);
  if (fields.has("store")) row.store = fields.optional_store();
  if (fields.has("name")) row.name = fields.optional_text("name", name_bytes_max);
  const bool says = fields.has("state") && !fields.optional_text("state", reference_bytes_max).empty();
  row.closed = says && fields.one_of("state", states) == "closed";
  if (row.text.empty() && !says) fields.refuse("neither text nor state is given");
  row.said = name_of_row("vitrine-import-case/" + row.customer + "/" + row.case_name + "/" + fields.optional_text("at", 32) +
                         "/" + (row.by_customer ? "customer/" : "staff/") + row.channel + "/" + row.store + "/" +
                         (row.closed ? "closed/" : "/") + row.summary + "/" + row.name + "/" + row.text);
  return row;
}

sync::DocumentKey case_row_key(const CaseRow& row) {
  return sync::protocol::case_key(sync::CustomerId{row.customer}, id_of(row));
}

std::string case_row_body(const CaseRow& row) {
  return json{{"reference", row.case_name},  {"channel", row.channel}, {"summary", row.summary}, {"store", row.store},
              {"customer", row.by_customer}, {"name", row.name},       {"text", row.text},       {"closed", row.closed},
              {"at", row.at.value},          {"said", row.said}}
      .dump();
}

Result<CaseAct> case_of_import(const sync::DocumentKey& key, const std::string& row, const std::optional<std::string>& before,
                               UtcMs now) {
  const auto id = sync::protocol::case_id(key.id);
  if (!id) return fail("case_malformed", "this names no conversation");
  const json said = json::parse(row, nullptr, false);
  std::optional<sync::StoreId> store;
  if (std::string name = said.value("store", ""); !name.empty()) store = sync::StoreId{std::move(name)};
  CaseAct act{sync::TransactionId{said.value("said", "")}, std::min(UtcMs{said.value("at", std::int64_t{0})}, now), false, {}};
  act.over = act.at.plus(sync::rules::case_kept_ms) <= now;
  std::vector<sync::Stamp> seen;
  if (before) {
    const auto known = sync::protocol::decode_case(*before);
    if (!known) return std::unexpected(known.error());
    for (const sync::CaseMessage& one : known->messages) {
      if (one.by_customer) seen.push_back(one.stamp);
    }
  }
  const auto add = [&](const sync::rules::CaseOperation& operation) {
    act.operations.push_back(sync::protocol::encode_case_operation(id->first, id->second, operation));
  };
  const std::string name = said.value("name", "");
  add(sync::rules::CaseOpen{said.value("channel", ""), said.value("summary", ""), store, said.value("reference", "")});
  if (const std::string text = said.value("text", ""); !text.empty()) {
    const bool by_customer = said.value("customer", false);
    if (by_customer) seen.push_back({act.at, act.id.text + "." + std::to_string(act.operations.size())});
    add(sync::rules::CaseNote{by_customer, by_customer ? "" : name, {}, text});
  }
  std::ranges::sort(seen);
  if (seen.size() > sync::rules::case_messages_max)
    seen.erase(seen.begin(), seen.end() - static_cast<std::ptrdiff_t>(sync::rules::case_messages_max));
  if (said.value("closed", false)) add(sync::rules::CaseClose{"answered", name, {}, seen});
  return act;
}

}  // namespace vitrine::hub
