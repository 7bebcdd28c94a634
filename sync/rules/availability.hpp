// SPDX-License-Identifier: Apache-2.0
// How a store's stock is told to other stores: in bands, so that one sale seldom changes what they are told, and nobody reads a
// store's figures off it.
#pragma once

#include <cstdint>

#include "sync/model/availability.hpp"
#include "sync/model/stock.hpp"

namespace vitrine::sync::rules {

Band band_of(std::int64_t units);
// Of what people may count on now (unreserved_at), and what becomes of it as promises run out.
StoreAvailability availability_of(const Stock& stock, UtcMs as_of, UtcMs now);
// Whether who was told the one knows the other, from now on.
bool says_the_same(const StoreAvailability& told, const StoreAvailability& is, UtcMs now);
// What stands at a time.
Band band_at(const StoreAvailability& store, UtcMs now);

}  // namespace vitrine::sync::rules
