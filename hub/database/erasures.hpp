// SPDX-License-Identifier: Apache-2.0
// Who was erased, outside of the database too: the file `erasures` beside it holds a tag a line and only ever grows. A hub that
// was set back to before an erasure erases again at its next opening, before anything is read or imported.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "hub/database/authority.hpp"
#include "sync/ends/chance.hpp"
#include "sync/ends/hub_end.hpp"

namespace vitrine::hub::database {

// On the disk when it answers; before the erasure is confirmed to anybody. Errors: "state_unusable".
std::optional<Error> note_erasures(const std::string& state_folder, const std::vector<std::string>& tags);
// Whole lines only: the last one may have been cut off.
std::vector<std::string> noted_erasures(const std::string& state_folder);

struct ErasedCustomer {
  std::string tag;
  UtcMs at;  // of the first time
  sync::ends::HubEnd::Erasure done;
};
// Inside a transaction: the log first, so that nothing that was confirmed can be forgotten; where the commit fails, the next
// opening erases. Errors: "state_unusable".
Result<ErasedCustomer> erase_customer(SqlAuthority& authority, sync::ends::HubEnd& end, const std::string& state_folder,
                                      const sync::CustomerId& customer, Now now);

// What the log has and the database has not is erased here again, and the other way round it is noted. Errors: the database's,
// "state_unusable".
std::optional<Error> settle_erasures(Connection& connection, const std::string& state_folder, const sync::ends::Chance& chance,
                                     Now now);

std::uint64_t erasures_known(Connection& connection);
// Erasures of which this store has not said yet that it has them.
std::uint64_t erasures_unheard(Connection& connection, const std::string& presence, const sync::Era& era);
// Stores that have not said yet that they have this one.
std::vector<sync::StoreId> stores_unaware(SqlAuthority& authority, const std::string& tag);

}  // namespace vitrine::hub::database
