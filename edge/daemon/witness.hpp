// SPDX-License-Identifier: Apache-2.0
// What stands outside the database about the database (edge/io/witness.hpp is the file).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sync/ends/replica.hpp"
#include "sync/model/document.hpp"

namespace vitrine::edge::daemon {

inline constexpr std::int64_t witness_settle_ms = 1'000;  // at most this much may be missing after a power cut

struct Witnessed {
  sync::IncarnationId incarnation;
  std::uint64_t last_n = 0;
  bool operator==(const Witnessed&) const = default;
};

class Witness {
 public:
  virtual ~Witness() = default;
  virtual std::optional<Witnessed> said() = 0;
  // May not block: no sync.
  virtual void note(const Witnessed& now) = 0;
  // Brings what was noted to the disk.
  virtual void settle() = 0;
};

// Whether the database is older than what was seen of it, or nothing was: then what it holds may be long over.
inline bool is_in_doubt(const std::optional<Witnessed>& said, const sync::ends::StoreState& state,
                        const std::vector<sync::Applied>& line) {
  if (!said) return true;
  if (said->incarnation == state.incarnation) return said->last_n > state.last_n;
  // A life that this one continues: the process ended between the commit and the note.
  for (const sync::Applied& parting : line) {
    if (parting.incarnation == said->incarnation) return false;
  }
  return true;
}

}  // namespace vitrine::edge::daemon
