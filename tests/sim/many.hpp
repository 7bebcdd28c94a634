// SPDX-License-Identifier: Apache-2.0
// Many schedules in several processes, and what they come to together.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/world.hpp"
#include "tests/sim/world_facts.hpp"

namespace vitrine::sim {

struct FailedSeed {
  std::uint64_t seed = 0;
  std::string check;
  std::string text;
};

// What all schedules came to. Medians are of one schedule.
struct Sums {
  std::uint64_t schedules = 0;
  std::uint64_t messages = 0;
  std::uint64_t operations = 0;
  std::uint64_t thin = 0;                              // schedules that fall short of what one must have
  std::map<std::uint64_t, std::uint64_t> messages_of;  // messages → schedules
  std::map<std::uint64_t, std::uint64_t> operations_of;
  std::map<std::uint64_t, std::uint64_t> contested_of;
  std::array<std::map<std::uint64_t, std::uint64_t>, fault_kinds> faults_of;
  std::vector<std::uint64_t> covered = std::vector<std::uint64_t>(std::tuple_size_v<Covered>);
  std::vector<FailedSeed> failed;
  std::uint64_t repeated = 0;  // schedules that were run twice, with equal traces

  void add(std::uint64_t seed, const RunResult& result);
  void add(const Sums& other);
  [[nodiscard]] std::string write() const;
  static Sums read(const std::string& text);
};

struct ManyOptions {
  std::uint64_t first_seed = 1;
  std::uint64_t schedules = 100;
  unsigned jobs = 1;
  double seconds_max = 0;  // 0: no limit
  std::uint64_t failures_max = 5;
};

// A process that ends on a broken invariant is a failed seed ("require").
Sums run_many(const ManyOptions& options);

// Medians, kinds of fault, coverage. False: `complete` was asked for, and something was never hit.
bool report(const Sums& sums, double seconds, bool complete);

}  // namespace vitrine::sim
