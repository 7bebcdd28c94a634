// SPDX-License-Identifier: Apache-2.0
// `unfreeze`: a person has looked why a store's certificate was put aside.
#include <ostream>

#include "hub/commands/commands.hpp"

namespace vitrine::hub {

Result<int> unfreeze(const Command& command) {
  if (command.words.size() != 1) return fail("usage", "vitrine-hub unfreeze <store> --config hub.toml");
  const sync::StoreId store{command.words.front()};
  bool known = false;
  bool frozen = false;
  const auto committed = write_once(command, [&](CommandDesk& desk) {
    known = desk.authority.knows_store(store);
    sync::ends::Conduct conduct = desk.authority.conduct(store);
    frozen = conduct.frozen_at.value != 0 || conduct.quarantined_until > desk.now.utc;
    if (!frozen) return;
    conduct.frozen_at = {};
    conduct.quarantined_until = {};
    conduct.offences = 0;
    conduct.fork_at = {};  // the next fork is a first one again
    desk.authority.put_conduct(store, conduct);
  });
  if (!committed) return std::unexpected(committed.error());
  if (!known) return fail("store_unknown", "this hub knows no store " + store.text);
  command.out << (frozen ? "freed  " : "kept   ") << store.text << (frozen ? "" : ", which was neither frozen nor quarantined")
              << "\n"
              << "Next: nothing; the store's box says hello again within a minute. If a second box still runs with this "
                 "certificate, the store is frozen again at its second greeting.\n";
  return 0;
}

}  // namespace vitrine::hub
