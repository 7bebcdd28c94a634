// SPDX-License-Identifier: Apache-2.0
// vitrinectl sync verify: what edge/database/verify.hpp found, for people or for programs.
#include <nlohmann/json.hpp>
#include <ostream>

#include "edge/database/verify.hpp"
#include "tools/vitrinectl/command.hpp"

namespace vitrine::ctl {

namespace {

void write_json(const edge::database::Verification& verification, std::ostream& out) {
  nlohmann::json checks = nlohmann::json::array();
  for (const auto& check : verification.checks) {
    checks.push_back(
        {{"check", check.name}, {"ok", check.good()}, {"looked_at", check.looked_at}, {"of", check.of}, {"found", check.found}});
  }
  const nlohmann::json all = {{"store", verification.store},
                              {"incarnation", verification.incarnation},
                              {"ok", verification.good()},
                              {"checks", std::move(checks)}};
  out << all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

void write_table(const edge::database::Verification& verification, std::ostream& out) {
  if (!verification.store.empty()) out << "store  " << verification.store << "\n";
  for (const auto& check : verification.checks) {
    std::string name = check.name;
    name.resize(7, ' ');
    out << name << (check.good() ? "good   " : "WRONG  ") << check.looked_at << " " << check.of << "\n";
    for (const std::string& line : check.found) out << "       " << line << "\n";
  }
}

}  // namespace

Result<int> sync_verify(const Command& command) {
  if (!command.words.empty()) return fail("usage", "sync verify takes no words");
  auto verification = edge::database::verify_store_database(command.config.database_file(), command.now);
  if (!verification) return std::unexpected(verification.error());
  if (command.json) {
    write_json(*verification, command.out);
  } else {
    write_table(*verification, command.out);
  }
  return verification->good() ? exit_good : exit_trouble;
}

}  // namespace vitrine::ctl
