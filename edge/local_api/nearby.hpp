// SPDX-License-Identifier: Apache-2.0
// What other stores of the region have of a product, with the age that it has by now (docs/PROTOCOL.md, "Availability").
#pragma once

#include <vector>

#include "edge/database/projections/reader.hpp"
#include "edge/local_api/answers.hpp"
#include "edge/local_api/surroundings.hpp"
#include "sync/protocol/json_writer.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::size_t nearby_max = 8;  // stores that are told

// Those where some may be first, then those of which nobody knows any more, then those that have none; each by distance, where
// that is known, and name. Inside a begin().
std::vector<NearbyStore> stores_nearby(database::Reader& reader, const Surroundings& around, const sync::Sku& sku);

// As the member "nearby" of an object that is open.
void write_nearby(sync::protocol::JsonWriter& out, const std::vector<NearbyStore>& stores);

}  // namespace vitrine::edge::local_api
