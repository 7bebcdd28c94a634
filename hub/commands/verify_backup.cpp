// SPDX-License-Identifier: Apache-2.0
// `verify-backup`: reads a backup of hub.db as a restore would (of PostgreSQL: a database into which a dump was restored), and
// notes how far each store stands in it. Stores keep what the hub has applied until it is in such a backup, unless it grows old.
#include <ostream>

#include "hub/commands/commands.hpp"

namespace vitrine::hub {

Result<int> verify_backup(const Command& command) {
  if (command.words.size() != 1) return fail("usage", "vitrine-hub verify-backup <file, or restored database> --config hub.toml");
  const std::string& path = command.words.front();
  auto opened = database::open_hub_backup(command.database(), path);
  if (!opened) return std::unexpected(opened.error());
  database::SqlAuthority backup(**opened);
  const sync::Era era = backup.era();
  bool of_this_hub = false;
  std::size_t lives = 0;
  std::size_t strange = 0;
  const auto committed = write_once(command, [&](CommandDesk& desk) {
    of_this_hub = desk.authority.era() == era;
    if (!of_this_hub) return;
    for (const sync::StoreId& store : backup.stores()) {
      for (const sync::Applied& applied : backup.applied(store)) {
        const auto here = desk.authority.applied_hash(store, applied.incarnation, applied.n);
        if (here && *here == applied.hash) {
          desk.authority.put_verified(store, applied, desk.now.utc);
          ++lives;
        } else {
          ++strange;
        }
      }
    }
  });
  if (!committed) return std::unexpected(committed.error());
  if (auto failed = (*opened)->take_failure()) return std::unexpected(failed->within(path));
  if (!of_this_hub) return fail("backup_foreign", path + " is of another era than this hub is in: make a new backup");
  command.out << "good   " << path << ": whole, of this hub's era; " << lives << " lives of stores noted";
  if (strange > 0) command.out << ", " << strange << " are not this hub's";
  command.out << "\nNext: keep it where this machine's disk is not. Stores hear at their next greeting how far it goes.\n";
  return strange > 0 ? 1 : 0;
}

}  // namespace vitrine::hub
