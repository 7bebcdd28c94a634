// SPDX-License-Identifier: Apache-2.0
// SqliteReplica keeps what the port promises: rows come back as they went in, also from a file that was closed; a failure is
// latched, nothing of its transaction stays, and the next transaction works.
#include "edge/database/replica.hpp"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <fstream>

#include "edge/database/waiting.hpp"
#include "sync/ends/chain.hpp"
#include "sync/protocol/message_codec.hpp"
#include "tests/edge/scratch_folder.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using edge::ScratchFolder;
using edge::database::SqliteReplica;

namespace {

const StreamName catalog{"catalog"};
const StreamName own{"store.harbour-street"};

SqliteReplica open_replica(const std::string& path) {
  auto connection = edge::database::open_store_database(path);
  REQUIRE_MESSAGE(connection.has_value(), (connection ? "" : connection.error().message));
  return SqliteReplica(std::move(*connection), catalog);
}

PageEntry entry(const std::string& collection, const std::string& id, std::uint64_t number, std::string body) {
  return {{collection, id}, {{2, number}, {{1, 40}}}, std::move(body), false};
}

Transaction transaction(std::uint64_t n, const std::string& cart, std::string body = "{\"sku\":\"A\",\"n\":1}") {
  Transaction t;
  t.id.text = std::string(31, 'a') + std::to_string(n);
  t.n = n;
  t.nature = n % 2 == 0 ? Nature::fact : Nature::intent;
  t.at.value = 1000 + static_cast<std::int64_t>(n);
  t.actor = "kiosk-1";
  t.operations = {{{"cart", cart}, "cart.add", 1, std::move(body), "salt"}, {{"cart", cart}, "cart.assign", 1, "{}", "salt2"}};
  t.hash[0] = static_cast<std::uint8_t>(n);
  t.hash[31] = 7;
  return t;
}

void check_same(const Transaction& a, const Transaction& b) {
  CHECK(a.id == b.id);
  CHECK(a.n == b.n);
  CHECK(a.nature == b.nature);
  CHECK(a.at == b.at);
  CHECK(a.actor == b.actor);
  CHECK(a.hash == b.hash);
  CHECK(a.operations == b.operations);
}

// What stands aside for a person: id, life, n and the transaction itself.
std::vector<std::string> aside(SqliteReplica& replica) {
  std::vector<std::string> rows;
  sqlite3_exec(
      replica.connection().handle(), "SELECT id || ' ' || incarnation || ' ' || n || ' ' || json FROM aside ORDER BY n",
      [](void* to, int, char** values, char**) {
        static_cast<std::vector<std::string>*>(to)->emplace_back(values[0]);
        return 0;
      },
      &rows, nullptr);
  return rows;
}
std::string aside_row(const Transaction& t) {
  return t.id.text + " i3 " + std::to_string(t.n) + " " + protocol::encode_transaction(t);
}

}  // namespace

