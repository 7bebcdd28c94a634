// SPDX-License-Identifier: Apache-2.0
// The hub's rows in SQLite: the port Authority of sync/ends. Whoever writes calls begin(), lets hub_end work, and commits;
// the write lock is held from begin() on, so that the order of seqs is the order of commits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/database/product_index.hpp"
#include "sqlite/connection.hpp"
#include "sync/ends/authority.hpp"

namespace vitrine::hub::database {

class SqliteAuthority final : public sync::ends::Authority {
 public:
  // The connection must outlive this.
  explicit SqliteAuthority(sqlite::Connection& connection) : connection_(connection), products_(connection) {}

  void begin() { connection_.begin_write(); }
  // None: everything since begin() is on the disk. Else nothing of it is.
  std::optional<Error> commit() { return connection_.commit(); }
  void rollback();

  // Idempotent.
  void add_store(const sync::StoreId& store);

  [[nodiscard]] std::optional<Error> failure() const override { return connection_.failure(); }
  sync::Era era() override;
  std::optional<sync::Document> document(const sync::DocumentKey& key) override;
  void put_document(const sync::Document& document) override;
  std::uint64_t append(const sync::StreamName& stream, const sync::DocumentKey& key, bool removal) override;
  std::uint64_t head(const sync::StreamName& stream) override;
  std::uint64_t horizon(const sync::StreamName& stream) override;
  std::vector<sync::ends::StreamHead> heads() override;
  std::vector<sync::ends::StreamEntry> entries_after(const sync::StreamName& stream, std::uint64_t after,
                                                     std::size_t bytes_max) override;
  std::vector<sync::PageEntry> live_after(const sync::StreamName& stream, const sync::DocumentKey& after,
                                          std::size_t bytes_max) override;
  std::vector<sync::StreamName> streams_of(const sync::DocumentKey& key) override;
  std::vector<sync::StoreId> stores() override;
  bool knows_store(const sync::StoreId& store) override;
  std::string token(const sync::StoreId& store) override;
  void put_token(const sync::StoreId& store, const std::string& token) override;
  std::vector<sync::Applied> applied(const sync::StoreId& store) override;
  std::optional<sync::Hash> applied_hash(const sync::StoreId& store, const sync::IncarnationId& incarnation,
                                         std::uint64_t n) override;
  void record_applied(const sync::StoreId& store, const sync::IncarnationId& incarnation, std::uint64_t n,
                      const sync::Hash& hash) override;
  bool transaction_known(const sync::TransactionId& id) override;
  void record_transaction(const sync::TransactionId& id, UtcMs at) override;
  void put_presence(const sync::StoreId& store, const std::string& json, UtcMs at) override;

 private:
  struct StreamRow {
    std::int64_t number = 0;
    std::uint64_t head = 0;
    std::uint64_t horizon = 0;
  };
  std::optional<StreamRow> stream_row(const sync::StreamName& stream);

  sqlite::Connection& connection_;
  ProductIndex products_;
};

// Of any connection: the document, as `Authority::document` answers it.
std::optional<sync::Document> read_document(sqlite::Connection& connection, const sync::DocumentKey& key);

}  // namespace vitrine::hub::database
