// SPDX-License-Identifier: Apache-2.0
// `lend`: the whole round of lending at once, as serve does it bit by bit: after an import, before a line is cut on purpose.
#include <ostream>

#include "hub/commands/commands.hpp"
#include "hub/lending/lending.hpp"

namespace vitrine::hub {

namespace {

constexpr std::size_t bytes_a_transaction = 512UL * 1024;

}  // namespace

Result<int> lend(const Command& command) {
  if (!command.words.empty()) return fail("usage", "vitrine-hub lend --config hub.toml");
  const LendingRule rule{command.config.lending.share_percent, command.config.lending.units_max, command.config.lending.hours};
  LendingPlace place;
  std::size_t looked_at = 0;
  std::size_t loans = 0;
  do {
    const auto done = write_once(command, [&](CommandDesk& desk) {
      const Stretch stretch = look_for_loans(desk.authority, command.chance, rule, place, bytes_a_transaction, desk.now.utc);
      looked_at += stretch.looked_at;
      loans += lend_to_stores(desk.end, command.chance, stretch.due, desk.now);
    });
    if (!done) return std::unexpected(done.error());
  } while (!place.store.empty());
  command.out << "looked at the stock of " << looked_at << " products in stores; " << loans
              << " rights were lent or made longer\n";
  return 0;
}

}  // namespace vitrine::hub
