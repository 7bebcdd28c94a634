// SPDX-License-Identifier: Apache-2.0
// `platform`: who may push a retailer's data through the HTTP API. A credential is shown once and kept as its hash.
#include <algorithm>
#include <ostream>

#include "hub/commands/commands.hpp"
#include "hub/database/platforms.hpp"
#include "hub/enrolment/platform_credential.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::hub {

namespace {

constexpr const char* usage =
    "vitrine-hub platform add <name> [--scope SCOPE…] | list | revoke <name> --config hub.toml\n"
    "  scopes: catalog, stock, customers, orders, reservations, all of them without --scope; and erasures, by name alone";

Result<int> add(const Command& command, const std::string& name) {
  // Erasing cannot be taken back: it is allowed by name alone.
  std::vector<std::string> scopes = {"catalog", "stock", "customers", "orders", "reservations"};
  if (const auto given = command.options.find("--scope"); given != command.options.end()) scopes = given->second;
  for (const std::string& scope : scopes) {
    if (!is_platform_scope(scope)) return fail("usage", usage);
  }
  std::ranges::sort(scopes);
  const auto [tail, end] = std::ranges::unique(scopes);
  scopes.erase(tail, end);
  // Also what stands in an address or a log.
  if (!sync::is_store_id(name)) return fail("invalid_name", "a platform's name is 1 to 32 small letters, digits and '-'");
  const PlatformCredential credential = make_platform_credential();
  bool fresh = false;
  const auto committed = write_once(command, [&](CommandDesk& desk) {
    fresh = database::Platforms(desk.authority.connection()).add({name, scopes, desk.now.utc}, credential.hash);
  });
  if (!committed) return std::unexpected(committed.error());
  if (!fresh) return fail("platform_known", "there is a platform " + name + "; revoke it first, or take another name");
  std::string words;
  for (const std::string& scope : scopes) words += " " + scope;
  command.out << credential.text << "\n";
  command.err << "added  the platform " << name << ", which may push:" << words << "\n"
              << "Next: give it the line above, which is not shown again; it sends \"Authorization: Bearer <line>\" "
                 "(docs/PLATFORM.md).\n";
  return 0;
}

}  // namespace

Result<int> platform(const Command& command) {
  const std::vector<std::string>& words = command.words;
  if (words.size() == 2 && words[0] == "add") return add(command, words[1]);
  if (words.size() == 2 && words[0] == "revoke") {
    bool known = false;
    const auto committed =
        write_once(command, [&](CommandDesk& desk) { known = database::Platforms(desk.authority.connection()).drop(words[1]); });
    if (!committed) return std::unexpected(committed.error());
    if (!known) return fail("platform_unknown", "there is no platform " + words[1]);
    command.out << "revoked " << words[1] << "; its next call is refused\n";
    return 0;
  }
  if (words.size() != 1 || words[0] != "list") return fail("usage", usage);
  const auto read = write_once(command, [&](CommandDesk& desk) {
    for (const database::PlatformRow& row : database::Platforms(desk.authority.connection()).all()) {
      command.out << row.name;
      for (const std::string& scope : row.scopes) command.out << " " << scope;
      command.out << "\n";
    }
  });
  if (!read) return std::unexpected(read.error());
  return 0;
}

}  // namespace vitrine::hub
