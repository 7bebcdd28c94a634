// SPDX-License-Identifier: Apache-2.0
// The hub's half of the conversation: what each message of a store is answered with, and the pages that a transaction's
// changes make. How operations are applied and documents placed stands in hub_documents.cpp.
#include "sync/ends/hub_end.hpp"

#include <algorithm>

#include "sync/ends/collections.hpp"
#include "sync/ends/versions.hpp"
#include "sync/planted.hpp"
#include "sync/protocol/availability_codec.hpp"
#include "sync/protocol/digest_codec.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/topics.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

namespace {

std::size_t page_bytes_for(const Pull& pull) { return std::clamp(pull.max_bytes, tuning::page_bytes_min, tuning::page_bytes); }
std::size_t pages_for(const Pull& pull) { return std::clamp<std::size_t>(pull.pages, 1, tuning::pages_per_pull_max); }

}  // namespace

HubEnd::HubEnd(Authority& authority, Chance chance, Admissions* admissions)
    : authority_(authority), chance_(std::move(chance)), admissions_(admissions), rules_(apply_operation) {}

void HubEnd::receive(const StoreId& from, const StoreMessage& message, Now now) {
  now_ = now.utc;
  if (!hears(from, message, now)) return;
  weigh_history(from, message, now);
  std::visit([&](const auto& m) { on(from, m, now); }, message);
}

void HubEnd::reply(const StoreId& to, HubMessage message) {
  sends_.push_back({HubSend::To::reply, to, StreamName{}, std::move(message)});
}

void HubEnd::on(const StoreId& from, const Hello& hello, Now now) {
  // An older version is welcome to send what it has; a range in which there is no version is nonsense.
  if (hello.protocol_max == 0 || hello.protocol_min > hello.protocol_max) return refuse(from, "protocol", "protocol", now);
  Welcome welcome;
  welcome.token = chance_.hex_128();
  authority_.put_token(from, welcome.token);
  welcome.protocol = common_version(hello.protocol_min, hello.protocol_max);
  welcome.era = authority_.era();
  welcome.eras = eras_told();
  meet_life(from, hello, now, welcome);
  pass_over_forgotten(from, hello, now, welcome);
  for (const StreamName& stream : shared_streams_of(from)) welcome.heads.push_back(head_of(stream));
  welcome.heads.push_back(head_of(own_stream(from)));
  for (HeadOf& head : welcome.heads) head.digest = authority_.sums(head.stream).total();
  welcome.digest_key = to_hex(authority_.digest_key());
  welcome.clock = now.utc;
  welcome.page_bytes = tuning::page_bytes;
  welcome.ask_again_s = admit(from, hello.cursors, now);
  authority_.put_presence(from, encode(StoreMessage{hello}), now.utc);
  reply(from, std::move(welcome));
}

// A shared stream that has something, and of which the store has no place yet.
bool HubEnd::has_to_fill(const StoreId& store, const std::vector<StreamCursor>& cursors) {
  if (std::ranges::all_of(cursors, [](const StreamCursor& one) { return one.cursor.seq != 0; })) return false;
  const auto shared = shared_streams_of(store);
  return std::ranges::any_of(cursors, [&](const StreamCursor& one) {
    return one.cursor.seq == 0 && std::ranges::find(shared, one.stream) != shared.end() && authority_.head(one.stream) > 0;
  });
}

std::int64_t HubEnd::admit(const StoreId& store, const std::vector<StreamCursor>& cursors, Now now) {
  if (admissions_ == nullptr) return 0;
  if (has_to_fill(store, cursors)) return admissions_->ask(store, now.mono);
  admissions_->done(store);
  return 0;
}

void HubEnd::on(const StoreId& from, const Beat& beat, Now now) {
  if (admissions_ != nullptr && !has_to_fill(from, beat.cursors)) admissions_->done(from);
  authority_.put_presence(from, encode(StoreMessage{beat}), now.utc);
  reply(from, BeatAnswer{authority_.era(), head_of(own_stream(from)), now.utc});
}

void HubEnd::on(const StoreId& from, const Pull& pull, Now now) {
  if (admissions_ != nullptr && pull.fill && !pull.fill->buckets) admissions_->fills(from, now.mono);
  if (!may_read(from, pull.stream, now)) return;
  if (stale(pull)) return reply(from, StaleCursor{authority_.era(), pull.stream});
  if (pull.fill && pull.fill->buckets) return answer_repair(from, pull);
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
    page.head = authority_.head(pull.stream);
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
    if (!page.more) page.digest = authority_.sums(pull.stream).total();
    const bool more = page.more;
    reply(from, std::move(page));
    if (!more) return;
  }
}

void HubEnd::on(const StoreId& from, const Ops& ops, Now now) {
  const Era era = authority_.era();
  if (ops.era != era) return reply(from, OpsRefused{era, "era", 0});
  if (ops.token.empty() || ops.token != authority_.token(from)) return reply(from, OpsRefused{era, "token", 0});
  if (auto answer = take_in(from, ops, now)) reply(from, std::move(*answer));
}

HeadOf HubEnd::head_of(const StreamName& stream) {
  if (planted(Bug::heads_keep_silent)) return {stream, 0, authority_.horizon(stream)};
  return {stream, authority_.head(stream), authority_.horizon(stream)};
}

std::vector<StreamName> HubEnd::shared_streams_of(const StoreId& store) {
  std::vector<StreamName> streams = {StreamName{"catalog"}, StreamName{"content"}, StreamName{"settings"}};
  const auto content = authority_.document({"content", "store/" + store.text});
  const Body body = content ? content->body : std::nullopt;
  const std::string zone = zone_of(body);
  if (!zone.empty()) {
    streams.push_back(StreamName{"prices." + zone});
    streams.push_back(StreamName{"promotions." + zone});
    streams.push_back(availability_stream(region_of(body)));
  }
  return streams;
}

std::vector<HubSend> HubEnd::finish(Now now) {
  bool shared_heads = false;
  for (const auto& [stream, from] : changed_from_) {
    const auto owner = owner_of(stream);
    if (owner && is_silent_for(*owner, now)) continue;
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
  if (whole) page.digest = authority_.sums(stream).total();
  if (!owner) {
    if (!whole) return std::nullopt;
    return HubSend{HubSend::To::stream, StoreId{}, stream, std::move(page)};
  }
  if (!whole) return own_head(*owner, now);
  if (!planted(Bug::ack_not_with_page)) page.applied = authority_.applied(*owner);
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
