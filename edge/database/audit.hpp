// SPDX-License-Identifier: Apache-2.0
// Who did and saw what, as a chain of rows: what is changed, taken out or put in afterwards no longer fits. What the hub has and
// is old is dropped; the chain goes on from there.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "edge/database/sql_book.hpp"
#include "sync/model/audit.hpp"

namespace vitrine::edge::database {

using AuditHash = sync::Hash;
using sync::AuditEntry;
using sync::AuditMark;

// The next row, in the transaction that is open. The same request's same action is written once. What is no printable ASCII in it
// becomes '?'.
void append_audit(Connection& connection, AuditEntry entry);
// This request has done this before.
bool is_in_audit(Connection& connection, const std::string& request, const std::string& action);
std::optional<AuditEntry> last_audit(Connection& connection);
// The last row, also where it is dropped; n 0 where there was never one. And the last one that was dropped.
AuditMark audit_end(Connection& connection);
AuditMark audit_begin(Connection& connection);
// Of row n, or of the last that was dropped, or of the beginning (n 0: zeros).
std::optional<AuditHash> audit_hash_at(Connection& connection, std::uint64_t n);
// From n on, at most `limit`.
std::vector<AuditEntry> audit_from(Connection& connection, std::uint64_t n, std::size_t limit);

// Who, what, whom and when; empty: whoever, whatever. `action` and `subject` are found by their first parts too: "customers",
// and a customer's hash with every panel.
struct AuditQuestion {
  std::uint64_t from = 1;
  std::string staff{};
  std::string action{};
  std::string subject{};
  UtcMs since{};
  UtcMs until{std::numeric_limits<std::int64_t>::max()};  // exclusive
};
std::vector<AuditEntry> search_audit(Connection& connection, const AuditQuestion& question, std::size_t limit);

// Rows up to n that were written before `before` are dropped, the first ones, at most so many. Answers how many.
std::size_t prune_audit(Connection& connection, std::uint64_t n, UtcMs before, std::size_t rows_max);

struct AuditCheck {
  std::uint64_t rows = 0;
  std::optional<std::uint64_t> broken_at;  // the first n that is missing or does not fit
};
// Makes every hash anew.
AuditCheck check_audit(Connection& connection);
// The same of the next rows behind `place`, which moves on, unless it is the end.
std::optional<std::uint64_t> check_audit(Connection& connection, AuditMark& place, std::size_t rows_max);

}  // namespace vitrine::edge::database
