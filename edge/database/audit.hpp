// SPDX-License-Identifier: Apache-2.0
// Who did and saw what, as a chain of rows: what is changed, taken out or put in afterwards no longer fits. Rows name staff by
// their number and things by their ids, never a customer.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "edge/database/sql_book.hpp"

namespace vitrine::edge::database {

using AuditHash = std::array<unsigned char, 32>;

struct AuditEntry {
  std::uint64_t n = 0;  // from 1, without a gap
  UtcMs at;             // the hub's time as the store estimated it
  std::string staff;    // number; empty: nobody was signed in
  std::string device;
  std::string action;   // "staff.sign_in", "orders.hand_over"
  std::string subject;  // what it was done to
  std::string outcome;  // "done", "seen", or the code of what was refused
  std::string request;  // of an action; empty: it had none
  AuditHash hash{};
};

// The next row, in the transaction that is open. The same request's same action is written once.
void append_audit(Connection& connection, AuditEntry entry);
std::optional<AuditEntry> last_audit(Connection& connection);
// From n on, at most `limit`.
std::vector<AuditEntry> audit_from(Connection& connection, std::uint64_t n, std::size_t limit);

struct AuditCheck {
  std::uint64_t rows = 0;
  std::optional<std::uint64_t> broken_at;  // the first n that is missing or does not fit
};
// Makes every hash anew.
AuditCheck check_audit(Connection& connection);

}  // namespace vitrine::edge::database
