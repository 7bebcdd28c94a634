// SPDX-License-Identifier: Apache-2.0
// Rows of goods that came back. They belong to this box alone, as tickets do; what happened to goods and orders travels as
// operations.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_point.hpp"
#include "edge/database/sql_book.hpp"

namespace vitrine::edge::database {

struct ReturnRow {
  std::string id;        // the request's
  std::string purchase;  // "order/<id>", "receipt/<what stands on it>"
  UtcMs at;
  bool settled = false;  // the right to say so for good was here
  std::int64_t refund_minor = 0;
  std::string currency;
  std::string ticket;  // that a till settles it by; empty: none
  std::string body;    // {"lines":[{"line":1,"units":1,"refund":295}],"reason":"damaged","condition":"resell","goods":0}
};

void put_return(Connection& connection, const ReturnRow& row);
std::optional<ReturnRow> return_row(Connection& connection, std::string_view id);
// Oldest first.
std::vector<ReturnRow> returns_of(Connection& connection, std::string_view purchase);
// Of goods of receipts, the newest first.
std::vector<ReturnRow> newest_by_receipt(Connection& connection, std::int64_t limit);
// The hub has not confirmed it.
bool return_waits(Connection& connection, std::string_view id);
void forget_returns(Connection& connection, UtcMs before);

struct ReturnCounts {
  std::uint64_t kept = 0;
  std::uint64_t pending = 0;  // of them, not settled here and not confirmed
};
ReturnCounts count_returns(Connection& connection);

}  // namespace vitrine::edge::database
