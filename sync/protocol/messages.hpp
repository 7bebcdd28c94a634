// SPDX-License-Identifier: Apache-2.0
// What hub and store say to each other, as plain types. JSON: sync/protocol/message_codec.hpp; the meaning: docs/PROTOCOL.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time_point.hpp"
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
  std::uint64_t horizon = 0;  // cursors below are stale
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
};

struct Beat {
  std::uint64_t last_n = 0;
  UtcMs clock;
  std::vector<StreamCursor> cursors;
};

struct Fill {
  std::optional<std::uint64_t> head;  // none in the first request; fixed by the first answer
  DocumentKey after;                  // a request: the last key that is in; a page: the key it goes on from
  DocumentKey last;                   // a page: the last key in it
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

using StoreMessage = std::variant<Hello, Beat, Pull, Ops>;

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
};

// The batch is in, up to n.
struct OpsApplied {
  Era era;
  IncarnationId incarnation;
  std::uint64_t n = 0;
  Hash hash{};
};

// Not taken; send from `expected`, or, by code, say hello first: "gap", "token", "fork", "era".
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

struct Heads {
  Era era;
  std::vector<HeadOf> heads;
  UtcMs clock;
};

using HubMessage = std::variant<Welcome, BeatAnswer, Page, OpsApplied, OpsRefused, StaleCursor, Heads>;

}  // namespace vitrine::sync::protocol
