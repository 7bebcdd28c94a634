// SPDX-License-Identifier: Apache-2.0
// Who did and saw what, as the local API tells an auditor (docs/openapi-edge.yaml: /v1/audit).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"

namespace vitrine::kiosk {

// Since when is asked about.
enum class AuditSpan { today, week, all };

// Empty: whoever, whatever, of whatever.
struct AuditQuestion {
  AuditSpan span = AuditSpan::today;
  std::string who;   // a number of the staff
  std::string what;  // an action's first word
  std::string whom;  // a subject, or what it begins with
  std::uint64_t from = 1;
  UtcMs since{};  // what the span comes to
  bool operator==(const AuditQuestion&) const = default;
};

struct AuditLine {
  std::uint64_t n = 0;
  UtcMs at;
  std::string staff;  // number; empty: nobody was signed in
  std::string device;
  std::string action;
  std::string subject;
  std::string outcome;
  bool operator==(const AuditLine&) const = default;
};

// Where the chain is not what it should be: "gap", "parted", "altered", "cut".
struct AuditBreakSeen {
  std::uint64_t n = 0;
  std::string what;
  UtcMs at;
  bool settled = false;  // somebody has seen to it
  bool operator==(const AuditBreakSeen&) const = default;
};

struct AuditPage {
  std::vector<AuditLine> lines;  // the oldest first
  bool more = false;
  std::uint64_t last = 0;                  // the newest line's number
  std::uint64_t told = 0;                  // up to here the hub has it
  std::vector<AuditBreakSeen> breaks;      // that the hub knows of
  std::optional<std::uint64_t> broken_at;  // the first line from this page on that does not fit what is before it
  bool operator==(const AuditPage&) const = default;
};

}  // namespace vitrine::kiosk
