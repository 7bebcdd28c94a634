// SPDX-License-Identifier: Apache-2.0
// A store's rows, as store_end sees them. Every call happens inside the transaction that the shell opened for one event; the
// shell commits it or rolls it back as a whole.
//
// Errors are latched: when a call fails (disk full, I/O error, corruption), it and every later call of the transaction answer
// as if nothing were there, and `failure()` says why. The shell asks it before the commit, rolls back, and makes a fresh
// StoreEnd; so the thinking needs no error path for a broken disk, and nothing half-done can leave. (docs/decisions/0002)
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

// The one row that says who this store is and how far it is.
struct StoreState {
  StoreId store;
  IncarnationId incarnation;
  std::uint64_t last_n = 0;  // of the outbox
  Hash last_hash{};
  Applied ack;                       // the base contains own transactions up to here
  std::uint64_t applied_n = 0;       // the hub said `applied` up to here; the replay still has what ack does not cover
  Era era_heard;                     // the highest
  std::int64_t clock_offset_ms = 0;  // hub − store, as measured
  UtcMs hub_time_max;                // the last hub time that was heard; expiry never goes back behind it
  UtcMs last_contact;                // store clock + offset at the last answer of the hub
};

// Where a stream stands here.
struct StreamState {
  StreamName stream;
  bool filled = false;  // the first fill has ended; cursor holds
  Cursor cursor;
  std::optional<std::uint64_t> fill_head;  // of a running first fill
  DocumentKey fill_after;                  // the last key that it brought
};

class Replica {
 public:
  virtual ~Replica() = default;

  // The first failure of this transaction, if any.
  [[nodiscard]] virtual std::optional<Error> failure() const = 0;

  virtual StoreState state() = 0;
  virtual void put_state(const StoreState& state) = 0;

  virtual std::vector<StreamState> streams() = 0;
  virtual void put_stream(const StreamState& stream) = 0;

  // The base. A removal deletes; the same key may stand in one stream only.
  virtual std::optional<Document> base(const DocumentKey& key) = 0;
  virtual void put_base(const StreamName& stream, const PageEntry& entry) = 0;
  // Every document of the stream leaves the base (a stale cursor: it will be filled again).
  virtual void forget_stream(const StreamName& stream) = 0;

  // Pages of the own stream wait here until the last one is in.
  virtual void stage(const std::vector<PageEntry>& entries) = 0;
  virtual std::vector<PageEntry> staged() = 0;
  virtual void clear_staged() = 0;

  // The view, only where it differs from the base: a document with own operations that the base does not contain.
  // `body` none: the view shows no such document. drop_view: the view is the base again.
  virtual void put_view(const DocumentKey& key, const std::optional<std::string>& body) = 0;
  virtual void drop_view(const DocumentKey& key) = 0;
  // What put_view put and drop_view has not dropped.
  struct Overlay {
    std::optional<std::string> body;
  };
  virtual std::optional<Overlay> overlay(const DocumentKey& key) = 0;

  // The outbox: own transactions by n, kept after the acknowledgement too.
  virtual void append(const Transaction& transaction) = 0;
  virtual std::vector<Transaction> transactions_after(std::uint64_t n, std::size_t count_max, std::size_t bytes_max) = 0;
  virtual std::optional<std::uint64_t> n_of(const TransactionId& id) = 0;
  virtual std::optional<Hash> hash_at(std::uint64_t n) = 0;  // of this incarnation
  // Own transactions with n > after that name the document, in order of n.
  virtual std::vector<Transaction> transactions_on(const DocumentKey& key, std::uint64_t after) = 0;
  // Keys that transactions with after < n ≤ upto name, each once.
  virtual std::vector<DocumentKey> documents_named(std::uint64_t after, std::uint64_t upto) = 0;
};

}  // namespace vitrine::sync::ends
