// SPDX-License-Identifier: Apache-2.0
// Tells the hub of the audit, as a fact of the outbox: so it arrives whole, in order and once, whatever the line does. How far it
// is told stands in the document of the chain, as the store sees it, and nowhere else.
#pragma once

#include <cstdint>

#include "base/time_point.hpp"
#include "edge/database/audit.hpp"
#include "edge/database/replica.hpp"
#include "sync/ends/store_end.hpp"
#include "sync/model/audit.hpp"

namespace vitrine::edge::daemon {

inline constexpr std::int64_t audit_tell_ms = 5'000;         // after a line: one word of several
inline constexpr std::int64_t audit_doubt_ms = 5'000;        // a look at whether the hub has been asked meanwhile
inline constexpr std::int64_t audit_more_ms = 200;           // between words, where there is more than one may hold
inline constexpr std::int64_t audit_rest_ms = 60L * 60'000;  // a look at least so often: what was told may be altered
inline constexpr std::int64_t audit_keep_days = 90;          // here, once the hub has it

class AuditTeller {
 public:
  struct Looked {
    sync::ends::StoreEffects effects;
    std::int64_t again_in_ms = audit_rest_ms;
  };
  // Inside the writer's transaction. `id` is of the transaction that may come of it.
  Looked look(database::SqliteReplica& replica, sync::ends::StoreEnd& end, const sync::TransactionId& id, Now now);
  // That transaction failed: what was told in it was not.
  void not_written() { told_n_ = 0; }

 private:
  database::AuditMark checked_;  // up to here the lines were hashed anew in this round
  std::uint64_t told_n_ = 0;     // by this process
  sync::Era told_era_;           // the hub's, when it was told
  MonoMs told_at_;
};

}  // namespace vitrine::edge::daemon