TEST_CASE("a fresh replica is empty, and what was committed comes back after reopening") {
  const ScratchFolder folder;
  const std::string path = folder / "store.db";
  ends::StoreState state;
  state.store.text = "harbour-street";
  state.incarnation.text = "i1";
  state.last_n = 3;
  state.last_hash[5] = 9;
  state.ack = {IncarnationId{"i0"}, 2, {}};
  state.applied_n = 2;
  state.era_heard = {2, "e2"};
  state.clock_offset_ms = -250;
  state.hub_time_max.value = 5000;
  state.last_contact.value = 4000;
  {
    SqliteReplica replica = open_replica(path);
    replica.begin();
    CHECK(replica.state().store.empty());
    CHECK(replica.streams().empty());
    replica.put_state(state);
    replica.put_stream({catalog, false, {{2, "e2"}, 0}, 77, {"product", "B"}});
    replica.put_stream({own, true, {{2, "e2"}, 12}, std::nullopt, {}});
    replica.put_base(catalog, entry("product", "A", 5, "{\"sku\":\"A\"}"));
    PageEntry tombstone = entry("product", "B", 6, "");
    tombstone.body.reset();
    replica.put_base(catalog, tombstone);
    replica.put_view({"cart", "c1"}, "{}");
    replica.put_view({"cart", "c2"}, std::nullopt);
    replica.stage({entry("stock", "s/A", 9, "{}")});
    for (std::uint64_t n = 1; n <= 3; ++n) replica.append(transaction(n, n == 2 ? "c2" : "c1"));
    REQUIRE_FALSE(replica.commit().has_value());
  }
  SqliteReplica replica = open_replica(path);
  replica.begin();
  const ends::StoreState again = replica.state();
  CHECK(again.store == state.store);
  CHECK(again.incarnation == state.incarnation);
  CHECK(again.last_n == 3);
  CHECK(again.last_hash == state.last_hash);
  CHECK(again.ack == state.ack);
  CHECK(again.applied_n == 2);
  CHECK(again.era_heard == state.era_heard);
  CHECK(again.clock_offset_ms == -250);
  CHECK(again.hub_time_max == state.hub_time_max);
  CHECK(again.last_contact == state.last_contact);

  const auto streams = replica.streams();
  REQUIRE(streams.size() == 2);
  CHECK(streams[0].stream == catalog);
  CHECK_FALSE(streams[0].filled);
  CHECK(streams[0].fill_head == 77);
  CHECK(streams[0].fill_after == DocumentKey{"product", "B"});
  CHECK(streams[1].filled);
  CHECK(streams[1].cursor == Cursor{{2, "e2"}, 12});
  CHECK_FALSE(streams[1].fill_head.has_value());

  const auto a = replica.base({"product", "A"});
  REQUIRE(a.has_value());
  CHECK(a->body == "{\"sku\":\"A\"}");
  CHECK(a->lineage.now == Version{2, 5});
  CHECK(a->lineage.past == std::vector<Version>{{1, 40}});
  REQUIRE(replica.base({"product", "B"}).has_value());
  CHECK_FALSE(replica.base({"product", "B"})->body.has_value());
  CHECK_FALSE(replica.base({"product", "C"}).has_value());

  REQUIRE(replica.overlay({"cart", "c1"}).has_value());
  CHECK(replica.overlay({"cart", "c1"})->body == "{}");
  REQUIRE(replica.overlay({"cart", "c2"}).has_value());
  CHECK_FALSE(replica.overlay({"cart", "c2"})->body.has_value());
  CHECK_FALSE(replica.overlay({"cart", "c3"}).has_value());
  replica.drop_view({"cart", "c1"});
  CHECK_FALSE(replica.overlay({"cart", "c1"}).has_value());

  const auto staged = replica.staged(0, 9);
  REQUIRE(staged.size() == 1);
  CHECK(staged[0].key == DocumentKey{"stock", "s/A"});
  replica.clear_staged();
  CHECK(replica.staged(0, 9).empty());

  CHECK(replica.n_of(transaction(2, "").id) == 2);
  CHECK_FALSE(replica.n_of(transaction(9, "").id).has_value());
  CHECK(replica.hash_at(3) == transaction(3, "").hash);
  CHECK_FALSE(replica.hash_at(4).has_value());
  const auto after = replica.transactions_after(1, 10, 1 << 20);
  REQUIRE(after.size() == 2);
  check_same(after[0], transaction(2, "c2"));
  check_same(after[1], transaction(3, "c1"));
  CHECK(replica.transactions_after(0, 2, 1 << 20).size() == 2);
  CHECK(replica.transactions_after(0, 10, 1).size() == 1);
  const auto on_c1 = replica.transactions_on({"cart", "c1"}, 0);
  REQUIRE(on_c1.size() == 2);
  check_same(on_c1[0], transaction(1, "c1"));
  check_same(on_c1[1], transaction(3, "c1"));
  CHECK(replica.transactions_on({"cart", "c1"}, 1).size() == 1);
  CHECK(replica.documents_named(0, 3) == std::vector<DocumentKey>{{"cart", "c1"}, {"cart", "c2"}});
  CHECK(replica.documents_named(1, 2) == std::vector<DocumentKey>{{"cart", "c2"}});
  REQUIRE_FALSE(replica.commit().has_value());
}

TEST_CASE("a newer base replaces, a removal deletes") {
  const ScratchFolder folder;
  SqliteReplica replica = open_replica(folder / "store.db");
  replica.begin();
  replica.put_base(catalog, entry("product", "A", 5, "{\"v\":5}"));
  replica.put_base(catalog, entry("product", "A", 6, "{\"v\":6}"));
  replica.put_base(catalog, entry("product", "B", 7, "{}"));
  replica.put_base(own, entry("stock", "s/A", 8, "{}"));
  CHECK(replica.base({"product", "A"})->body == "{\"v\":6}");
  PageEntry removal = entry("product", "A", 9, "");
  removal.removal = true;
  replica.put_base(catalog, removal);
  CHECK_FALSE(replica.base({"product", "A"}).has_value());
  CHECK(replica.base({"stock", "s/A"}).has_value());
  REQUIRE_FALSE(replica.commit().has_value());
}

