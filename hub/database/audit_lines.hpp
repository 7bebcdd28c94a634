// SPDX-License-Identifier: Apache-2.0
// The stores' audits at the hub: kept as they were told, searched and checked.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time_point.hpp"
#include "hub/database/connection.hpp"
#include "sync/model/audit.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::hub::database {

inline constexpr std::int64_t audit_kept_ms = 1'096LL * 24 * 3'600'000;  // three years

// Empty: whichever. `action` and `subject` are found by their first parts too: "customers", and a customer's hash with every
// panel.
struct AuditQuestion {
  std::string store{};
  std::string staff{};
  std::string action{};
  std::string subject{};
  UtcMs since{};
  UtcMs until{std::numeric_limits<std::int64_t>::max()};  // exclusive
};

struct AuditLine {
  sync::StoreId store;
  sync::AuditEntry entry;
};

// What is kept of one store, hashed anew.
struct AuditKept {
  std::uint64_t lines = 0;
  std::optional<std::uint64_t> broken_at;  // the first line that stands behind none that is kept
};

class AuditLines {
 public:
  explicit AuditLines(Connection& connection) : connection_(connection) {}

  // One that is here already stays as it is.
  void keep(const sync::StoreId& store, const std::vector<sync::AuditEntry>& entries);
  // The newest first.
  std::vector<AuditLine> find(const AuditQuestion& question, std::size_t limit);
  // What is older was forgotten, so the first one that is kept is believed.
  AuditKept check(const sync::StoreId& store);
  void forget_before(UtcMs at);
  // What the stores' documents say of their chains.
  std::vector<std::pair<sync::StoreId, sync::AuditChain>> chains();

 private:
  Connection& connection_;
};

}  // namespace vitrine::hub::database
