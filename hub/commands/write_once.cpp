// SPDX-License-Identifier: Apache-2.0
// One transaction of a command, and the document that hub.toml makes.
#include <nlohmann/json.hpp>

#include "hub/commands/commands.hpp"

namespace vitrine::hub {

std::string Command::option(const std::string& name) const {
  const auto found = options.find(name);
  return found == options.end() ? std::string() : found->second.back();
}

Result<void> write_once(const Command& command, const std::function<void(CommandDesk&)>& work) {
  const Now now = command.clock();
  auto connection = database::open_hub_database(command.database(), command.chance, now.utc);
  if (!connection) return std::unexpected(connection.error());
  database::SqlAuthority authority(**connection);
  database::HubRows rows(**connection);
  sync::ends::HubEnd end(authority, command.chance);
  CommandDesk desk{end, authority, rows, now};
  authority.begin();
  work(desk);
  if (auto failed = authority.commit()) return std::unexpected(*failed);
  return {};
}

std::string chain_settings(const config::HubConfig& config) {
  nlohmann::json body = {{"brand", config.name}, {"link_base", config.link_base}};
  body["distance_unit"] = config.distance_unit;
  body["greet_by_name"] = config.greet_by_name;
  if (config.delivers) body["delivers"] = true;
  body["languages"] = config.languages;
  body["default_language"] = config.languages.front();
  if (!config.in_store_codes.empty()) body["in_store_codes"] = config.in_store_codes;
  if (!config.staff_roles.empty()) body["staff_roles"] = config.staff_roles;
  body["staff_lock_s"] = config.staff_lock_s;
  body["staff_end_s"] = config.staff_end_s;
  const config::HubReturns& returns = config.returns;
  body["returns"] = {{"window_days", returns.window_days}, {"reasons", returns.reasons},
                     {"restock", returns.restock},         {"write_off", returns.write_off},
                     {"skus_kept", returns.skus_kept},     {"categories_kept", returns.categories_kept}};
  if (!config.colours.empty()) body["colours"] = config.colours;
  body["tagline"] = nlohmann::json::object();
  if (!config.tagline_en.empty()) body["tagline"]["en"] = config.tagline_en;
  if (!config.tagline_de.empty()) body["tagline"]["de"] = config.tagline_de;
  return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace vitrine::hub