TEST_CASE("a rollback leaves nothing") {
  const ScratchFolder folder;
  SqliteReplica replica = open_replica(folder / "store.db");
  replica.begin();
  replica.put_base(catalog, entry("product", "A", 5, "{}"));
  replica.append(transaction(1, "c1"));
  replica.rollback();
  replica.begin();
  CHECK_FALSE(replica.base({"product", "A"}).has_value());
  CHECK_FALSE(replica.hash_at(1).has_value());
  replica.put_base(catalog, entry("product", "A", 6, "{}"));
  REQUIRE_FALSE(replica.commit().has_value());
  replica.begin();
  CHECK(replica.base({"product", "A"}).has_value());
  replica.rollback();
}

TEST_CASE("a full disk is latched as disk_full, leaves nothing, and is over when there is room") {
  const ScratchFolder folder;
  SqliteReplica replica = open_replica(folder / "store.db");
  replica.begin();
  replica.append(transaction(1, "c1"));
  REQUIRE_FALSE(replica.commit().has_value());

  replica.connection().execute("PRAGMA max_page_count=40");
  replica.begin();
  const std::string large(9000, 'x');
  for (int i = 0; i < 40; ++i) replica.put_base(catalog, entry("product", "P" + std::to_string(i), 1, large));
  REQUIRE(replica.failure().has_value());
  CHECK(replica.failure()->code == "disk_full");
  CHECK_FALSE(replica.base({"product", "P0"}).has_value());
  CHECK_FALSE(replica.hash_at(1).has_value());
  CHECK(replica.streams().empty());
  const auto failed = replica.commit();
  REQUIRE(failed.has_value());
  CHECK(failed->code == "disk_full");

  replica.connection().execute("PRAGMA max_page_count=4000");
  replica.begin();
  CHECK_FALSE(replica.base({"product", "P0"}).has_value());
  CHECK(replica.hash_at(1).has_value());
  for (int i = 0; i < 40; ++i) replica.put_base(catalog, entry("product", "P" + std::to_string(i), 1, large));
  REQUIRE_FALSE(replica.commit().has_value());
  replica.begin();
  CHECK(replica.base({"product", "P39"}).has_value());
  replica.rollback();
}

TEST_CASE("a number that is taken already refuses the whole transaction") {
  const ScratchFolder folder;
  SqliteReplica replica = open_replica(folder / "store.db");
  replica.begin();
  replica.append(transaction(1, "c1"));
  REQUIRE_FALSE(replica.commit().has_value());
  replica.begin();
  replica.put_base(catalog, entry("product", "A", 1, "{}"));
  replica.append(transaction(1, "c2"));
  const auto failed = replica.commit();
  REQUIRE(failed.has_value());
  CHECK(failed->code == "database_refused");
  replica.begin();
  CHECK_FALSE(replica.base({"product", "A"}).has_value());
  replica.rollback();
}

TEST_CASE("a damaged file is refused, and so is one of a later release") {
  const ScratchFolder folder;
  const std::string path = folder / "store.db";
  {
    SqliteReplica replica = open_replica(path);
    replica.begin();
    for (int i = 0; i < 400; ++i) replica.put_base(catalog, entry("product", "P" + std::to_string(i), 1, std::string(700, 'x')));
    REQUIRE_FALSE(replica.commit().has_value());
    replica.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  SUBCASE("damaged") {
    {
      std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
      file.seekp(40 * 4096);
      file << std::string(20 * 4096, '\xff');
    }
    const auto opened = edge::database::open_store_database(path);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == "database_damaged");
  }
  SUBCASE("too new") {
    open_replica(path).connection().execute("PRAGMA user_version=99");
    const auto opened = edge::database::open_store_database(path);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == "database_too_new");
  }
}

