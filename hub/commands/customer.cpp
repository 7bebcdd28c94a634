// SPDX-License-Identifier: Apache-2.0
// `customer`: a customer is erased, and how far the stores have heard of it. Neither asks who it was: a number that the hub does
// not know is erased too, so that no later import brings it.
#include <ostream>

#include "hub/commands/commands.hpp"
#include "hub/database/erasures.hpp"
#include "sync/ends/erasure.hpp"
#include "sync/protocol/identity.hpp"

namespace vitrine::hub {

namespace {

constexpr const char* usage =
    "vitrine-hub customer <erase|erased> <customer> --config hub.toml\n"
    "  erase takes everything of this customer from the hub and every store, for good; erased says which stores have heard";
constexpr std::size_t customer_bytes_max = 64;

void tell_unaware(std::ostream& out, const std::vector<sync::StoreId>& unaware) {
  if (unaware.empty()) {
    out << "Every store has heard of it.\n";
    return;
  }
  out << "Not heard of yet in:";
  for (const sync::StoreId& store : unaware) out << " " << store.text;
  out << "\nNext: nothing. A store hears with its next contact, before anything else; one that stays away for 30 days shows "
         "nobody.\n";
}

}  // namespace

Result<int> customer(const Command& command) {
  const auto& words = command.words;
  if (words.size() != 2 || (words[0] != "erase" && words[0] != "erased")) return fail("usage", usage);
  const sync::CustomerId customer{words[1]};
  if (customer.empty() || customer.text.size() > customer_bytes_max)
    return fail("usage", "a customer's number has 1 to 64 bytes");
  Result<database::ErasedCustomer> erased;
  std::vector<sync::StoreId> unaware;
  const auto committed = write_once(command, [&](CommandDesk& desk) {
    if (words[0] == "erase") {
      erased = database::erase_customer(desk.authority, desk.end, command.config.state, customer, desk.now);
    } else {
      const std::string tag = sync::protocol::customer_tag(desk.authority.digest_key(), customer);
      const auto known = desk.authority.document(sync::ends::erasure_key(tag));
      erased = fail("not_erased", "this customer was not erased");
      if (known && known->body) erased = database::ErasedCustomer{tag, sync::ends::erased_at(*known->body), {}};
    }
    if (erased) unaware = database::stores_unaware(desk.authority, erased->tag);
  });
  if (!committed) return std::unexpected(committed.error());
  if (!erased) return std::unexpected(erased.error());
  const auto& done = erased->done;
  command.out << "erasure " << erased->tag << "\n";
  if (words[0] == "erase") {
    command.out << (done.repeated ? "It was erased before; since then: " : "Erased: ") << done.customers << " profile, "
                << done.carts << " carts, " << done.events << " events, " << done.requests << " requests for a person; "
                << done.orders << " orders keep their goods and money, and name nobody.\n";
  }
  tell_unaware(command.out, unaware);
  return 0;
}

}  // namespace vitrine::hub
