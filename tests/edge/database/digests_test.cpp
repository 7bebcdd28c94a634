// SPDX-License-Identifier: Apache-2.0
// The store's digests on real SQLite: they follow every change, survive a reopening and a rollback, and a body that the disk
// changed is found, fetched anew from a hub on real SQLite, and counted.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "edge/database/replica.hpp"
#include "hub/database/authority.hpp"
#include "hub/database/open.hpp"
#include "sync/ends/digest.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/ends/store_end.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/tuning.hpp"
#include "tests/edge/scratch_folder.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using edge::ScratchFolder;
using edge::database::SqliteReplica;

namespace {

const StreamName catalog{"catalog"};
const StreamName own{"store.harbour-street"};
const StoreId harbour{"harbour-street"};
const DigestKey key{7, 7, 7};

SqliteReplica open_replica(const std::string& path) {
  auto connection = edge::database::open_store_database(path);
  REQUIRE_MESSAGE(connection.has_value(), (connection ? "" : connection.error().message));
  return SqliteReplica(std::move(*connection), catalog);
}

PageEntry entry(const std::string& id, std::uint64_t number, std::optional<std::string> body, bool removal = false) {
  return {{"product", id}, {{2, number}, {}}, std::move(body), removal};
}

BucketSums sums_of(const std::vector<PageEntry>& entries) {
  BucketSums sums;
  for (const PageEntry& one : entries) sums.add(ends::leaf_of(key, one.key, one.lineage.now, one.body));
  return sums;
}

ends::Chance chance() {
  return {[random = std::mt19937_64(5)]() mutable { return random(); }};
}

// A hub and a store, both on SQLite, joined by JSON.
class Pair {
 public:
  explicit Pair(const ScratchFolder& folder)
      : hub_connection_(*hub::database::open_hub_database(folder / "hub", chance(), UtcMs{1})),
        authority_(*hub_connection_),
        replica_(open_replica(folder / "store.db")) {
    authority_.begin();
    authority_.add_store(harbour);
    REQUIRE_FALSE(authority_.commit());
    replica_.begin();
    ends::StoreState state = replica_.state();
    state.store = harbour;
    state.incarnation.text = chance().hex_128();
    replica_.put_state(state);
    end_ = std::make_unique<ends::StoreEnd>(replica_, std::vector<StreamName>{catalog}, "test", chance(), now());
    REQUIRE_FALSE(replica_.commit());
  }

  void put(const DocumentKey& document, const std::string& body) {
    authority_.begin();
    ends::HubEnd hub(authority_, chance());
    hub.put(document, body, now());
    hub.finish(now());
    REQUIRE_FALSE(authority_.commit());
  }
  void connect() {
    in_store([&] { return end_->connected(now()); });
  }
  void beats(int count) {
    for (int i = 0; i < count; ++i) {
      time_ += tuning::beat_every_ms;
      in_store([&] { return end_->woke(now()); });
    }
  }
  template <class Question>
  auto ask(Question&& question) {
    replica_.begin();
    auto answer = question(replica_);
    REQUIRE_FALSE(replica_.commit());
    return answer;
  }
  BucketSums hub_sums(const StreamName& stream) {
    authority_.begin();
    const BucketSums sums = authority_.sums(stream);
    authority_.rollback();
    return sums;
  }
  SqliteReplica& replica() { return replica_; }
  std::vector<ends::Repair> repairs;

 private:
  Now now() const { return {{1'700'000'000'000 + time_}, {time_}}; }

  template <class Work>
  void in_store(Work&& work) {
    replica_.begin();
    ends::StoreEffects effects = work();
    REQUIRE_FALSE(replica_.commit());
    repairs.insert(repairs.end(), effects.repairs.begin(), effects.repairs.end());
    for (const protocol::StoreMessage& message : effects.sends) to_hub(message);
  }
  void to_hub(const protocol::StoreMessage& message) {
    const auto heard = protocol::decode_store_message(protocol::kind_of(message), protocol::encode(message));
    REQUIRE(heard.has_value());
    authority_.begin();
    ends::HubEnd hub(authority_, chance());
    hub.receive(harbour, *heard, now());
    const auto sends = hub.finish(now());
    REQUIRE_FALSE(authority_.commit());
    for (const ends::HubSend& send : sends) {
      const auto answer = protocol::decode_hub_message(protocol::encode(send.message));
      REQUIRE(answer.has_value());
      time_ += 1;
      in_store([&] { return end_->received(*answer, now()); });
    }
  }

  std::int64_t time_ = 0;
  std::unique_ptr<hub::database::Connection> hub_connection_;
  hub::database::SqlAuthority authority_;
  SqliteReplica replica_;
  std::unique_ptr<ends::StoreEnd> end_;
};

}  // namespace

