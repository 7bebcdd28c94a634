// SPDX-License-Identifier: Apache-2.0
// What is the same in every simulated world: its beginning, its goods, its keys, and the two databases that all start from.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/database/continuity.hpp"
#include "sync/protocol/pass.hpp"
#include "tests/faults/vfs/disk.hpp"

namespace vitrine::sim {

inline constexpr std::int64_t began_utc_ms = 1'763'800'000'000;
inline std::int64_t utc_of(std::int64_t now_ms) { return began_utc_ms + now_ms; }

inline constexpr std::size_t stores_max = 4;
inline constexpr std::size_t goods_count = 14;
inline constexpr std::size_t stock_count = 4;  // of the goods, in each store
inline constexpr std::size_t shoppers_count = 3;

// The one of them who wants to be forgotten, in some schedules; and as a platform gives them, again and again.
std::string leaver();
std::string shopper_body(const std::string& id);
inline constexpr const char* leaver_name = "Quillfeather";

std::string store_name(std::size_t number);
std::string sku_of(std::size_t number);
std::string product_body(std::size_t number, std::uint64_t edition);
std::string price_body(std::size_t number, std::uint64_t edition);
std::string stock_body(std::size_t store, std::size_t number, std::uint64_t edition);

// Of what staff move, count and promise; nothing but operations changes it.
inline constexpr std::size_t shelf_count = 2;  // in each store
std::string shelf_of(std::size_t store, std::size_t number);
std::string shelf_body(std::size_t store, std::size_t number);

// FNV-1a, for traces.
std::uint64_t hash_of(std::string_view bytes);
// A folder of this process, for the one file that stands outside the disks.
std::string era_folder();
std::string hex_128(std::uint64_t a, std::uint64_t b);

struct WorldFacts {
  std::unique_ptr<faults::Disk> hub;    // hub.db with goods, stores and keys
  hub::database::EraFile era;           // that belongs to it
  std::unique_ptr<faults::Disk> store;  // store.db with its schema, empty
  sync::protocol::SecretKey secret{};
  sync::protocol::PublicKey key{};
};
// Made once in a process.
const WorldFacts& world_facts();

}  // namespace vitrine::sim
