// SPDX-License-Identifier: Apache-2.0
// Example followed: Maya asks in a chat whether the cake stand is dishwasher safe; the store answers and closes it without a
// line, while she writes that she needs it on Friday. Nobody has seen that, so it is open again when both are known.
#include "sync/rules/case.hpp"

#include <algorithm>

#include "sync/planted.hpp"
#include "sync/rules/stamps.hpp"

namespace vitrine::sync::rules {

namespace {

Stamp stamp_of(const ApplyContext& context) {
  return {context.at, context.transaction.text + "." + std::to_string(context.operation_index)};
}

// The newest of them stay, whatever the order in which they became known.
template <class List>
void keep_newest(List& list) {
  if (list.size() > case_messages_max) list.erase(list.begin(), list.end() - static_cast<std::ptrdiff_t>(case_messages_max));
}

// CONFLICT: the platform and a store say what it is. RESOLUTION: what was said last.
void act(Case& one, const CaseOpen& open, const Stamp& stamp) {
  keep_last(one.head, {open.channel, open.summary, open.store, open.reference, stamp});
}

// CONFLICT: two people say something. RESOLUTION: both stand, by their time; one that is told twice stands once.
void act(Case& one, const CaseNote& note, const Stamp& stamp) {
  const auto place = std::ranges::lower_bound(one.messages, stamp, {}, &CaseMessage::stamp);
  if (place != one.messages.end() && place->stamp == stamp) return;
  one.messages.insert(place, {note.by_customer, note.name, note.store, note.text, stamp});
  keep_newest(one.messages);
}

// CONFLICT: two people take it. RESOLUTION: a mark is a word between colleagues of one store, whose one writer lets nobody take
// what another has (edge/local_api/case_commands.cpp); where two boxes speak, the later mark is shown.
void act(Case& one, const CaseTake& take, const Stamp& stamp) {
  if (one.owner && planted(Bug::case_owner_stays)) return;
  keep_last(one.owner, {take.who, take.name, take.store, stamp});
}

// CONFLICT: it is closed while the customer writes. RESOLUTION: it is closed once everything that they wrote was seen by somebody
// who closed it; what nobody saw keeps it open, or opens it again.
void act(Case& one, const CaseClose& close, const Stamp& stamp) {
  if (planted(Bug::case_answers_replaced)) one.answered.clear();
  for (const Stamp& seen : close.seen) {
    const auto place = std::ranges::lower_bound(one.answered, seen);
    if (place == one.answered.end() || *place != seen) one.answered.insert(place, seen);
  }
  keep_newest(one.answered);
  keep_last(one.closed, {close.how, close.name, stamp});
}

}  // namespace

std::optional<Case> apply(const std::optional<Case>& before, const CustomerId& customer, const CaseOperation& operation,
                          const ApplyContext& context) {
  // CONFLICT: it is spoken of after its time, or after somebody was erased. RESOLUTION: what is forgotten stays forgotten.
  if (!before && context.lineage.now.number > 0) return std::nullopt;
  Case after = before.value_or(Case{customer, context.at, context.at, {}, {}, {}, {}, {}});
  after.since = std::min(after.since, context.at);
  after.until = std::max(after.until, context.at);
  std::visit([&](const auto& op) { act(after, op, stamp_of(context)); }, operation);
  return after;
}

CaseState state_of(const Case& one) {
  const bool all_seen = std::ranges::all_of(one.messages, [&](const CaseMessage& message) {
    return !message.by_customer || planted(Bug::case_closed_unread) || std::ranges::binary_search(one.answered, message.stamp);
  });
  if (one.closed && all_seen) return CaseState::closed;
  return one.owner && !one.owner->who.empty() ? CaseState::taken : CaseState::open;
}

const char* word_of(CaseState state) {
  switch (state) {
    case CaseState::open:
      return "open";
    case CaseState::taken:
      return "taken";
    case CaseState::closed:
      break;
  }
  return "closed";
}

std::optional<StoreId> waits_for(const Case& one) {
  return one.head && state_of(one) != CaseState::closed ? one.head->store : std::nullopt;
}

UtcMs expires_at(const Case& one) { return one.until.plus(case_kept_ms); }

}  // namespace vitrine::sync::rules
