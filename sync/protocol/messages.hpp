// SPDX-License-Identifier: Apache-2.0
// What hub and store say to each other, as plain types. JSON: sync/protocol/message_codec.hpp; the meaning: docs/PROTOCOL.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/digest.hpp"
#include "sync/model/document.hpp"
#include "sync/model/ids.hpp"
#include "sync/model/operation.hpp"
#include "sync/model/version.hpp"

namespace vitrine::sync::protocol {

struct StreamCursor {
  StreamName stream;
  Cursor cursor;  // seq 0 of an empty era: nothing yet
};

struct HeadOf {
  StreamName stream;
  std::uint64_t head = 0;
  std::uint64_t horizon = 0;                    // cursors below are stale
  std::optional<Sum128> digest = std::nullopt;  // of the live documents at this head; in `welcome`
};

// Store → hub.
struct Hello {
  IncarnationId incarnation;
  std::uint64_t last_n = 0;
  Hash hash{};
  Era era_heard;
  std::uint32_t protocol_min = 1;
  std::uint32_t protocol_max = 1;
  std::string software;
  UtcMs clock;
  std::vector<StreamCursor> cursors;
  // The lives that this incarnation continues, newest first: what each did up to this n, its parting, is the store's own past.
  std::vector<Applied> line;
  std::uint64_t acknowledged = 0;  // the hub of era_heard said to have applied this incarnation up to here
  // The store can send again what comes after this; up to here it has forgotten what an earlier era acknowledged.
  std::optional<Applied> kept_after = std::nullopt;
};

struct Beat {
  std::uint64_t last_n = 0;
  UtcMs clock;
  std::vector<StreamCursor> cursors;
};

struct Fill {
  std::optional<std::uint64_t> head;                // none in the first request; fixed by the first answer
  DocumentKey after;                                // a request: the last key that is in; a page: the key it goes on from
  DocumentKey last;                                 // a page: the last key in it; of a repair: the last that was looked at
  std::optional<BucketSet> buckets = std::nullopt;  // a repair: these buckets alone
};

struct Pull {
  StreamName stream;
  Cursor cursor;
  std::optional<Fill> fill;
  std::size_t max_bytes = 0;  // of bodies in one page
  std::size_t pages = 1;
};

struct Ops {
  Era era;
  std::string token;
  IncarnationId incarnation;
  std::uint64_t first_n = 0;
  Hash previous_hash{};
  std::vector<Transaction> transactions;
};

// Which hashes does the hub have at these numbers? Asked where `welcome` does not fit the store's own chain.
struct Chain {
  Era era;
  IncarnationId incarnation;
  std::vector<std::uint64_t> numbers;  // at most tuning::chain_numbers_max
};

// A question for what is not placed here. What is found comes by the own stream, as every document does.
struct Ask {
  TransactionId id;  // asked again with the same id, it is the same question
  std::string what;  // "cart", "customer"
  std::string key;   // the cart's id; the identity that somebody shows, "email/<hash>"
  std::string pass;  // of a cart: as scanned, the right to ask
  std::string actor;
  UtcMs at;                // of the scan, by the store's estimate of the hub's time
  std::string staff = {};  // of a customer: the number of who asks
};

// What this store has of a stream, by buckets: the answer says which of them differ.
struct DigestQuestion {
  StreamName stream;
  Cursor cursor;
  BucketSums sums;
};

using StoreMessage = std::variant<Hello, Beat, Pull, Ops, Chain, Ask, DigestQuestion>;

// Hub → store.
struct Welcome {
  std::string token;
  std::uint32_t protocol = 1;
  Era era;
  std::vector<Era> eras;
  std::optional<Applied> applied;  // of the store's incarnation; none: nothing yet
  std::uint64_t safe = 0;          // the n inside the hub's last verified backup
  std::vector<HeadOf> heads;       // of every stream that this store follows, its own among them
  std::string digest_key;
  UtcMs clock;
  std::size_t page_bytes = 0;
  std::int64_t ask_again_s = 0;  // above 0: not admitted now
  IncarnationId incarnation;     // of the hello that this answers
  bool part = false;             // another life of this store has spoken since: the store opens a new one first
};

struct BeatAnswer {
  Era era;
  HeadOf own;
  UtcMs clock;
};

struct Page {
  StreamName stream;
  Era era;
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  std::uint64_t head = 0;
  bool more = false;
  std::optional<Fill> fill;      // a page of a first fill
  std::vector<Applied> applied;  // own stream only: `ack`
  std::vector<PageEntry> entries;
  std::optional<Sum128> digest = std::nullopt;  // of the stream's live documents at `to`, where `to` is the head
};

// The batch is in, up to n.
struct OpsApplied {
  Era era;
  IncarnationId incarnation;
  std::uint64_t n = 0;
  Hash hash{};
};

// Not taken; send from `expected`, or, by code, say hello first: "gap", "token", "fork", "era". Any message of a store whose
// certificate is put aside is answered so too: "frozen", "quarantined", "protocol".
struct OpsRefused {
  Era era;
  std::string code;
  std::uint64_t expected = 0;
};

// The cursor is of another era or behind the horizon.
struct StaleCursor {
  Era era;
  StreamName stream;
};

// What the hub has recorded of one incarnation.
struct Link {
  std::uint64_t n = 0;
  Hash hash{};
};
struct ChainAnswer {
  Era era;
  IncarnationId incarnation;
  std::uint64_t oldest = 0;  // the lowest n whose hash it still has; 0: none
  std::uint64_t n = 0;       // the last
  std::vector<Link> links;   // of the numbers asked for, those that it has
};

struct AskAnswer {
  Era era;
  TransactionId id;
  std::string code;  // empty: placed; "ask_unknown", "not_found", "not_allowed", "too_many", or why the pass is refused
  std::vector<DocumentKey> documents;  // now placed with the store
  UtcMs until;                         // and for how long at least
  HeadOf own;                          // where they stand at the latest
};

// The buckets that differ from a store's, at this head of the stream. What they hold is pulled by a fill of them.
struct DifferingBuckets {
  Era era;
  StreamName stream;
  std::uint64_t head = 0;
  BucketSet buckets;
};

struct Heads {
  Era era;
  std::vector<HeadOf> heads;
  UtcMs clock;
};

using HubMessage =
    std::variant<Welcome, BeatAnswer, Page, OpsApplied, OpsRefused, StaleCursor, DifferingBuckets, Heads, ChainAnswer, AskAnswer>;

}  // namespace vitrine::sync::protocol
