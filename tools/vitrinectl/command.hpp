// SPDX-License-Identifier: Apache-2.0
// What every command of vitrinectl gets, and the commands. A new one is a function here and a row in command_line.cpp.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "config/edge_config.hpp"

namespace vitrine::ctl {

// What the program ends with.
inline constexpr int exit_good = 0;
inline constexpr int exit_trouble = 1;      // it looked, and something is not as it must be
inline constexpr int exit_usage = 2;        // the command line makes no sense
inline constexpr int exit_cannot_look = 3;  // the file cannot be opened, the configuration cannot be read

struct Command {
  config::EdgeConfig config;
  std::vector<std::string> words;  // after the command's name
  bool json = false;
  Now now;
  std::ostream& out;
  std::ostream& err;
};

// Each answers the exit code, or an error, which ends the program with exit_cannot_look.
Result<int> sync_status(const Command& command);
Result<int> sync_verify(const Command& command);
Result<int> sync_export_outbox(const Command& command);
Result<int> audit_verify(const Command& command);
Result<int> audit_list(const Command& command);
Result<int> measures_today(const Command& command);
Result<int> measures_week(const Command& command);

// The whole program without its clock: `words` is the command line behind the program's name.
int run(const std::vector<std::string>& words, Now now, std::ostream& out, std::ostream& err);

}  // namespace vitrine::ctl
