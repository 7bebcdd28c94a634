// SPDX-License-Identifier: Apache-2.0
// The operator's commands of vitrine-hub, besides `serve`. Each says what it wrote and what to do next.
#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "config/hub_config.hpp"
#include "hub/database/authority.hpp"
#include "hub/database/open.hpp"
#include "hub/database/rows.hpp"
#include "sync/ends/chance.hpp"
#include "sync/ends/hub_end.hpp"

namespace vitrine::hub {

struct Command {
  config::HubConfig config;
  std::vector<std::string> words;                           // after the command's name, without options
  std::map<std::string, std::vector<std::string>> options;  // "--host" → its values
  std::function<Now()> clock;
  sync::ends::Chance chance;
  std::ostream& out;
  std::ostream& err;
  bool err_is_terminal = false;

  [[nodiscard]] std::string option(const std::string& name) const;  // the last value, or empty
  [[nodiscard]] database::Address database() const { return {config.state, config.database.connection}; }
};

// Exit codes, or the error that ended the command. `import`: 0 also when rows were refused and the rest went in, 1 when a
// file was unusable.
Result<int> audit(const Command& command);
Result<int> customer(const Command& command);
Result<int> import_tables(const Command& command);
Result<int> make_authority(const Command& command);
Result<int> make_store(const Command& command);
Result<int> make_pass_key(const Command& command);
Result<int> add_app_key(const Command& command);
Result<int> import_outbox(const Command& command);
Result<int> lend(const Command& command);
Result<int> measures(const Command& command);
Result<int> order(const Command& command);
Result<int> picture(const Command& command);
Result<int> platform(const Command& command);
Result<int> receipt(const Command& command);
Result<int> staff(const Command& command);
Result<int> unfreeze(const Command& command);
Result<int> verify_backup(const Command& command);
Result<int> webhook(const Command& command);

// What a command writes with, in one transaction: nothing is sent, a running `serve` notices and says the new heads.
struct CommandDesk {
  sync::ends::HubEnd& end;
  database::SqlAuthority& authority;
  database::HubRows& rows;
  Now now;
};
Result<void> write_once(const Command& command, const std::function<void(CommandDesk&)>& work);

// The document settings/chain as hub.toml says it.
std::string chain_settings(const config::HubConfig& config);

}  // namespace vitrine::hub
