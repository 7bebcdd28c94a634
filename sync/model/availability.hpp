// SPDX-License-Identifier: Apache-2.0
// What the stores of a region have of one product, as other stores are told: how many in words, never a figure, and since when
// that is known. Rules: sync/rules/availability.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::sync {

// How many people may count on: none, 1 or 2, 3 to 9, 10 and more.
enum class Band : std::uint8_t { none, few, some, many };

// Promises that run out make it more by themselves.
struct BandFrom {
  UtcMs at;
  Band band = Band::none;
  bool operator==(const BandFrom&) const = default;
};

struct StoreAvailability {
  Band band = Band::none;
  UtcMs as_of;                 // it was so then; a store that was heard of later still has it so (StoresHeard)
  std::vector<BandFrom> then;  // in the order of time, each more than the one before
  bool operator==(const StoreAvailability&) const = default;
};

// One product in one region; a store that is not named has no record of it.
struct Availability {
  std::string region;
  Sku sku;
  std::map<StoreId, StoreAvailability> stores;
  bool operator==(const Availability&) const = default;
};

// When the hub last had everything that a store had to say: until then its bands are as they stand.
struct StoresHeard {
  std::string region;
  std::map<StoreId, UtcMs> stores;
  bool operator==(const StoresHeard&) const = default;
};

inline constexpr std::size_t region_stores_max = 200;  // of one region; beyond it the last in the order of names are left out

}  // namespace vitrine::sync
