// SPDX-License-Identifier: Apache-2.0
// What each store has, told to the other stores of its region (docs/PROTOCOL.md, "Availability"): the hub reads the stores' own
// streams as a store would, some time after the changes, and puts what came of them in bands. It keeps its place in each stream
// beside the documents, so whatever changed the stock, a store, the web or an import, is told, also after a restart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

#include "base/time_point.hpp"
#include "hub/database/authority.hpp"
#include "sync/ends/hub_end.hpp"

namespace vitrine::hub {

// When each store last said that it has done no more than what the hub has of it.
using StoresHad = std::map<sync::StoreId, UtcMs>;

// A beat of the store, after it was taken: notes it where the hub has all of it.
void note_beat(database::SqlAuthority& authority, const sync::StoreId& store, std::uint64_t last_n, StoresHad& had, Now now);

struct Gathered {
  std::size_t told = 0;  // products whose bands changed
  bool more = false;     // the stretch is full: call it again
};

// Inside a transaction: the next stretch, about `bytes_max` of the stores' streams. Where it is the last one, until when the
// bands hold is told too.
Gathered gather_availability(sync::ends::HubEnd& end, database::SqlAuthority& authority, const StoresHad& had,
                             std::size_t bytes_max, Now now);

}  // namespace vitrine::hub
