// SPDX-License-Identifier: Apache-2.0
// The hub's half of the conversation: what each message of a store is answered with, and the pages that a transaction's
// changes make. How operations are applied and documents placed stands in hub_documents.cpp.
#include "sync/ends/hub_end.hpp"

#include <algorithm>

#include "sync/ends/chain.hpp"
#include "sync/ends/placement.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

namespace {

std::size_t page_bytes_for(const Pull& pull) { return std::clamp(pull.max_bytes, tuning::page_bytes_min, tuning::page_bytes); }
std::size_t pages_for(const Pull& pull) { return std::clamp<std::size_t>(pull.pages, 1, tuning::pages_per_pull_max); }

}  // namespace

HubEnd::HubEnd(Authority& authority, Chance chance) : authority_(authority), chance_(std::move(chance)) {}

void HubEnd::receive(const StoreId& from, const StoreMessage& message, Now now) {
  if (!authority_.knows_store(from)) return;
  std::visit([&](const auto& m) { on(from, m, now); }, message);
}

void HubEnd::reply(const StoreId& to, HubMessage message) {
  sends_.push_back({HubSend::To::reply, to, StreamName{}, std::move(message)});
}

void HubEnd::on(const StoreId& from, const Hello& hello, Now now) {
  Welcome welcome;
  welcome.token = chance_.hex_128();
  authority_.put_token(from, welcome.token);
  welcome.protocol = tuning::protocol_version;
  welcome.era = authority_.era();
  welcome.eras = {welcome.era};
  for (const Applied& applied : authority_.applied(from)) {
    if (applied.incarnation == hello.incarnation) welcome.applied = applied;
  }
  for (const StreamName& stream : shared_streams_of(from)) welcome.heads.push_back(head_of(stream));
  welcome.heads.push_back(head_of(own_stream(from)));
  welcome.clock = now.utc;
  welcome.page_bytes = tuning::page_bytes;
  authority_.put_presence(from, encode(StoreMessage{hello}), now.utc);
  reply(from, std::move(welcome));
}

void HubEnd::on(const StoreId& from, const Beat& beat, Now now) {
  authority_.put_presence(from, encode(StoreMessage{beat}), now.utc);
  reply(from, BeatAnswer{authority_.era(), head_of(own_stream(from)), now.utc});
}

void HubEnd::on(const StoreId& from, const Pull& pull, Now) {
  const auto shared = shared_streams_of(from);
  if (pull.stream != own_stream(from) && std::ranges::find(shared, pull.stream) == shared.end()) return;
  const Era era = authority_.era();
  const bool empty_handed = pull.cursor.seq == 0;
  if (!empty_handed && (pull.cursor.era != era || pull.cursor.seq < authority_.horizon(pull.stream) ||
                        pull.cursor.seq > authority_.head(pull.stream))) {
    return reply(from, StaleCursor{era, pull.stream});
  }
  if (pull.fill) return answer_fill(from, pull);
  answer_run(from, pull);
}

void HubEnd::answer_fill(const StoreId& from, const Pull& pull) {
  const std::uint64_t head = pull.fill->head.value_or(authority_.head(pull.stream));
  DocumentKey after = pull.fill->after;
  for (std::size_t i = 0; i < pages_for(pull); ++i) {
    Page page;
    page.stream = pull.stream;
    page.era = authority_.era();
    page.head = head;
    page.entries = authority_.live_after(pull.stream, after, page_bytes_for(pull));
    const DocumentKey last = page.entries.empty() ? after : page.entries.back().key;
    page.fill = Fill{head, after, last};
    page.more = !page.entries.empty() && !authority_.live_after(pull.stream, last, 1).empty();
    after = last;
    const bool more = page.more;
    reply(from, std::move(page));
    if (!more) return;
  }
}

void HubEnd::answer_run(const StoreId& from, const Pull& pull) {
  const std::uint64_t head = authority_.head(pull.stream);
  std::uint64_t after = pull.cursor.seq;
  for (std::size_t i = 0; i < pages_for(pull); ++i) {
    Page page;
    page.stream = pull.stream;
    page.era = authority_.era();
    page.head = head;
    page.from = after;
    page.to = head;
    if (owner_of(pull.stream)) page.applied = authority_.applied(from);
    for (StreamEntry& entry : authority_.entries_after(pull.stream, after, page_bytes_for(pull))) {
      after = entry.seq;
      page.entries.push_back(std::move(entry.entry));
    }
    page.more = !page.entries.empty() && after < head && !authority_.entries_after(pull.stream, after, 1).empty();
    if (page.more) page.to = after;
    const bool more = page.more;
    reply(from, std::move(page));
    if (!more) return;
  }
}

