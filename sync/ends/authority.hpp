// SPDX-License-Identifier: Apache-2.0
// The hub's rows, as hub_end sees them: on SQLite or PostgreSQL, behind one port (one contract test for both).
// Every call happens inside a transaction that the shell opened with the write lock held from its start, so that the order of
// seqs is the order of commits. Errors are latched as in replica.hpp.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sync/model/audit.hpp"
#include "sync/model/customer.hpp"
#include "sync/model/digest.hpp"
#include "sync/model/document.hpp"
#include "sync/model/operation.hpp"
#include "sync/model/version.hpp"

namespace vitrine::sync::ends {

struct StreamEntry {
  std::uint64_t seq = 0;
  PageEntry entry;
};

// How a store's certificate has behaved; 0 in a time: never, or not.
struct Conduct {
  std::uint64_t forks = 0;     // new lives that left behind, or stood beside, what another one did
  UtcMs fork_at;               // the last
  UtcMs frozen_at;             // not answered since, until a person releases it
  std::uint64_t offences = 0;  // messages that no honest store sends, in a row without much time between them
  std::string offence;         // the last: "malformed", "too_large", "fork", "protocol", "foreign"
  UtcMs offence_at;
  UtcMs quarantined_until;           // not heard before then
  std::uint64_t offences_total = 0;  // ever
};

// A transaction on which the rules failed again and again, for people who look why.
struct Poisoned {
  StoreId store;
  IncarnationId incarnation;
  Transaction transaction;
  std::string why;
};

struct StreamHead {
  StreamName stream;
  std::uint64_t head = 0;
};

// One of the hub's eras, or one that a store had heard of and that this hub has lost.
struct EraRow {
  Era era;
  UtcMs began;
  std::string why;
  bool lost = false;
  StoreId shown_by;  // of a lost one
};

// One look-up of what was not placed with a store, for the record.
struct LookUp {
  TransactionId id;
  StoreId store;
  std::string actor;
  std::string what;
  std::string key;
  std::string code;  // empty: placed
  UtcMs at;
};

// A document that stands in a store's stream for a time only, because the store asked for it.
struct Lent {
  StoreId store;
  DocumentKey key;
  UtcMs until;
};

class Authority {
 public:
  virtual ~Authority() = default;

  [[nodiscard]] virtual std::optional<Error> failure() const = 0;

  // The era this hub is in: the highest. And every era that it knows of, lost ones too, lowest first.
  virtual Era era() = 0;
  virtual std::vector<EraRow> eras() = 0;
  virtual void add_era(const EraRow& row) = 0;

  virtual std::optional<Document> document(const DocumentKey& key) = 0;
  virtual void put_document(const Document& document) = 0;
  // Live documents of the collection whose ids begin so, in the order of ids.
  virtual std::vector<Document> live_under(const std::string& collection, const std::string& prefix) = 0;
  // The same of the whole collection, behind the id `after`.
  virtual std::vector<Document> live_of(const std::string& collection, const std::string& after, std::size_t count_max) = 0;
  // What is kept of this person beside the documents: what they were looked for by, what was lent, sessions, raw transactions.
  virtual void forget_person(const CustomerId& person, const std::vector<Identity>& identities) = 0;

  // Streams. `append` draws the stream's next seq for the key, forgets the key's older entry (compaction) and answers the seq.
  virtual std::uint64_t append(const StreamName& stream, const DocumentKey& key, bool removal) = 0;
  virtual std::uint64_t head(const StreamName& stream) = 0;
  virtual std::uint64_t horizon(const StreamName& stream) = 0;  // entries up to here may have been purged
  virtual std::vector<StreamHead> heads() = 0;
  // Entries with seq > after in seq order, and live documents with key > after in key order; until bytes_max of bodies are
  // reached (at least one entry), each with the document as it is now.
  virtual std::vector<StreamEntry> entries_after(const StreamName& stream, std::uint64_t after, std::size_t bytes_max) = 0;
  virtual std::vector<PageEntry> live_after(const StreamName& stream, const DocumentKey& after, std::size_t bytes_max) = 0;
  // Removals and tombstones with seq ≤ upto leave the stream, the lowest first; its horizon becomes the highest of them. Answers
  // how many left.
  virtual std::size_t purge_gone(const StreamName& stream, std::uint64_t upto, std::size_t count_max) = 0;
  // Where a stream's head was, and when. `marked_head`: at the last mark that was made by then, 0 where there is none; marks
  // before that one are dropped.
  virtual void mark_head(const StreamName& stream, UtcMs at) = 0;
  virtual std::optional<UtcMs> last_mark(const StreamName& stream) = 0;
  virtual std::uint64_t marked_head(const StreamName& stream, UtcMs by) = 0;
  // Looks at some documents that are tombstones. Where one stands in no stream that is noted, with the time; one that was noted
  // by `noted_by`, and has not changed since, is forgotten, unless its kind ends `for_ever`. Call it again and again: it goes
  // round.
  virtual std::size_t forget_dead(UtcMs now, UtcMs noted_by, std::size_t rows_max) = 0;
  // The highest number, in this era, of the collection's forgotten documents: what is made anew goes on above it.
  virtual std::uint64_t number_floor(const std::string& collection) = 0;

