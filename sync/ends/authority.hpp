// SPDX-License-Identifier: Apache-2.0
// The hub's rows, as hub_end sees them: SQLite here, PostgreSQL behind the same port later (one contract test for both).
// Every call happens inside a transaction that the shell opened with the write lock held from its start, so that the order of
// seqs is the order of commits. Errors are latched as in replica.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sync/model/document.hpp"
#include "sync/model/operation.hpp"
#include "sync/model/version.hpp"

namespace vitrine::sync::ends {

struct StreamEntry {
  std::uint64_t seq = 0;
  PageEntry entry;
};

struct StreamHead {
  StreamName stream;
  std::uint64_t head = 0;
};

class Authority {
 public:
  virtual ~Authority() = default;

  [[nodiscard]] virtual std::optional<Error> failure() const = 0;

  // The era this hub is in, and every era it has been in.
  virtual Era era() = 0;

  virtual std::optional<Document> document(const DocumentKey& key) = 0;
  virtual void put_document(const Document& document) = 0;

  // Streams. `append` draws the stream's next seq for the key, forgets the key's older entry (compaction) and answers the seq.
  virtual std::uint64_t append(const StreamName& stream, const DocumentKey& key, bool removal) = 0;
  virtual std::uint64_t head(const StreamName& stream) = 0;
  virtual std::uint64_t horizon(const StreamName& stream) = 0;  // entries up to here may have been purged
  virtual std::vector<StreamHead> heads() = 0;
  // Entries with seq > after in seq order, and live documents with key > after in key order; until bytes_max of bodies are
  // reached (at least one entry), each with the document as it is now.
  virtual std::vector<StreamEntry> entries_after(const StreamName& stream, std::uint64_t after, std::size_t bytes_max) = 0;
  virtual std::vector<PageEntry> live_after(const StreamName& stream, const DocumentKey& after, std::size_t bytes_max) = 0;
  // Streams in which the document stands now (no removal).
  virtual std::vector<StreamName> streams_of(const DocumentKey& key) = 0;

  // Stores.
  virtual std::vector<StoreId> stores() = 0;
  virtual bool knows_store(const StoreId& store) = 0;
  virtual std::string token(const StoreId& store) = 0;  // of the latest welcome; empty before the first
  virtual void put_token(const StoreId& store, const std::string& token) = 0;
  virtual std::vector<Applied> applied(const StoreId& store) = 0;  // each incarnation's last
  virtual std::optional<Hash> applied_hash(const StoreId& store, const IncarnationId& incarnation, std::uint64_t n) = 0;
  // Records n of the incarnation (and with it the new last).
  virtual void record_applied(const StoreId& store, const IncarnationId& incarnation, std::uint64_t n, const Hash& hash) = 0;

  // Transaction ids that were applied, from whatever end. False when the id was there already.
  virtual bool transaction_known(const TransactionId& id) = 0;
  virtual void record_transaction(const TransactionId& id, UtcMs at) = 0;

  // What a store said in its last hello or beat, for `status`: cursors, last n, software, when.
  virtual void put_presence(const StoreId& store, const std::string& json, UtcMs at) = 0;
};

}  // namespace vitrine::sync::ends