TEST_CASE("the search journal starts when the catalog is filled, and a new fill starts a new index") {
  const ScratchFolder folder;
  SqliteReplica replica = open_replica(folder / "store.db");
  const auto journalled = [&] {
    auto row = replica.connection().statement("journal_size");
    return row.step() ? row.integer_at(0) : -1;
  };
  const auto source = [&] {
    auto row = replica.connection().statement("search_source");
    return row.step() ? std::string(row.text_at(0)) : "";
  };
  const std::string first = source();
  replica.begin();
  replica.put_stream({catalog, false, {}, 9, {}});
  replica.put_base(catalog, entry("product", "A", 1, "{}"));
  CHECK(journalled() == 0);
  replica.put_stream({catalog, true, {}, std::nullopt, {}});
  REQUIRE_FALSE(replica.commit().has_value());
  CHECK(source() != first);

  replica.begin();
  replica.put_base(catalog, entry("product", "A", 2, "{}"));
  replica.put_base(catalog, entry("price", "uk/A", 2, "{}"));
  replica.put_base(catalog, entry("affinity", "A", 2, "{}"));
  REQUIRE_FALSE(replica.commit().has_value());
  CHECK(journalled() == 2);  // the product, and its price

  replica.begin();
  replica.put_base(StreamName{"prices.uk"}, entry("price", "uk/B", 1, "{}"));
  CHECK(journalled() == 2);
  replica.put_stream({StreamName{"prices.uk"}, true, {}, std::nullopt, {}});
  CHECK(journalled() == 3);  // the fill has ended: all of them
  replica.put_base(StreamName{"prices.uk"}, entry("price", "uk/B", 2, "{}"));
  REQUIRE_FALSE(replica.commit().has_value());
  CHECK(journalled() == 4);
}

TEST_CASE("partings come back newest first, and an outbox that is set aside is kept for a person alone") {
  const ScratchFolder folder;
  const std::string path = folder / "store.db";
  {
    SqliteReplica replica = open_replica(path);
    replica.begin();
    CHECK(replica.line().empty());
    CHECK(replica.forgotten_upto() == 0);
    for (std::uint64_t n = 1; n <= 1200; ++n) replica.append(transaction(n, "c1"));
    replica.put_parting({IncarnationId{"i1"}, 1, transaction(1, "").hash});
    replica.put_parting({IncarnationId{"i2"}, 2, transaction(2, "").hash});
    REQUIRE_FALSE(replica.commit().has_value());
  }
  SqliteReplica replica = open_replica(path);
  replica.begin();
  const auto line = replica.line();
  REQUIRE(line.size() == 2);
  CHECK(line[0] == Applied{IncarnationId{"i2"}, 2, transaction(2, "").hash});
  replica.set_outbox_aside(IncarnationId{"i3"}, 100);
  CHECK(replica.line().empty());
  CHECK(replica.transactions_after(0, 10, 1 << 20).empty());
  CHECK_FALSE(replica.n_of(transaction(7, "").id).has_value());
  auto count = replica.connection().statement("aside_figures");
  REQUIRE(count.step());
  CHECK(count.integer_at(0) == 1100);
  CHECK(count.integer_at(1) == 1101);
  const auto kept = aside(replica);
  REQUIRE(kept.size() == 1100);
  CHECK(kept.front() == aside_row(transaction(101, "c1")));
  CHECK(kept.back() == aside_row(transaction(1200, "c1")));
}

TEST_CASE("one transaction is set aside alone, and those after it stand one number lower") {
  const ScratchFolder folder;
  SqliteReplica replica = open_replica(folder / "store.db");
  replica.begin();
  for (std::uint64_t n = 1; n <= 12; ++n) replica.append(transaction(n, "c1"));
  replica.set_one_aside(IncarnationId{"i3"}, 4);
  sync::Hash hash{};
  hash[3] = 5;
  replica.put_hash(4, hash);
  REQUIRE_FALSE(replica.commit());
  replica.begin();
  const auto left = replica.transactions_after(0, 100, SIZE_MAX);
  REQUIRE(left.size() == 11);
  for (std::uint64_t n = 1; n <= 11; ++n) {
    Transaction expected = transaction(n < 4 ? n : n + 1, "c1");
    expected.n = n;
    if (n == 4) expected.hash = hash;
    check_same(left[n - 1], expected);
  }
  CHECK_FALSE(replica.n_of(transaction(4, "c1").id).has_value());
  CHECK(aside(replica) == std::vector{aside_row(transaction(4, "c1"))});
  CHECK(replica.transactions_on({"cart", "c1"}, 10).size() == 1);
  Transaction next = transaction(13, "c2");
  next.n = 12;
  replica.append(next);
  REQUIRE_FALSE(replica.commit());
}