TEST_CASE("the store's sums follow its base, through a reopening and a rollback") {
  const ScratchFolder folder;
  {
    SqliteReplica replica = open_replica(folder / "store.db");
    replica.begin();
    replica.put_digest_key(key);
    for (int i = 0; i < 300; ++i) replica.put_base(catalog, entry(std::to_string(i), 1, "{}"));
    replica.put_base(own, entry("own", 1, "{}"));
    REQUIRE_FALSE(replica.commit());
  }
  SqliteReplica replica = open_replica(folder / "store.db");
  std::vector<PageEntry> entries;
  for (int i = 0; i < 300; ++i) entries.push_back(entry(std::to_string(i), 1, "{}"));
  replica.begin();
  CHECK(replica.sums(catalog) == sums_of(entries));
  CHECK(replica.sums(own) == sums_of({entry("own", 1, "{}")}));
  REQUIRE_FALSE(replica.commit());

  replica.begin();
  replica.put_base(catalog, entry("3", 9, "{\"v\":9}"));
  replica.rollback();
  for (const bool filled : {false, true}) {
    replica.begin();
    replica.put_stream({catalog, filled, {}, {}, {}});
    replica.put_base(catalog, entry("3", 9, filled ? "{\"v\":10}" : "{\"v\":9}"));
    CHECK_FALSE(replica.put_base(catalog, entry("3", 8, "{\"v\":8}")));  // older: the base stays
    CHECK_FALSE(replica.put_base(catalog, entry("3", 8, {}, true)));
    replica.put_base(catalog, entry("4", 2, std::nullopt));  // a tombstone
    replica.put_base(catalog, entry("5", 2, {}, true));      // a removal
    replica.put_base(catalog, entry("never", 2, {}, true));
    REQUIRE_FALSE(replica.commit());
    std::vector<PageEntry> after = entries;
    after[3] = entry("3", 9, filled ? "{\"v\":10}" : "{\"v\":9}");
    after[4].body.reset();
    after[5].body.reset();
    replica.begin();
    CHECK(replica.base({"product", "3"})->body == after[3].body);
    CHECK(replica.sums(catalog) == sums_of(after));
    CHECK(replica.recount(catalog) == 0);
    CHECK(replica.sums(catalog) == sums_of(after));
    REQUIRE_FALSE(replica.commit());
  }
  replica.begin();
  replica.replace_base(catalog, entry("3", 2, "{\"v\":2}"));  // the hub's word
  CHECK(replica.base({"product", "3"})->lineage.now.number == 2);
  const BucketSums before = replica.sums(catalog);
  replica.put_digest_key({1});
  CHECK(replica.sums(catalog) != before);
  replica.put_digest_key(key);
  CHECK(replica.sums(catalog) == before);
  replica.rollback();
}

TEST_CASE("keys of buckets are those of the stream, in key order, within bounds") {
  const ScratchFolder folder;
  SqliteReplica replica = open_replica(folder / "store.db");
  replica.begin();
  replica.put_digest_key(key);
  for (int i = 0; i < 200; ++i) replica.put_base(catalog, entry(std::to_string(i), 1, "{}"));
  for (const char* collection : {"cart", "stock"}) replica.put_base(own, {{collection, "x"}, {{1, 1}, {}}, "{}", false});
  BucketSet all;
  all.set();
  CHECK(replica.keys_in(catalog, all, {}, std::nullopt).size() == 200);
  CHECK(replica.keys_in(own, all, {}, std::nullopt) == std::vector<DocumentKey>{{"cart", "x"}, {"stock", "x"}});
  CHECK(replica.keys_in(own, all, {"cart", "x"}, DocumentKey{"stock", "w"}).empty());
  CHECK(replica.keys_in(catalog, all, {"product", "10"}, DocumentKey{"product", "101"}).size() == 2);
  BucketSet one;
  one.set(ends::bucket_of(key, {"product", "5"}));
  const auto keys = replica.keys_in(catalog, one, {}, std::nullopt);
  CHECK(std::ranges::find(keys, DocumentKey{"product", "5"}) != keys.end());
  CHECK(keys.size() < 20);
  replica.rollback();
}

TEST_CASE("a row that the disk changed is found by reading, fetched anew and counted, on real SQLite at both ends") {
  const ScratchFolder folder;
  Pair pair(folder);
  for (int i = 0; i < 700; ++i) pair.put({"product", std::to_string(i)}, R"({"sku":")" + std::to_string(i) + "\"}");
  pair.put({"stock", "harbour-street/1"}, "{}");
  pair.connect();
  for (const StreamName& stream : {catalog, own}) {
    CHECK(pair.ask([&](SqliteReplica& rows) { return rows.sums(stream); }) == pair.hub_sums(stream));
  }
  CHECK(pair.hub_sums(catalog) != BucketSums{});
  pair.replica().connection().execute("UPDATE base SET body = replace(body, 'sku', 'skv') WHERE id = '77'");
  REQUIRE(pair.ask([](SqliteReplica& rows) { return *rows.base({"product", "77"})->body; }) == R"({"skv":"77"})");
  CHECK(pair.repairs.empty());
  pair.beats(4);
  CHECK(pair.ask([](SqliteReplica& rows) { return *rows.base({"product", "77"})->body; }) == R"({"sku":"77"})");
  REQUIRE(pair.repairs.size() == 1);
  CHECK(pair.repairs[0].stream == catalog);
  CHECK_FALSE(pair.repairs[0].stale);
  CHECK(pair.repairs[0].buckets == 1);
  const auto streams = pair.ask([](SqliteReplica& rows) { return rows.streams(); });
  for (const ends::StreamState& stream : streams) CHECK(stream.repairs == (stream.stream == catalog ? 1 : 0));
  CHECK(pair.ask([&](SqliteReplica& rows) { return rows.sums(catalog); }) == pair.hub_sums(catalog));
  pair.beats(8);
  CHECK(pair.repairs.size() == 1);
}