void HubEnd::on(const StoreId& from, const Ops& ops, Now now) {
  const Era era = authority_.era();
  if (ops.era != era) return reply(from, OpsRefused{era, "era", 0});
  if (ops.token.empty() || ops.token != authority_.token(from)) return reply(from, OpsRefused{era, "token", 0});
  std::uint64_t applied_n = 0;
  for (const Applied& applied : authority_.applied(from)) {
    if (applied.incarnation == ops.incarnation) applied_n = applied.n;
  }
  if (ops.transactions.empty() || ops.first_n == 0) return;
  if (ops.first_n > applied_n + 1) return reply(from, OpsRefused{era, "gap", applied_n + 1});

  // The chain over the whole batch, before anything of it is applied.
  const std::optional<Hash> predecessor =
      ops.first_n == 1 ? std::optional<Hash>(Hash{}) : authority_.applied_hash(from, ops.incarnation, ops.first_n - 1);
  if (!predecessor || *predecessor != ops.previous_hash) return reply(from, OpsRefused{era, "fork", 0});
  Hash hash = ops.previous_hash;
  std::uint64_t n = ops.first_n;
  for (const Transaction& transaction : ops.transactions) {
    hash = chain_hash(hash, transaction);
    const bool skipped = n <= applied_n;
    const std::optional<Hash> recorded = skipped ? authority_.applied_hash(from, ops.incarnation, n) : std::nullopt;
    if (transaction.n != n || transaction.hash != hash || (skipped && recorded != hash)) {
      return reply(from, OpsRefused{era, "fork", 0});
    }
    ++n;
  }

  for (const Transaction& transaction : ops.transactions) {
    if (transaction.n <= applied_n) continue;
    if (!authority_.transaction_known(transaction.id)) {
      const UtcMs at = std::min(transaction.at, now.utc.plus(tuning::clock_ahead_max_ms));
      const std::string reason = apply(transaction.id, transaction.nature, transaction.actor, transaction.operations, &from, at);
      authority_.record_transaction(transaction.id, now.utc);
      if (!reason.empty()) write_outcome(from, transaction, reason, now.utc);
    }
    authority_.record_applied(from, ops.incarnation, transaction.n, transaction.hash);
  }
  // Also when all of it was known: the store asks because it did not hear the first answer.
  reply(from, OpsApplied{era, ops.incarnation, n - 1, hash});
}

HeadOf HubEnd::head_of(const StreamName& stream) { return {stream, authority_.head(stream), authority_.horizon(stream)}; }

std::vector<StreamName> HubEnd::shared_streams_of(const StoreId& store) {
  std::vector<StreamName> streams = {StreamName{"catalog"}, StreamName{"content"}, StreamName{"settings"}};
  const auto content = authority_.document({"content", "store/" + store.text});
  const std::string zone = zone_of(content ? content->body : std::nullopt);
  if (!zone.empty()) streams.push_back(StreamName{"prices." + zone});
  return streams;
}

std::vector<HubSend> HubEnd::finish(Now now) {
  bool shared_heads = false;
  for (const auto& [stream, from] : changed_from_) {
    auto page = page_of_changes(stream, from, now);
    if (page) {
      sends_.push_back(std::move(*page));
    } else {
      shared_heads = true;
    }
  }
  if (shared_heads) sends_.push_back(heads(now));
  changed_from_.clear();
  return std::exchange(sends_, {});
}

// None: too much for one push of a shared stream; its head is said instead and stores pull.
std::optional<HubSend> HubEnd::page_of_changes(const StreamName& stream, std::uint64_t from, Now now) {
  const auto owner = owner_of(stream);
  const std::uint64_t head = authority_.head(stream);
  Page page;
  page.stream = stream;
  page.era = authority_.era();
  page.from = from;
  page.to = head;
  page.head = head;
  std::uint64_t last = from;
  for (StreamEntry& entry : authority_.entries_after(stream, from, tuning::page_bytes)) {
    last = entry.seq;
    page.entries.push_back(std::move(entry.entry));
  }
  const bool whole = last == head || authority_.entries_after(stream, last, 1).empty();
  if (!owner) {
    if (!whole) return std::nullopt;
    return HubSend{HubSend::To::stream, StoreId{}, stream, std::move(page)};
  }
  if (!whole) return own_head(*owner, now);
  page.applied = authority_.applied(*owner);
  return HubSend{HubSend::To::live, *owner, stream, std::move(page)};
}

HubSend HubEnd::heads(Now now) {
  Heads heads{authority_.era(), {}, now.utc};
  for (const StreamHead& head : authority_.heads()) {
    if (!owner_of(head.stream)) heads.heads.push_back(head_of(head.stream));
  }
  return {HubSend::To::heads, StoreId{}, StreamName{}, std::move(heads)};
}

HubSend HubEnd::own_head(const StoreId& store, Now now) {
  return {HubSend::To::live, store, own_stream(store), Heads{authority_.era(), {head_of(own_stream(store))}, now.utc}};
}

}  // namespace vitrine::sync::ends
