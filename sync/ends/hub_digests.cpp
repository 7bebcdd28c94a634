// SPDX-License-Identifier: Apache-2.0
// The hub's answers to stores whose documents differ from its own, or whose cursors are too old to go on from.
#include <algorithm>

#include "sync/ends/hub_end.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

bool HubEnd::may_read(const StoreId& store, const StreamName& stream, Now now) {
  if (stream == own_stream(store)) return true;
  const auto shared = shared_streams_of(store);
  if (std::ranges::find(shared, stream) != shared.end()) return true;
  // A price zone may have changed; another store's own stream was never its.
  if (owner_of(stream)) refuse(store, "not_yours", "foreign", now);
  return false;
}

// The one place that judges cursors: of another era, before the horizon, or from a future that this hub does not have. An empty
// store is never stale; a fill that began in another era is.
bool HubEnd::stale(const Pull& pull) {
  const Era era = authority_.era();
  if (pull.fill && pull.fill->head) return pull.cursor.era != era;
  if (pull.cursor.seq == 0) return false;
  return pull.cursor.era != era || pull.cursor.seq < authority_.horizon(pull.stream) ||
         pull.cursor.seq > authority_.head(pull.stream);
}

// One head for all 256: sums and head are read in one transaction. That the store's cursor may be elsewhere does no harm: what
// agrees is the same documents at the same versions, and the rest is fetched.
void HubEnd::on(const StoreId& from, const DigestQuestion& question, Now now) {
  if (!may_read(from, question.stream, now)) return;
  reply(from, DifferingBuckets{authority_.era(), question.stream, authority_.head(question.stream),
                               authority_.sums(question.stream).differing(question.sums)});
}

// A fill of some buckets. Of a shared stream it may take many pulls: each page brings documents at versions no older than the
// head that the first answer named, and ordinary pulls go on from there, as after a first fill.
void HubEnd::answer_repair(const StoreId& from, const Pull& pull) {
  const std::size_t bytes = std::clamp(pull.max_bytes, tuning::page_bytes_min, tuning::page_bytes);
  const std::size_t pages = std::clamp<std::size_t>(pull.pages, 1, tuning::pages_per_pull_max);
  DocumentKey after = pull.fill->after;
  for (std::size_t i = 0; i < pages; ++i) {
    Authority::BucketRun run = authority_.live_in(pull.stream, *pull.fill->buckets, after, bytes);
    Page page;
    page.stream = pull.stream;
    page.era = authority_.era();
    page.head = authority_.head(pull.stream);
    page.more = run.more;
    page.fill = Fill{pull.fill->head, after, run.last, pull.fill->buckets};
    if (owner_of(pull.stream)) page.applied = authority_.applied(from);
    page.entries = std::move(run.entries);
    after = page.fill->last;
    const bool more = page.more;
    reply(from, std::move(page));
    if (!more) return;
  }
}

}  // namespace vitrine::sync::ends
