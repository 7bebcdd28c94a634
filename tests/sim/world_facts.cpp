// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/world_facts.hpp"

#include <sodium.h>
#include <sqlite3.h>

#include <unistd.h>

#include <array>
#include <filesystem>

#include "base/require.hpp"
#include "edge/database/replica.hpp"
#include "hub/database/authority.hpp"
#include "hub/database/sql_book.hpp"
#include "sqlite/migrations.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/protocol/trust_codec.hpp"
#include "tests/sim/dice.hpp"
#include "tests/sim/hub_box.hpp"

namespace vitrine::sim {

std::string store_name(std::size_t number) { return "store-" + std::to_string(number); }

std::string sku_of(std::size_t number) {
  // The last ones are bought by the hundred.
  if (number + 2 >= goods_count) return "BULK" + std::to_string(number);
  return "SKU" + std::to_string(1000 + number);
}

std::string product_body(std::size_t number, std::uint64_t edition) {
  const std::string sku = sku_of(number);
  return R"({"sku":")" + sku + R"(","gtins":["50)" + std::to_string(10000000000 + number) + R"("],"title":{"en":"Thing )" + sku +
         " edition " + std::to_string(edition) + R"("},"original_title":")" + std::string(120, 'x') +
         R"(","department":"candles","category":["Gifts"],"pictogram":"candle","tile":"blush","status":"active"})";
}

std::string price_body(std::size_t number, std::uint64_t edition) {
  const std::string sku = sku_of(number);
  return R"({"sku":")" + sku + R"(","zone":"uk","currency":"GBP","tax_included":true,"entries":[{"from":0,"list":)" +
         std::to_string(100 + edition) + R"(,"current":)" + std::to_string(90 + edition) + "}]}";
}

std::string stock_body(std::size_t store, std::size_t number, std::uint64_t edition) {
  return R"({"store":")" + store_name(store) + R"(","sku":")" + sku_of(number) + R"(","on_hand":)" +
         std::to_string(edition % 100) + R"(,"reserved":0,"safety":0,"aisle":"3","bay":"B","counted_at":)" +
         std::to_string(began_utc_ms) + "}";
}

std::string shelf_of(std::size_t store, std::size_t number) { return store_name(store) + "/STK" + std::to_string(number); }

std::string shelf_body(std::size_t store, std::size_t number) {
  return R"({"store":")" + store_name(store) + R"(","sku":"STK)" + std::to_string(number) +
         R"(","on_hand":9,"safety":0,"counted_at":)" + std::to_string(began_utc_ms) + "}";
}

std::uint64_t hash_of(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

std::string leaver() { return "shopper-" + std::to_string(shoppers_count - 1); }

std::string shopper_body(const std::string& id) {
  const std::string name = id == leaver() ? leaver_name : "Amelia";
  return R"({"customer":")" + id + R"(","display_name":")" + name + R"(","initial":"R","language":"en"})";
}

std::string era_folder() {
  // Memory where there is such a folder: the file is written with every start, and read by nobody else.
  const std::string place =
      std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : std::filesystem::temp_directory_path().string();
  std::string folder = place + "/vitrine-sim-" + std::to_string(getpid());
  std::filesystem::create_directories(folder);
  return folder;
}

std::string hex_128(std::uint64_t a, std::uint64_t b) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (std::uint64_t half : {a, b}) {
    for (int i = 0; i < 16; ++i, half >>= 4) text += digits[half & 15];
  }
  return text;
}

namespace {

void fill_hub(faults::Disk& disk, const sync::protocol::PublicKey& key) {
  Dice dice(1);
  auto connection = open_hub(disk, era_folder(), {[&] { return dice.draw(); }}, UtcMs{began_utc_ms});
  require(connection.has_value(), "the hub's first database opens");
  hub::database::SqlAuthority authority(**connection);
  const Now now{{began_utc_ms}, {0}};
  sync::ends::HubEnd end(authority, {[&] { return dice.draw(); }});
  authority.begin();
  for (std::size_t i = 0; i < stores_max; ++i) {
    authority.add_store(sync::StoreId{store_name(i)});
    end.put({"content", "store/" + store_name(i)},
            R"({"kind":"store","store":")" + store_name(i) +
                R"(","name":"Shop","zone":"uk","currency":"GBP","time_zone":"Europe/London"})",
            now);
    for (std::size_t n = 0; n < shelf_count; ++n) end.put({"stock", shelf_of(i, n)}, shelf_body(i, n), now);
    for (std::size_t n = 0; n < stock_count; ++n) end.put({"stock", store_name(i) + "/" + sku_of(n)}, stock_body(i, n, 5), now);
  }
  for (std::size_t n = 0; n < goods_count; ++n) {
    end.put({"product", sku_of(n)}, product_body(n, 1), now);
    end.put({"price", "uk/" + sku_of(n)}, price_body(n, 1), now);
  }
  for (std::size_t n = 0; n < shoppers_count; ++n) {
    const std::string id = "shopper-" + std::to_string(n);
    end.put({"customer", id}, shopper_body(id), now);
  }
  end.put({"settings", "chain"}, R"({"brand":"Fernby","languages":["en"],"default_language":"en"})", now);
  sync::protocol::TrustedKey trusted;
  trusted.key_id = 1;
  trusted.public_key = key;
  trusted.from = UtcMs{began_utc_ms - 86'400'000};
  end.put({"trust", "key/1"}, sync::protocol::encode_trusted_key(trusted), now);
  end.finish(now);
  require(!authority.commit(), "the hub's first database is filled");
}

WorldFacts make_facts() {
  WorldFacts facts;
  require(sodium_init() >= 0, "libsodium starts");
  std::array<unsigned char, 32> seed{};
  crypto_sign_seed_keypair(facts.key.data(), facts.secret.data(), seed.data());
  // The first migration draws the key of digests by SQLite's chance: in every process the same one.
  sqlite3_initialize();
  sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, 1, nullptr);
  facts.hub = std::make_unique<faults::Disk>();
  std::filesystem::remove(era_folder() + "/era");
  fill_hub(*facts.hub, facts.key);
  facts.era = hub::database::read_era_file(era_folder()).value();
  facts.store = std::make_unique<faults::Disk>();
  require(edge::database::open_store_database(facts.store->path("store.db")).has_value(), "a store's first database opens");
  return facts;
}

}  // namespace

const WorldFacts& world_facts() {
  static const WorldFacts facts = make_facts();
  return facts;
}

}  // namespace vitrine::sim
