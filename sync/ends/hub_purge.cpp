// SPDX-License-Identifier: Apache-2.0
// What the hub need not keep: entries that only say that something is gone, tombstones that stand nowhere, and carts whose time
// is over. Each call does a bounded part of it.
#include <algorithm>
#include <cstdlib>

#include "sync/ends/hub_end.hpp"
#include "sync/ends/presence.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

// Up to where nobody needs to be told any more that something is gone. A store that comes back with an older cursor is behind
// the horizon then, and compares buckets.
std::uint64_t HubEnd::told_to_all(const StreamName& stream, Now now) {
  if (const auto store = owner_of(stream)) return cursor_in(authority_.presence(*store), stream, authority_.era());
  const auto marked = authority_.last_mark(stream);
  if (!marked || std::abs(now.utc.value - marked->value) >= tuning::gone_marked_every_ms) authority_.mark_head(stream, now.utc);
  return authority_.marked_head(stream, now.utc.plus(-tuning::gone_told_ms));
}

HubEnd::Purged HubEnd::purge(const StreamName& place, Now now) {
  Purged out;
  out.place = place;
  std::size_t looked_at = 0;
  bool round = true;
  for (const StreamHead& one : authority_.heads()) {
    if (one.stream <= place) continue;
    if (looked_at++ == tuning::purged_streams_max || out.entries >= tuning::purged_entries_max) {
      round = false;
      break;
    }
    const std::uint64_t upto = std::min(told_to_all(one.stream, now), one.head);
    if (upto > 0) out.entries += authority_.purge_gone(one.stream, upto, tuning::purged_entries_max - out.entries);
    if (out.entries < tuning::purged_entries_max) out.place = one.stream;
  }
  if (round && out.entries < tuning::purged_entries_max) out.place = {};
  out.documents = authority_.forget_dead(now.utc, now.utc.plus(-tuning::dead_kept_ms), tuning::purged_documents_max);
  return out;
}

std::size_t HubEnd::expire(Now now) {
  now_ = now.utc;
  const auto over = authority_.expired(now.utc, tuning::expired_at_once);
  for (const DocumentKey& key : over) {
    if (key.collection == "customer") {
      renew(CustomerId{key.id}, false);
      continue;
    }
    // A tombstone has no time of its own.
    if (!remove(key, now)) authority_.put_expiry(key, std::nullopt);
  }
  return over.size();
}

}  // namespace vitrine::sync::ends
