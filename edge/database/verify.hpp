// SPDX-License-Identifier: Apache-2.0
// Whether a store's database is what it must be: the file, the chain of own transactions, what people see. Only reads; works
// beside the daemon that owns the file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"

namespace vitrine::edge::database {

struct Check {
  std::string name;                // "file", "chain", "outbox", "view"
  std::uint64_t looked_at = 0;     // things: documents, transactions …
  std::string of;                  // what they are
  std::vector<std::string> found;  // what is wrong, at most findings_max lines; no personal data
  [[nodiscard]] bool good() const { return found.empty(); }
};
inline constexpr std::size_t findings_max = 20;

struct Verification {
  std::string store;
  std::string incarnation;
  std::vector<Check> checks;
  [[nodiscard]] bool good() const {
    for (const Check& check : checks) {
      if (!check.good()) return false;
    }
    return true;
  }
};

// Everything from one snapshot. Errors: the file cannot be opened or read, or holds no store yet ("database_empty").
Result<Verification> verify_store_database(const std::string& path, Now now);

}  // namespace vitrine::edge::database
