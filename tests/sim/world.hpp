// SPDX-License-Identifier: Apache-2.0
// One schedule, run: a hub, its stores, the people in them, and what goes wrong, in one thread on a clock of its own. First
// people act while things go wrong; then everything is whole again and nobody acts; then all must be the same everywhere.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/hub_box.hpp"
#include "tests/sim/oracle.hpp"
#include "tests/sim/plan.hpp"
#include "tests/sim/store_box.hpp"
#include "tests/sim/wire.hpp"

namespace vitrine::sim {

inline constexpr std::size_t operation_kinds = 25;
std::string_view operation_kind_name(std::size_t kind);
// Of an operation as the protocol names it; operation_kinds: of none that is counted.
std::size_t kind_number(std::string_view operation);
// Two ends can do these to one document; a ≤ b.
bool is_pair(std::size_t a, std::size_t b);
// A run that is to be complete must have met its pairs with every fault: those of carts, however short it is.
bool must_be_hit(std::size_t kind);
// (kind, kind, fault): two ends did these to one document at about the same time, and the fault struck in that time.
using Covered = std::array<std::uint8_t, operation_kinds * operation_kinds * fault_kinds>;

struct Tally {
  std::uint64_t messages = 0;    // delivered
  std::uint64_t operations = 0;  // that somebody was told have happened
  std::uint64_t contested = 0;   // of them, on documents that more than one end changed
  std::uint64_t streams = 0;     // that changed
  std::int64_t healed_in_ms = 0;
  std::array<std::uint64_t, fault_kinds> faults{};
  Covered covered{};
};

struct RunResult {
  std::optional<Failure> failure;
  Tally tally;
  std::uint64_t trace = 0;
};

struct RunOptions {
  bool narrate = false;  // what happens, line by line, to standard error
};
RunResult run(const Plan& plan, const RunOptions& options);

}  // namespace vitrine::sim
