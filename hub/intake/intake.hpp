// SPDX-License-Identifier: Apache-2.0
// A document that rows of a table made, put into the hub: the import command and the platform's API do it in the same way.
#pragma once

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "hub/database/authority.hpp"
#include "hub/import/import.hpp"
#include "sync/ends/chance.hpp"
#include "sync/ends/hub_end.hpp"

namespace vitrine::hub {

// Inside a transaction. An order is placed, never put, so that what happened to its goods and its money stays; a stock figure is
// a count of its time; a consent is a word about one, never over what people said since; an event is told once. True: something
// changed. Errors: those of acts_of_import, and a refusal's reason.
Result<bool> take_in(database::SqlAuthority& authority, sync::ends::HubEnd& end, const ImportDocument& document,
                     const sync::ends::Chance& chance, Now now);

// Exact keys under the tenant's key.
ImportIdentity identity_in(database::SqlAuthority& authority);

// Who was erased.
ImportErased erased_in(database::SqlAuthority& authority);

// The body of a document that was imported before; none: there is none.
ImportStored stored_in(database::SqlAuthority& authority);

}  // namespace vitrine::hub
