// SPDX-License-Identifier: Apache-2.0
// What long runs came to, in a file that grows by a line with each part of a run: broken off, a run loses at most that part, and
// the next one goes on at the first seed that nobody has run. Only what stands there is claimed.
#pragma once

#include <cstdint>
#include <string>

#include "tests/sim/many.hpp"

namespace vitrine::sim {

class Ledger {
 public:
  // An existing file is read; a line that cannot be read (the last one of a machine that went dark) counts for nothing.
  Ledger(std::string path, std::string commit);

  [[nodiscard]] std::uint64_t next_seed() const { return next_seed_; }
  // One line, on the disk when this returns. False: it could not be written.
  bool add(std::uint64_t first_seed, const Sums& sums);
  // Schedules, messages and failures of this commit, and of all.
  void print() const;

 private:
  struct Totals {
    std::uint64_t schedules = 0, messages = 0, operations = 0, failed = 0;
  };
  void count(const std::string& commit, std::uint64_t first_seed, const Totals& part);

  std::string path_;
  std::string commit_;
  std::uint64_t next_seed_;
  Totals mine_;
  Totals all_;
};

// "90s", "60m", "8h" in seconds; 0: not such a text.
double seconds_of(const std::string& text);

}  // namespace vitrine::sim
