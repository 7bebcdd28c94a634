// SPDX-License-Identifier: Apache-2.0
// The hub's rows: the port Authority of sync/ends, in whatever database. Whoever writes calls begin(), lets hub_end work, and
// commits; the write lock is held from begin() on, so that the order of seqs is the order of commits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/database/connection.hpp"
#include "hub/database/digests.hpp"
#include "hub/database/order_news.hpp"
#include "hub/database/product_index.hpp"
#include "sync/ends/authority.hpp"

namespace vitrine::hub::database {

class SqlAuthority final : public sync::ends::Authority {
 public:
  // The connection must outlive this.
  explicit SqlAuthority(Connection& connection)
      : connection_(connection), digests_(connection), products_(connection), orders_(connection) {}

  void begin() {
    digests_.forget();
    connection_.begin_write();
  }
  // None: everything since begin() is on the disk. Else nothing of it is.
  std::optional<Error> commit() {
    digests_.flush();
    return connection_.commit();
  }
  void rollback();

  // For rows that are written beside the documents, in the same transaction.
  [[nodiscard]] Connection& connection() { return connection_; }

  // What a verified backup holds of a store: from now on `verified_n`.
  void put_verified(const sync::StoreId& store, const sync::Applied& applied, UtcMs at);
  // Looks at a few rows of what is kept about applied transactions, and drops those that are older. Call it again and again.
  void forget_old_history(UtcMs before, std::size_t rows_max);
  // Idempotent.
  void add_store(const sync::StoreId& store);

  [[nodiscard]] std::optional<Error> failure() const override { return connection_.failure(); }
  sync::Era era() override;
  std::vector<sync::ends::EraRow> eras() override;
  void add_era(const sync::ends::EraRow& row) override;
  std::optional<sync::Document> document(const sync::DocumentKey& key) override;
  void put_document(const sync::Document& document) override;
  std::vector<sync::Document> live_under(const std::string& collection, const std::string& prefix) override;
  std::vector<sync::Document> live_of(const std::string& collection, const std::string& after, std::size_t count_max) override;
  void forget_person(const sync::CustomerId& person, const std::vector<sync::Identity>& identities) override;
  std::uint64_t append(const sync::StreamName& stream, const sync::DocumentKey& key, bool removal) override;
  std::uint64_t head(const sync::StreamName& stream) override;
  std::uint64_t horizon(const sync::StreamName& stream) override;
  std::vector<sync::ends::StreamHead> heads() override;
  std::vector<sync::ends::StreamEntry> entries_after(const sync::StreamName& stream, std::uint64_t after,
                                                     std::size_t bytes_max) override;
  std::vector<sync::PageEntry> live_after(const sync::StreamName& stream, const sync::DocumentKey& after,
                                          std::size_t bytes_max) override;
  std::size_t purge_gone(const sync::StreamName& stream, std::uint64_t upto, std::size_t count_max) override;
  void mark_head(const sync::StreamName& stream, UtcMs at) override;
  std::optional<UtcMs> last_mark(const sync::StreamName& stream) override;
  std::uint64_t marked_head(const sync::StreamName& stream, UtcMs by) override;
  std::size_t forget_dead(UtcMs now, UtcMs noted_by, std::size_t rows_max) override;
  std::uint64_t number_floor(const std::string& collection) override;
  void put_expiry(const sync::DocumentKey& key, const std::optional<UtcMs>& at) override;
  std::vector<sync::DocumentKey> expired(UtcMs now, std::size_t count_max) override;
  std::string presence(const sync::StoreId& store) override;
  std::vector<sync::StreamName> streams_of(const sync::DocumentKey& key) override;
  sync::DigestKey digest_key() override { return digests_.key(); }
  sync::BucketSums sums(const sync::StreamName& stream) override;
  BucketRun live_in(const sync::StreamName& stream, const sync::BucketSet& buckets, const sync::DocumentKey& after,
                    std::size_t bytes_max) override;
  std::vector<sync::StoreId> stores() override;
  bool knows_store(const sync::StoreId& store) override;
  std::string token(const sync::StoreId& store) override;
  void put_token(const sync::StoreId& store, const std::string& token) override;
  std::vector<sync::Applied> applied(const sync::StoreId& store) override;
  std::optional<sync::Hash> applied_hash(const sync::StoreId& store, const sync::IncarnationId& incarnation,
                                         std::uint64_t n) override;
  void record_applied(const sync::StoreId& store, const sync::IncarnationId& incarnation, std::uint64_t n, const sync::Hash& hash,
                      UtcMs at) override;
  std::uint64_t oldest_recorded(const sync::StoreId& store, const sync::IncarnationId& incarnation) override;
  bool knows_life(const sync::StoreId& store, const sync::IncarnationId& incarnation) override;
  void open_life(const sync::StoreId& store, const sync::Applied& start, const sync::IncarnationId& parent, UtcMs at) override;
  sync::IncarnationId current_life(const sync::StoreId& store) override;
  std::uint64_t verified_n(const sync::StoreId& store, const sync::IncarnationId& incarnation) override;
  sync::ends::Conduct conduct(const sync::StoreId& store) override;
  void put_conduct(const sync::StoreId& store, const sync::ends::Conduct& conduct) override;
  void record_look_up(const sync::ends::LookUp& look_up) override;
  std::uint64_t look_ups_since(const sync::StoreId& store, const std::string& what, UtcMs at) override;
  void forget_look_ups_before(UtcMs at) override;
  std::optional<UtcMs> lent_until(const sync::StoreId& store, const sync::DocumentKey& key) override;
  void put_lent(const sync::ends::Lent& lent) override;
  void drop_lent(const sync::StoreId& store, const sync::DocumentKey& key) override;
  std::vector<sync::ends::Lent> lent_over(UtcMs now, std::size_t count_max) override;
  void keep_audit(const sync::StoreId& store, const std::vector<sync::AuditEntry>& entries) override;
  bool transaction_known(const sync::TransactionId& id) override;
  void record_transaction(const sync::TransactionId& id, UtcMs at) override;
  std::uint64_t count_failure(const sync::TransactionId& id, UtcMs at) override;
  void keep_poisoned(const sync::ends::Poisoned& poisoned, UtcMs at) override;
  void put_presence(const sync::StoreId& store, const std::string& json, UtcMs at) override;

 private:
  struct StreamRow {
    std::int64_t number = 0;
    std::uint64_t head = 0;
    std::uint64_t horizon = 0;
  };
  std::optional<StreamRow> stream_row(const sync::StreamName& stream);

  Connection& connection_;
  Digests digests_;
  ProductIndex products_;
  OrderNews orders_;
};

// Of any connection: the document, as `Authority::document` answers it.
std::optional<sync::Document> read_document(Connection& connection, const sync::DocumentKey& key);

}  // namespace vitrine::hub::database
