// SPDX-License-Identifier: Apache-2.0
// The rules of a store's audit at the hub: lines are taken as they come, and where they do not go on from what was there it is
// noted for people. Nothing is refused. The laws: sync/rules/README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "sync/model/audit.hpp"
#include "sync/rules/apply.hpp"

namespace vitrine::sync::rules {

inline constexpr std::size_t audit_lines_max = 100;        // in one append
inline constexpr std::size_t audit_marks_max = 32;         // places that a store finds its way back to
inline constexpr std::size_t audit_breaks_max = 20;        // that a document names
inline constexpr std::uint64_t audit_n_max = 1ULL << 53U;  // as JSON has integers

// "audit.append", a fact: the next lines of a store's chain.
struct AuditAppend {
  Hash before{};                    // of the line before the first; zeros before line 1
  std::vector<AuditEntry> entries;  // each with the hash that it makes after `before` and those before it
  Hash said{};                      // of the last one, as the store has it
  // What the store itself found wrong in lines that it had told of: "altered", "cut" (there are fewer than there were).
  std::optional<AuditBreak> found = std::nullopt;
};

// "audit.settle", the hub's alone: people have seen to the first so many breaks.
struct AuditSettle {
  std::uint64_t upto = 0;
};

using AuditOperation = std::variant<AuditAppend, AuditSettle>;  // in the order of their kinds

// Total.
AuditChain apply(const std::optional<AuditChain>& chain, const AuditOperation& operation, const ApplyContext& context);

}  // namespace vitrine::sync::rules
