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
#include "sync/model/digest.hpp"
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
  // The database may be older than it should be (a witness outside says so): nothing personal is shown until the hub has
  // welcomed the store and the whole of its own stream has come.
  bool in_doubt = false;
};

// Where a stream stands here.
struct StreamState {
  StreamName stream;
  bool filled = false;  // the first fill has ended; cursor holds
  Cursor cursor;
  std::optional<std::uint64_t> fill_head;          // of a running first fill
  DocumentKey fill_after;                          // the last key that it brought
  Era fill_era = {};                               // the era of fill_head
  std::optional<BucketSet> repair = std::nullopt;  // the fill brings these buckets alone: a repair
  std::uint64_t read_head = 0;                     // the highest head at which content was read that is in the base
  std::uint64_t repairs = 0;                       // how often the digests differed and documents were fetched anew
  UtcMs repaired_at = {};                          // the last time
};

// A transaction of the outbox by its outline.
struct Kept {
  std::uint64_t n = 0;
  UtcMs at;
  std::uint64_t bytes_upto = 0;  // of everything that was ever appended, this included; differences say what a run weighs
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
  // An entry with an older version of the same era is refused: false, and the base stays as it is.
  virtual bool put_base(const StreamName& stream, const PageEntry& entry) = 0;
  // The hub's word in a repair: it replaces whatever is there.
  virtual void replace_base(const StreamName& stream, const PageEntry& entry) = 0;

  // Erasure. Names of all that is about somebody: of customers, consents and activity in base and views, and of such operations
  // that are kept. `scrub_operations`: bodies of kept operations on the document go, and their hashes stay (chain.hpp).
  virtual std::vector<DocumentKey> personal_keys() = 0;
  virtual void scrub_operations(const DocumentKey& key) = 0;

  // Digests. Leaves and sums change with the base, in its transaction. Another key counts everything anew.
  virtual void put_digest_key(const DigestKey& key) = 0;
  virtual DigestKey digest_key() = 0;
  virtual BucketSums sums(const StreamName& stream) = 0;
  // Leaves and sums of the stream anew from the bodies that are there; answers how many leaves were not true.
  virtual std::size_t recount(const StreamName& stream) = 0;
  // Reads `count` documents after `after` in key order and compares body and leaf. Nothing is changed.
  struct Checked {
    DocumentKey last;                // the last one read; empty: the end was reached
    std::vector<StreamName> untrue;  // streams of which a document is not what it was
  };
  virtual Checked check_base(const DocumentKey& after, std::size_t count) = 0;
  // Keys of the stream's documents in these buckets, with after < key ≤ upto (none: to the end), tombstones too.
  virtual std::vector<DocumentKey> keys_in(const StreamName& stream, const BucketSet& buckets, const DocumentKey& after,
                                           const std::optional<DocumentKey>& upto) = 0;

  // Pages of the own stream wait here until the last one is in.
  virtual void stage(const std::vector<PageEntry>& entries) = 0;
  // In the order of staging, the first `skip` left out, at most `count` of them: together they may be more than memory has.
  virtual std::vector<PageEntry> staged(std::size_t skip, std::size_t count) = 0;
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

  // Documents that are to be forgotten at a time. None: no longer.
  virtual void put_expiry(const DocumentKey& key, const std::optional<UtcMs>& at) = 0;
  virtual std::optional<UtcMs> next_expiry() = 0;
  virtual std::vector<DocumentKey> expired(UtcMs now, std::size_t count_max) = 0;  // the earliest first
  // The body leaves the base. Name, version and leaf stay until the hub's word on the document comes, so that the digest goes on
  // saying that it is here; a tombstone goes whole.
  virtual void forget_body(const DocumentKey& key) = 0;

  // The outbox: own transactions by n, kept after the acknowledgement too.
  virtual void append(const Transaction& transaction) = 0;
  virtual std::vector<Transaction> transactions_after(std::uint64_t n, std::size_t count_max, std::size_t bytes_max) = 0;
  virtual std::optional<std::uint64_t> n_of(const TransactionId& id) = 0;
  virtual std::optional<Hash> hash_at(std::uint64_t n) = 0;  // of this incarnation
  // Own transactions with n > after that name the document, in order of n.
  virtual std::vector<Transaction> transactions_on(const DocumentKey& key, std::uint64_t after) = 0;
  // Keys that transactions with after < n ≤ upto name, each once.
  virtual std::vector<DocumentKey> documents_named(std::uint64_t after, std::uint64_t upto) = 0;

  // The lives that this incarnation continues, newest first, each with the n and hash of its parting.
  virtual std::vector<Applied> line() = 0;
  virtual void put_parting(const Applied& parting) = 0;
  // Transactions up to here are forgotten; of the last of them hash_at still knows the hash. 0: none is.
  virtual std::uint64_t forgotten_upto() = 0;
  // In order of n, at most count_max; and the last of all.
  virtual std::vector<Kept> kept_after(std::uint64_t n, std::size_t count_max) = 0;
  virtual std::optional<Kept> newest_kept() = 0;
  virtual void forget_transactions(std::uint64_t upto) = 0;
  // One transaction alone goes to a person; those after it stand one number lower, with hashes that put_hash is to put right.
  virtual void set_one_aside(const IncarnationId& incarnation, std::uint64_t n) = 0;
  virtual void put_hash(std::uint64_t n, const Hash& hash) = 0;
  // No history can be proved any more: every transaction, the line and the memory of forgotten ones leave the outbox. What
  // is after `applied` is kept for a person, where nothing reads it but people.
  virtual void set_outbox_aside(const IncarnationId& incarnation, std::uint64_t applied) = 0;
};

}  // namespace vitrine::sync::ends