TEST_CASE("what waits is read for a stick, up to what the disk has damaged") {
  const ScratchFolder folder;
  const std::string path = folder / "store.db";
  SqliteReplica replica = open_replica(path);
  replica.begin();
  ends::StoreState state;
  state.store.text = "harbour-street";
  state.incarnation.text = "i1";
  // More than one batch: what stands behind a damaged one of an earlier batch must not go either.
  for (std::uint64_t n = 1; n <= 450; ++n) {
    Transaction t = transaction(n, "c1");
    state.last_hash = t.hash = ends::chain_hash(state.last_hash, t);
    replica.append(t);
    state.last_n = n;
  }
  state.applied_n = 1;
  replica.put_state(state);
  REQUIRE_FALSE(replica.commit());
  const auto count = [&] {
    const auto outbox = edge::database::waiting_outbox(path, UtcMs{7});
    REQUIRE(outbox.has_value());
    std::size_t transactions = 0;
    for (const auto& batch : outbox->batches) transactions += batch.transactions.size();
    return transactions;
  };
  CHECK(count() == 449);
  replica.connection().execute("UPDATE outbox_operations SET body = '{\"sku\":\"B\",\"n\":1}' WHERE n = 404 AND position = 0");
  CHECK(count() == 402);
  replica.connection().execute("UPDATE outbox_operations SET body = '{\"sku\":\"B\",\"n\":1}' WHERE n = 100 AND position = 0");
  CHECK(count() == 98);
  replica.connection().execute("UPDATE outbox_operations SET body = '{\"sku\":\"B\",\"n\":1}' WHERE n = 2 AND position = 0");
  CHECK(count() == 0);
}

TEST_CASE("forgotten transactions leave the hash of the last") {
  const ScratchFolder folder;
  SqliteReplica replica = open_replica(folder / "store.db");
  replica.begin();
  for (std::uint64_t n = 1; n <= 9; ++n) replica.append(transaction(n, "c" + std::to_string(n)));
  REQUIRE_FALSE(replica.commit().has_value());
  replica.begin();
  const auto kept = replica.kept_after(0, 100);
  REQUIRE(kept.size() == 9);
  CHECK(kept[1].bytes_upto - kept[0].bytes_upto == kept[0].bytes_upto);
  CHECK(replica.newest_kept()->n == 9);
  replica.forget_transactions(4);
  CHECK(replica.forgotten_upto() == 4);
  CHECK(replica.hash_at(4) == transaction(4, "").hash);
  CHECK_FALSE(replica.hash_at(3).has_value());
  CHECK_FALSE(replica.n_of(transaction(4, "").id).has_value());
  CHECK(replica.transactions_after(0, 100, 1 << 20).front().n == 5);
  replica.rollback();
}

TEST_CASE("a forgotten body leaves name, version and leaf; a tombstone goes whole, and so does what was opened by a pass") {
  const ScratchFolder folder;
  const std::string path = folder / "store.db";
  const CartId cart{std::string(32, 'c')};
  const DocumentKey key{"cart", cart.text};
  BucketSums sums;
  {
    SqliteReplica replica = open_replica(path);
    replica.begin();
    replica.put_base(own, entry("cart", cart.text, 5, R"({"secret":"Amelia","expires_at":500})"));
    PageEntry tombstone = entry("cart", "dead", 6, "");
    tombstone.body.reset();
    replica.put_base(own, tombstone);
    replica.put_resumed_pass(PassId{std::string(32, 'a')}, cart, {1, 1}, UtcMs{7});
    CHECK_FALSE(replica.next_expiry().has_value());
    replica.put_expiry({"cart", "dead"}, UtcMs{700});
    replica.put_expiry(key, UtcMs{400});
    replica.put_expiry(key, UtcMs{500});
    REQUIRE_FALSE(replica.commit());
  }
  {
    SqliteReplica replica = open_replica(path);
    replica.begin();
    CHECK(replica.next_expiry() == UtcMs{500});
    CHECK(replica.expired(UtcMs{499}, 9).empty());
    CHECK(replica.expired(UtcMs{700}, 9) == std::vector<DocumentKey>{key, {"cart", "dead"}});
    CHECK(replica.expired(UtcMs{700}, 1) == std::vector<DocumentKey>{key});
    sums = replica.sums(own);
    for (const DocumentKey& over : {key, DocumentKey{"cart", "dead"}}) {
      replica.forget_body(over);
      replica.put_expiry(over, std::nullopt);
    }
    CHECK_FALSE(replica.next_expiry().has_value());
    REQUIRE_FALSE(replica.commit());
  }
  SqliteReplica replica = open_replica(path);
  replica.begin();
  REQUIRE(replica.base(key).has_value());
  CHECK_FALSE(replica.base(key)->body.has_value());
  CHECK(replica.base(key)->lineage.now.number == 5);
  CHECK_FALSE(replica.base({"cart", "dead"}).has_value());
  CHECK(replica.sums(own) == sums);
  CHECK(replica.recount(own) == 0);
  CHECK(replica.sums(own) == sums);
  CHECK(replica.check_base({}, 9).untrue.empty());
  sqlite::Statement passes = replica.connection().statement("last_pass_of");
  CHECK_FALSE(passes.text(cart.text).step());
}
