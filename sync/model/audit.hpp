// SPDX-License-Identifier: Apache-2.0
// Who did and saw what in a store, as a chain of lines; and what the hub knows of that chain. Rules: sync/rules/audit.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/operation.hpp"
#include "sync/model/stamp.hpp"

namespace vitrine::sync {

// Names staff by their number, things by their ids, a customer by a hash (sync/protocol/identity.hpp), never by anything else.
struct AuditEntry {
  std::uint64_t n = 0;  // from 1, without a gap
  UtcMs at;             // the hub's time as the store estimated it
  std::string staff;    // number; empty: nobody was signed in
  std::string device;
  std::string action;   // "staff.sign_in", "orders.hand_over"
  std::string subject;  // what it was done to
  std::string outcome;  // "done", "seen", or the code of what was refused
  std::string request;  // of an action; empty: it had none
  Hash hash{};          // covers the line and the hash before it (sync/protocol/audit_codec.hpp)
  bool operator==(const AuditEntry&) const = default;
};

// A place in the chain: everything up to n, as the hash says.
struct AuditMark {
  std::uint64_t n = 0;
  Hash hash{};
  bool operator==(const AuditMark&) const = default;
};

// Where the chain is not what it should be.
struct AuditBreak {
  std::uint64_t n = 0;  // the first line concerned
  std::string what;     // "gap", "parted", "altered", "cut"
  Stamp stamp;
  bool operator==(const AuditBreak&) const = default;
};

// The document `audit/<store>/chain`: how far the hub has the lines, and what was wrong with them.
struct AuditChain {
  AuditMark last;  // n 0: none yet
  UtcMs at;        // of the last line
  std::vector<AuditMark> marks;
  std::vector<AuditBreak> breaks;   // the latest, oldest first
  std::uint64_t broken = 0;         // of all time
  std::uint64_t settled = 0;        // of these somebody has seen to the first so many
  std::string unknown_fields = {};  // JSON object: fields of a newer version, kept and passed on; empty: none
  bool operator==(const AuditChain&) const = default;
};

}  // namespace vitrine::sync