  // Documents that are to be forgotten at a time. None: no longer.
  virtual void put_expiry(const DocumentKey& key, const std::optional<UtcMs>& at) = 0;
  virtual std::vector<DocumentKey> expired(UtcMs now, std::size_t count_max) = 0;  // the earliest first

  // Streams in which the document stands now (no removal).
  virtual std::vector<StreamName> streams_of(const DocumentKey& key) = 0;

  // Digests of streams, kept with every put_document and append. The key is made once and stays.
  virtual DigestKey digest_key() = 0;
  virtual BucketSums sums(const StreamName& stream) = 0;
  // Live documents of these buckets with key > after in key order, until bytes_max of bodies or a bound of keys looked at is
  // reached. `last`: how far it has looked; `more`: there may be others behind it.
  struct BucketRun {
    std::vector<PageEntry> entries;
    DocumentKey last;
    bool more = false;
  };
  virtual BucketRun live_in(const StreamName& stream, const BucketSet& buckets, const DocumentKey& after,
                            std::size_t bytes_max) = 0;

  // Stores.
  virtual std::vector<StoreId> stores() = 0;
  virtual bool knows_store(const StoreId& store) = 0;
  virtual std::string token(const StoreId& store) = 0;  // of the latest welcome; empty before the first
  virtual void put_token(const StoreId& store, const std::string& token) = 0;
  virtual std::vector<Applied> applied(const StoreId& store) = 0;  // each incarnation's last
  virtual std::optional<Hash> applied_hash(const StoreId& store, const IncarnationId& incarnation, std::uint64_t n) = 0;
  // Records n of the incarnation (and with it the new last).
  virtual void record_applied(const StoreId& store, const IncarnationId& incarnation, std::uint64_t n, const Hash& hash,
                              UtcMs at) = 0;
  virtual std::uint64_t oldest_recorded(const StoreId& store, const IncarnationId& incarnation) = 0;  // lowest n; 0: none

  // Lives of a store's database. A new one becomes the current one; with start.n above 0 it begins with that as its last.
  virtual bool knows_life(const StoreId& store, const IncarnationId& incarnation) = 0;
  virtual void open_life(const StoreId& store, const Applied& start, const IncarnationId& parent, UtcMs at) = 0;
  virtual IncarnationId current_life(const StoreId& store) = 0;  // empty before the first
  // The n of the incarnation that stands in the last backup that was verified; 0: none.
  virtual std::uint64_t verified_n(const StoreId& store, const IncarnationId& incarnation) = 0;
  virtual Conduct conduct(const StoreId& store) = 0;
  virtual void put_conduct(const StoreId& store, const Conduct& conduct) = 0;

  // What stores asked for. A look-up is recorded once; the count is of those of a store since then, of one kind or (empty) all.
  virtual void record_look_up(const LookUp& look_up) = 0;
  virtual std::uint64_t look_ups_since(const StoreId& store, const std::string& what, UtcMs at) = 0;
  virtual void forget_look_ups_before(UtcMs at) = 0;
  virtual std::optional<UtcMs> lent_until(const StoreId& store, const DocumentKey& key) = 0;
  virtual void put_lent(const Lent& lent) = 0;
  virtual void drop_lent(const StoreId& store, const DocumentKey& key) = 0;
  virtual std::vector<Lent> lent_over(UtcMs now, std::size_t count_max) = 0;  // with until ≤ now, the oldest first

  // Lines of a store's audit, as it told of them, each with the hash that it makes. One that is here already stays as it is.
  virtual void keep_audit(const StoreId& store, const std::vector<AuditEntry>& entries) = 0;

  // Transaction ids that were applied, from whatever end. False when the id was there already.
  virtual bool transaction_known(const TransactionId& id) = 0;
  virtual void record_transaction(const TransactionId& id, UtcMs at) = 0;

  // One more time that the rules failed on it; answers how often by now.
  virtual std::uint64_t count_failure(const TransactionId& id, UtcMs at) = 0;
  virtual void keep_poisoned(const Poisoned& poisoned, UtcMs at) = 0;

  // What a store said in its last hello or beat: cursors, last n, software, when.
  virtual void put_presence(const StoreId& store, const std::string& json, UtcMs at) = 0;
  virtual std::string presence(const StoreId& store) = 0;  // empty before the first
};

// Whether what stands in these streams stands in this one.
inline bool is_among(const std::vector<StreamName>& streams, const StreamName& stream) {
  return std::ranges::find(streams, stream) != streams.end();
}

}  // namespace vitrine::sync::ends
