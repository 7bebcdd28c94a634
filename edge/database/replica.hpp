// SPDX-License-Identifier: Apache-2.0
// The store's rows in one SQLite file: the port Replica of sync/ends, plus the few rows that only this box needs. The loop
// opens a transaction, lets store_end work, and commits; the latch of the connection is the port's latch.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "edge/database/digests.hpp"
#include "edge/database/sql_book.hpp"
#include "sync/ends/replica.hpp"

namespace vitrine::edge::database {

// Opens (or makes) store.db: pragmas, quick_check, migrations. A damaged file is answered, never repaired or replaced:
// it may hold actions that the hub has not seen.
Result<std::unique_ptr<Connection>> open_store_database(const std::string& path);

struct Tries {
  std::int64_t count = 0;
  UtcMs first_at;  // this box's clock
};

class SqliteReplica final : public sync::ends::Replica {
 public:
  // `journalled`: the stream whose changes the search index follows.
  SqliteReplica(std::unique_ptr<Connection> connection, sync::StreamName journalled);

  void begin();
  // None: everything since begin() is on the disk. Else nothing of it is.
  std::optional<Error> commit();
  void rollback();

  [[nodiscard]] std::optional<Error> failure() const override { return connection_->failure(); }
  sync::ends::StoreState state() override;
  void put_state(const sync::ends::StoreState& state) override;
  std::vector<sync::ends::StreamState> streams() override;
  void put_stream(const sync::ends::StreamState& stream) override;
  std::optional<sync::Document> base(const sync::DocumentKey& key) override;
  bool put_base(const sync::StreamName& stream, const sync::PageEntry& entry) override;
  void replace_base(const sync::StreamName& stream, const sync::PageEntry& entry) override;
  void put_digest_key(const sync::DigestKey& key) override { digests_.put_key(key); }
  sync::DigestKey digest_key() override { return digests_.key(); }
  std::vector<sync::DocumentKey> personal_keys() override;
  void scrub_operations(const sync::DocumentKey& key) override;
  sync::BucketSums sums(const sync::StreamName& stream) override { return digests_.sums(row_of(stream).number); }
  std::size_t recount(const sync::StreamName& stream) override { return digests_.recount(row_of(stream).number); }
  Checked check_base(const sync::DocumentKey& after, std::size_t count) override { return digests_.check(after, count); }
  std::vector<sync::DocumentKey> keys_in(const sync::StreamName& stream, const sync::BucketSet& buckets,
                                         const sync::DocumentKey& after, const std::optional<sync::DocumentKey>& upto) override {
    return digests_.keys_in(row_of(stream).number, stream, buckets, after, upto);
  }
  void stage(const std::vector<sync::PageEntry>& entries) override;
  std::vector<sync::PageEntry> staged(std::size_t skip, std::size_t count) override;
  void clear_staged() override;
  void put_view(const sync::DocumentKey& key, const std::optional<std::string>& body) override;
  void drop_view(const sync::DocumentKey& key) override;
  std::optional<Overlay> overlay(const sync::DocumentKey& key) override;
  void put_expiry(const sync::DocumentKey& key, const std::optional<UtcMs>& at) override;
  std::optional<UtcMs> next_expiry() override;
  std::vector<sync::DocumentKey> expired(UtcMs now, std::size_t count_max) override;
  void forget_body(const sync::DocumentKey& key) override;
  void append(const sync::Transaction& transaction) override;
  std::vector<sync::Transaction> transactions_after(std::uint64_t n, std::size_t count_max, std::size_t bytes_max) override;
  std::optional<std::uint64_t> n_of(const sync::TransactionId& id) override;
  std::optional<sync::Hash> hash_at(std::uint64_t n) override;
  std::vector<sync::Transaction> transactions_on(const sync::DocumentKey& key, std::uint64_t after) override;
  std::vector<sync::DocumentKey> documents_named(std::uint64_t after, std::uint64_t upto) override;
  std::vector<sync::Applied> line() override;
  void put_parting(const sync::Applied& parting) override;
  std::uint64_t forgotten_upto() override;
  std::vector<sync::ends::Kept> kept_after(std::uint64_t n, std::size_t count_max) override;
  std::optional<sync::ends::Kept> newest_kept() override;
  void forget_transactions(std::uint64_t upto) override;
  void set_one_aside(const sync::IncarnationId& incarnation, std::uint64_t n) override;
  void put_hash(std::uint64_t n, const sync::Hash& hash) override;
  void set_outbox_aside(const sync::IncarnationId& incarnation, std::uint64_t applied) override;

  // Passes that were opened here.
  void put_resumed_pass(const sync::PassId& pass, const sync::CartId& cart, const sync::Version& version, UtcMs at);
  // The search index has caught up to this n of its journal.
  void clear_search_journal(std::uint64_t upto);
  // Switches of this box; `fallback` when nobody touched it.
  bool switched(std::string_view name, bool fallback);
  void put_switch(std::string_view name, bool value);

  // Tries that count against somebody: wrong codes at a device, wrong digits for an order. Survive a restart.
  std::optional<Tries> tries(std::string_view name);
  void put_tries(std::string_view name, const Tries& tries);
  void clear_tries(std::string_view name);

  [[nodiscard]] Connection& connection() { return *connection_; }

 private:
  void put_aside(const sync::IncarnationId& incarnation, const sync::Transaction& transaction);
  struct StreamRow {
    std::int64_t number = 0;
    bool filled = false;
  };
  StreamRow& row_of(const sync::StreamName& stream);
  bool take_entry(const sync::StreamName& stream, const sync::PageEntry& entry, bool newer_only);
  bool add_base(std::int64_t stream, const sync::PageEntry& entry, const std::optional<sync::Leaf>& leaf);
  void load_operations(sync::Transaction& transaction);

  std::unique_ptr<Connection> connection_;
  Digests digests_;
  void journal_for_search(const sync::DocumentKey& key);

  sync::StreamName journalled_;
  std::map<sync::StreamName, StreamRow> rows_;  // forgotten at a rollback
};

}  // namespace vitrine::edge::database
