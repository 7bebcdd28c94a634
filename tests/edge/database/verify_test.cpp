// SPDX-License-Identifier: Apache-2.0
// verify_store_database finds nothing in a store that worked, beside its daemon too, and finds each damage that is planted.
#include "edge/database/verify.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "edge/database/replica.hpp"
#include "sync/ends/store_end.hpp"
#include "sync/protocol/cart_codec.hpp"
#include "tests/edge/scratch_folder.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using edge::ScratchFolder;
using edge::database::Check;
using edge::database::Verification;
using edge::database::verify_store_database;

namespace {

const Now now{{1'763'800'000'000}, {1'000}};
const CartId cart{"c0000000000000000000000000000001"};

std::string request(std::size_t i) {
  const std::string digits = std::to_string(i);
  return std::string(32 - digits.size(), '0') + digits;
}

// A store with `actions` own transactions that no hub has seen, three in one cart, one in each of the others.
void make_store(const std::string& path, std::size_t actions) {
  auto connection = edge::database::open_store_database(path);
  REQUIRE(connection.has_value());
  edge::database::SqliteReplica replica(std::move(*connection), StreamName{"catalog"});
  replica.begin();
  ends::StoreState state;
  state.store.text = "harbour-street";
  state.incarnation.text = std::string(32, 'a');
  replica.put_state(state);
  std::uint64_t drawn = 0;
  ends::StoreEnd end(replica, {StreamName{"catalog"}}, "test", {[&drawn] { return ++drawn; }}, now);
  for (std::size_t i = 0; i < actions; ++i) {
    const CartId id = i < 3 ? cart : CartId{request(1000 + i)};
    const Operation add = protocol::encode_cart_operation(
        id, rules::CartAdd{Sku{"85123A"}, 1 + static_cast<std::int64_t>(i), "kiosk", StoreId{"harbour-street"}, std::nullopt});
    const auto done = end.perform({TransactionId{request(i + 1)}, Nature::intent, "kiosk-1", {add}}, now);
    REQUIRE(done.what == ends::Performance::done);
  }
  REQUIRE_FALSE(replica.commit().has_value());
}

void damage(const std::string& path, const std::string& sql) {
  auto connection = edge::database::Connection::open(path, edge::database::sql_book(), {});
  REQUIRE(connection.has_value());
  (*connection)->execute(sql);
  const auto failed = (*connection)->take_failure();
  REQUIRE_MESSAGE(!failed, (failed ? failed->message : ""));
}

// The names of the checks that found something.
std::string wrong_in(const std::string& path) {
  const auto verification = verify_store_database(path, now);
  REQUIRE_MESSAGE(verification.has_value(), (verification ? "" : verification.error().message));
  std::string names;
  for (const Check& check : verification->checks) {
    if (!check.good()) names += (names.empty() ? "" : " ") + check.name;
  }
  return names;
}

}  // namespace

TEST_CASE("nothing is wrong with a store that worked, and the check writes nothing") {
  const ScratchFolder folder;
  make_store(folder / "store.db", 5);
  const auto verification = verify_store_database(folder / "store.db", now);
  REQUIRE(verification.has_value());
  CHECK(verification->good());
  CHECK(verification->store == "harbour-street");
  REQUIRE(verification->checks.size() >= 4);
  CHECK(verification->checks[1].looked_at == 5);
  CHECK(verification->checks[3].looked_at == 3);
}

TEST_CASE("it looks beside a writer who is in the middle of something") {
  const ScratchFolder folder;
  make_store(folder / "store.db", 4);
  auto writer = edge::database::Connection::open(folder / "store.db", edge::database::sql_book(), {});
  REQUIRE(writer.has_value());
  (*writer)->begin_write();
  (*writer)->execute("DELETE FROM view");
  CHECK(wrong_in(folder / "store.db").empty());
  (*writer)->rollback();
  CHECK(wrong_in(folder / "store.db").empty());
}

TEST_CASE("each planted damage is found by the check that is for it") {
  struct Case {
    const char* sql;
    const char* found;
  };
  for (const Case& one : {
           Case{"UPDATE outbox_operations SET body = replace(body, '85123A', '85123B') WHERE n = 2", "chain view"},
           Case{"UPDATE outbox SET actor = 'kiosk-2' WHERE n = 4", "chain view"},
           Case{"UPDATE outbox SET hash = zeroblob(32) WHERE n = 3", "chain view"},
           Case{"DELETE FROM outbox_operations WHERE n = 5; DELETE FROM outbox WHERE n = 5", "chain view"},
           Case{"DELETE FROM outbox_operations WHERE n = 2; DELETE FROM outbox WHERE n = 2", "chain view"},
           Case{"UPDATE state SET last_n = 9", "chain"},
           Case{"UPDATE state SET applied_n = 9", "state"},
           Case{"UPDATE state SET ack_n = 2, ack_incarnation = incarnation", "state view"},
           Case{"UPDATE view SET body = replace(body, '85123A', '22423')", "view"},
           Case{"DELETE FROM view WHERE id LIKE 'c%'", "view"},
           Case{"INSERT INTO view VALUES ('cart', 'dddddddddddddddddddddddddddddddd', '{}')", "view"},
       }) {
    CAPTURE(one.sql);
    const ScratchFolder folder;
    make_store(folder / "store.db", 5);
    damage(folder / "store.db", one.sql);
    CHECK(wrong_in(folder / "store.db") == one.found);
  }
}

TEST_CASE("a damaged page is found, and nothing is said of the rest") {
  const ScratchFolder folder;
  make_store(folder / "store.db", 5);
  damage(folder / "store.db", "PRAGMA wal_checkpoint(TRUNCATE)");
  {
    std::fstream file(folder / "store.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096 * 4);  // the head of a page that holds rows or an index
    file << std::string(64, '\x7f');
  }
  const auto verification = verify_store_database(folder / "store.db", now);
  REQUIRE(verification.has_value());
  CHECK(verification->checks.size() == 1);
  CHECK_FALSE(verification->good());
}

TEST_CASE("what is no store's database is an error") {
  const ScratchFolder folder;
  CHECK_FALSE(verify_store_database(folder / "none.db", now).has_value());
  auto empty = edge::database::open_store_database(folder / "empty.db");
  REQUIRE(empty.has_value());
  const auto verification = verify_store_database(folder / "empty.db", now);
  REQUIRE_FALSE(verification.has_value());
  CHECK(verification.error().code == "database_empty");
}
