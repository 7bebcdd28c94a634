// SPDX-License-Identifier: Apache-2.0
// Something that was bought and may come back: an order that was handed over here, or what a till sold, by its
// receipt. With what may still come back of it, until when, and for how much.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/database/returns.hpp"
#include "edge/database/tickets.hpp"
#include "edge/local_api/answers.hpp"
#include "edge/local_api/receipts.hpp"
#include "edge/local_api/surroundings.hpp"
#include "sync/model/order.hpp"
#include "sync/rules/returning.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::size_t purchase_name_bytes_max = 80;

struct PurchaseLine {
  std::int64_t line = 0;  // the order's number; of a receipt, counted from 1
  sync::Sku sku{};
  database::Translations title{};
  std::string pictogram{};
  std::string tile{};
  std::int64_t bought = 0;  // handed over or sold
  std::int64_t returned = 0;
  std::int64_t paid_minor = 0;  // for all that was bought, after reductions, tax included
  UtcMs until{};                // the first moment that is too late
  sync::rules::ReturnBar bar = sync::rules::ReturnBar::none;
  [[nodiscard]] std::int64_t returnable() const { return bought - returned; }
};

struct Purchase {
  std::string name;                    // what asks for it again: an order's number, or "VR1:<STORE>:<RECEIPT>"
  std::string key;                     // "order/<id>", "receipt/<what stands on it>"
  std::optional<sync::Order> order{};  // one of the two
  std::optional<sync::Receipt> receipt{};
  std::string currency{};
  std::string channel{};
  UtcMs bought_at{};
  std::int64_t unpaid_minor = 0;  // comes off the next refund
  bool right_here = true;         // what is said here is for good; else the hub must confirm it
  std::vector<std::string> exceptions{};
  std::vector<PurchaseLine> lines{};
  sync::rules::ReturnRules rules{};
};

// Inside a begin(), or inside the writer's transaction. By an order's number or its six digits, or by a receipt as scanned or
// typed. Errors: "purchase_unknown".
Result<Purchase> find_purchase(database::Reader& reader, const Surroundings& around, std::string_view text);

// What became of goods that came back.
enum class ReturnState {
  settled,     // for good
  pending,     // the goods are here; the hub has not confirmed it
  questioned,  // the hub knows better: a person decides, and until then no money goes back
  denied,      // they decided that none does
};
std::string_view word_of(ReturnState state);
ReturnState state_of(database::Reader& reader, const database::ReturnRow& row);

inline constexpr std::int64_t returns_looked_at = 500;
// Of the newest so many by receipt, those that are questioned; the newest first. Inside a begin().
std::vector<database::ReturnRow> questioned_returns(database::Reader& reader);

struct ReturnView {
  database::ReturnRow row{};
  ReturnState state = ReturnState::settled;
  bool by_hub = false;  // the hub gives the money back; else a till
  std::string purchase{};
  std::optional<database::Ticket> ticket{};
  sync::StoreId store{};
};

struct PurchaseView {
  Purchase purchase;
  std::vector<ReturnView> returns;  // oldest first
};

// Errors of find_purchase, "store_not_ready", SQLite's.
Result<PurchaseView> purchase_view(database::Reader& reader, const Surroundings& around, std::string_view text);
// "return_unknown"
Result<ReturnView> return_view(database::Reader& reader, const Surroundings& around, std::string_view id);

std::string to_json(const PurchaseView& view);
std::string to_json(const ReturnView& view);

}  // namespace vitrine::edge::local_api
