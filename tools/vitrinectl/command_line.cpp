// SPDX-License-Identifier: Apache-2.0
// The command line taken apart, the table of commands, and the help.
#include <algorithm>
#include <array>
#include <ostream>

#include "tools/vitrinectl/command.hpp"

namespace vitrine::ctl {

namespace {

constexpr std::string_view help = R"(NAME
  vitrinectl - look at a store of Vitrine, and help it

SYNOPSIS
  vitrinectl sync status [--config FILE] [--json]
  vitrinectl sync verify [--config FILE] [--json]
  vitrinectl sync export-outbox FILE [--config FILE]
  vitrinectl audit verify [--config FILE] [--json]
  vitrinectl audit list [FROM] [--config FILE] [--json]
  vitrinectl measures today|week [--config FILE] [--json]

COMMANDS
  sync status
      How the store and the hub stand: the link and its last contact, what waits in the outbox and since when, and how far
      each stream is behind the hub. Asks the daemon; where none runs, reads its database and says so.
  sync verify
      Whether the store's database is what it must be: the file itself (SQLite's integrity check), the chain of the store's
      own transactions (every hash made anew), the counters against each other, and what people see (replayed from the base
      and the outbox). Only reads, from one snapshot; works while the daemon runs. Takes the file's size of memory.
  sync export-outbox FILE
      What waits for the hub, into a file signed with the store's key, for a store that has no line for days: carry it to the
      hub's machine and give it to vitrine-hub import-outbox. Nothing is marked as sent; the reconnect later is harmless.
  audit verify
      Whether the audit is whole: every line's hash made anew from the line and the one before. Names the first that was altered,
      dropped or put in, and the last hash, to be kept elsewhere: a cut end shows by it alone.
  audit list [FROM]
      Who did and saw what: the last 100 lines, or those from a number on.
  measures today|week
      What the store measured, a line an hour, as a table for a spreadsheet (CSV). Asks the daemon, which must run.

OPTIONS
  --config FILE   the store's configuration; without it /etc/vitrine/edge.toml
  --json          one JSON object instead of a table, for programs
  --version       say which release this is
  --help          this text

EXIT STATUS
  0  all is well
  1  it looked, and something needs a person: not connected, not filled, or damaged
  2  the command line makes no sense
  3  it could not look: no configuration, no database, no rights

Run it as the daemon's user, who may read its state: runuser -u vitrine-edge -- vitrinectl sync status
)";

struct Row {
  std::string_view group;
  std::string_view name;
  Result<int> (*run)(const Command&);
};
constexpr std::array rows = {
    Row{"sync", "status", sync_status},    Row{"sync", "verify", sync_verify}, Row{"sync", "export-outbox", sync_export_outbox},
    Row{"audit", "verify", audit_verify},  Row{"audit", "list", audit_list},   Row{"measures", "today", measures_today},
    Row{"measures", "week", measures_week}};

int wrong(std::ostream& err, const std::string& what) {
  err << "vitrinectl: " << what << "\n\n" << help;
  return exit_usage;
}

}  // namespace

int run(const std::vector<std::string>& arguments, Now now, std::ostream& out, std::ostream& err) {
  Command command{{}, {}, false, now, out, err};
  std::string config_file = "/etc/vitrine/edge.toml";
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word == "--help" || word == "-h") {
      out << help;
      return exit_good;
    }
    if (word == "--version") {
      out << "vitrinectl " VITRINE_VERSION "\n";
      return exit_good;
    }
    if (word == "--json") {
      command.json = true;
    } else if (word == "--config") {
      if (i + 1 == arguments.size()) return wrong(err, "--config needs a file");
      config_file = arguments[++i];
    } else if (word.starts_with("-")) {
      return wrong(err, "there is no option " + word);
    } else {
      command.words.push_back(word);
    }
  }
  if (command.words.size() < 2) return wrong(err, "say what to do");
  const auto* const row =
      std::ranges::find_if(rows, [&](const Row& r) { return r.group == command.words[0] && r.name == command.words[1]; });
  if (row == rows.end()) return wrong(err, "there is no command " + command.words[0] + " " + command.words[1]);
  command.words.erase(command.words.begin(), command.words.begin() + 2);
  auto config = config::read_edge_config(config_file);
  if (!config) {
    err << "vitrinectl: " << config.error().message << " [" << config.error().code << "]\n";
    return exit_cannot_look;
  }
  command.config = std::move(*config);
  const auto code = row->run(command);
  if (code) return *code;
  if (code.error().code == "usage") return wrong(err, code.error().message);
  err << "vitrinectl: " << code.error().message << " [" << code.error().code << "]\n";
  return exit_cannot_look;
}

}  // namespace vitrine::ctl
