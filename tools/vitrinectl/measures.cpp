// SPDX-License-Identifier: Apache-2.0
// vitrinectl measures: what the store measured, as a table for a spreadsheet, from the running daemon.
#include <ostream>

#include "tools/vitrinectl/command.hpp"
#include "tools/vitrinectl/daemon_says.hpp"

namespace vitrine::ctl {

namespace {

Result<int> measures(const Command& command, const std::string& range) {
  if (!command.words.empty()) return fail("usage", "measures " + range + " takes no words");
  const std::string path = std::string(command.json ? "/v1/measures" : "/v1/measures.csv") + "?range=" + range;
  const auto said = daemon_says(command.config.operator_socket(), path);
  if (!said) return std::unexpected(said.error());
  if (!*said) return fail("daemon_away", "the daemon does not run");
  command.out << **said << (command.json ? "\n" : "");
  return exit_good;
}

}  // namespace

Result<int> measures_today(const Command& command) { return measures(command, "today"); }

Result<int> measures_week(const Command& command) { return measures(command, "week"); }

}  // namespace vitrine::ctl
