// SPDX-License-Identifier: Apache-2.0
// Example followed: somebody looks at a customer while the line is cut. The line of the audit is told to the outbox seconds
// later, goes up when the hub is there again, and comes back as the place that the hub's chain has reached.
#include "edge/daemon/audit_teller.hpp"

#include <algorithm>

#include "sync/planted.hpp"
#include "sync/protocol/audit_codec.hpp"

namespace vitrine::edge::daemon {

using database::AuditMark;
using sync::AuditBreak;
using sync::AuditChain;
using sync::protocol::audit_key;

namespace {

constexpr std::size_t bytes_max = 48UL * 1024;  // of texts in one word; as JSON twice as much at most
constexpr std::size_t checked_at_once = 2'000;
constexpr std::size_t pruned_at_once = 1'000;

AuditChain chain_in(const std::optional<std::string>& body) {
  if (!body) return {};
  auto chain = sync::protocol::decode_audit(*body);
  return chain ? std::move(*chain) : AuditChain{};
}

std::optional<std::string> base_of(database::SqliteReplica& replica, const sync::DocumentKey& key) {
  auto base = replica.base(key);
  return base ? std::move(base->body) : std::nullopt;
}

bool is_here(database::Connection& rows, const AuditMark& place) { return database::audit_hash_at(rows, place.n) == place.hash; }

// The last place that both have: where the store is an older copy of itself, or another box has told of lines of its own, not the
// last one that was told.
AuditMark shared_place(database::Connection& rows, const AuditChain& told) {
  if (is_here(rows, told.last)) return told.last;
  AuditMark best = database::audit_begin(rows);
  for (const AuditMark& place : told.marks) {
    if (place.n > best.n && is_here(rows, place)) best = place;
  }
  return best;
}

std::vector<sync::AuditEntry> lines_behind(database::Connection& rows, const AuditMark& place) {
  auto entries = database::audit_from(rows, place.n + 1, sync::rules::audit_lines_max);
  std::size_t bytes = 0;
  const auto too_much = std::ranges::find_if(entries, [&](const sync::AuditEntry& one) {
    bytes +=
        one.staff.size() + one.device.size() + one.action.size() + one.subject.size() + one.outcome.size() + one.request.size();
    return bytes > bytes_max;
  });
  if (too_much != entries.begin()) entries.erase(too_much, entries.end());
  return entries;
}

}  // namespace

AuditTeller::Looked AuditTeller::look(database::SqliteReplica& replica, sync::ends::StoreEnd& end, const sync::TransactionId& id,
                                      Now now) {
  Looked out;
  if (end.state().in_doubt) {
    out.again_in_ms = audit_doubt_ms;
    return out;
  }
  database::Connection& rows = replica.connection();
  const sync::DocumentKey key = audit_key(end.state().store);
  const auto base = base_of(replica, key);
  const auto overlay = replica.overlay(key);
  const AuditChain told = chain_in(overlay ? overlay->body : base);
  const AuditMark last = database::audit_end(rows);
  // What was told had no effect: a hub that does not know of audits yet. It is told again, and seldom; another hub than that at
  // once, for a hub that was set back may not have it any more.
  const sync::Era era = end.state().era_heard;
  const bool lost = told.last.n < told_n_ && era == told_era_ && now.mono < told_at_.plus(audit_rest_ms);
  if (lost) return out;

  sync::rules::AuditAppend append;
  const AuditMark start = shared_place(rows, told);
  append.before = append.said = start.hash;
  append.entries = lines_behind(rows, start);
  if (!append.entries.empty()) append.said = append.entries.back().hash;
  const std::uint64_t checked_before = checked_.n;
  const auto altered = database::check_audit(rows, checked_, checked_at_once);
  if (altered || checked_.n == checked_before) checked_ = {};
  if (told.last.n > last.n && append.entries.empty()) append.found = AuditBreak{last.n + 1, "cut", {}};
  if (altered && *altered <= start.n) append.found = AuditBreak{*altered, "altered", {}};
  const auto is_found = [&](const AuditBreak& one) { return one.n == append.found->n && one.what == append.found->what; };
  if (append.found && std::ranges::any_of(told.breaks, is_found)) append.found.reset();

  const bool more = !append.entries.empty() && append.said != last.hash;
  if (!append.entries.empty() || append.found) {
    sync::ends::LocalAction action{id, sync::Nature::fact, "edge", {}};
    action.operations.push_back(sync::protocol::encode_audit_operation(end.state().store, append));
    out.effects = end.perform(action, now).effects;
    told_n_ = append.entries.empty() ? told.last.n : append.entries.back().n;
    told_at_ = now.mono;
    told_era_ = era;
  }
  if (more) out.again_in_ms = audit_more_ms;
  // What the hub has confirmed, and not what is on its way.
  const AuditChain confirmed = chain_in(base);
  if (is_here(rows, confirmed.last)) {
    const UtcMs before = end.hub_time(now.utc).plus(-audit_keep_days * 86'400'000);
    database::prune_audit(rows, confirmed.last.n, before, pruned_at_once);
  }
  return out;
}

}  // namespace vitrine::edge::daemon
