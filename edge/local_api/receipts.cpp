// SPDX-License-Identifier: Apache-2.0
#include "edge/local_api/receipts.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "edge/local_api/tickets.hpp"
#include "sync/protocol/receipt_codec.hpp"
#include "sync/protocol/return_rules.hpp"

namespace vitrine::edge::local_api {

using nlohmann::json;

namespace {

constexpr std::string_view receipt_start = "VR1:";
constexpr std::int64_t day_ms = 86'400'000;

}  // namespace

std::string receipt_text(const sync::StoreId& store, std::string_view receipt) {
  return std::string(receipt_start) + upper_case(store.text) + ":" + std::string(receipt);
}

NamedReceipt receipt_named(const sync::StoreId& here, std::string_view text) {
  std::string code = upper_case(text);
  NamedReceipt named;
  if (code.starts_with(receipt_start)) {
    const std::size_t colon = std::min(code.find(':', receipt_start.size()), code.size());
    const bool own = code.substr(0, colon) == std::string(receipt_start) + upper_case(here.text);
    named.store = own ? NamedReceipt::Of::here : NamedReceipt::Of::elsewhere;
    code.erase(0, std::min(colon + 1, code.size()));
  }
  // As people type what stands there in groups.
  std::erase_if(code, [](char c) { return c == ' ' || c == '-'; });
  if (sync::is_receipt_id(code)) named.id.text = std::move(code);
  return named;
}

std::string audited_name(const sync::StoreId& here, std::string_view text) {
  const std::string id = receipt_named(here, text).id.text;
  return id.empty() ? std::string(text) : "receipt/" + end_of(id);
}

std::string end_of(std::string_view receipt) {
  return std::string(receipt.substr(receipt.size() - std::min<std::size_t>(4, receipt.size())));
}

std::string new_receipt() {
  std::array<unsigned char, sync::receipt_length * 2> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return letters_of(bytes);
}

void add_receipt(Desk& desk, sync::ends::LocalAction& action, const database::Ticket& ticket) {
  const json body = json::parse(ticket.body);
  const std::int64_t window_ms =
      sync::protocol::return_rules(desk.reader.body("settings", "chain").value_or("")).window_days * day_ms;
  sync::rules::ReceiptSell sell;
  sell.store = desk.store;
  sell.currency = body.at("totals").at("currency").get<std::string>();
  // Beyond the days in which goods may come back by rule: who may overrule them can do so for some days more.
  sell.kept_until = desk.end.hub_time(desk.now.utc).plus(window_ms + ticket_kept_ms);
  for (const json& line : body.at("lines")) {
    const auto number = static_cast<std::int64_t>(sell.lines.size()) + 1;
    sell.lines.push_back({number, sync::Sku{line.at("sku")}, line.at("units"), line.at("to_pay")});
  }
  action.operations.push_back(sync::protocol::encode_receipt_operation(sync::ReceiptId{ticket.receipt}, sell));
}

std::optional<sync::Receipt> receipt_of(database::Reader& reader, const sync::ReceiptId& id) {
  if (!sync::is_receipt_id(id.text)) return std::nullopt;
  const auto body = reader.body("receipt", id.text);
  auto receipt = body ? sync::protocol::decode_receipt(*body) : fail("", "");
  return receipt && receipt->sale ? std::optional(std::move(*receipt)) : std::nullopt;
}

}  // namespace vitrine::edge::local_api
