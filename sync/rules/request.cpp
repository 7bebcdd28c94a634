// SPDX-License-Identifier: Apache-2.0
// Example followed: Nadia and Tom both go to the kiosk by the stairs, each seen by another box; whoever said so last is shown,
// and the request ends once.
#include "sync/rules/request.hpp"

#include <algorithm>

#include "sync/planted.hpp"
#include "sync/rules/stamps.hpp"

namespace vitrine::sync::rules {

namespace {

Stamp stamp_of(const ApplyContext& context) {
  return {context.at, context.transaction.text + "." + std::to_string(context.operation_index)};
}

// CONFLICT: one request is raised twice. RESOLUTION: the first word stands.
void act(HelpRequest& request, const RequestRaise& raise, const Stamp& stamp) {
  keep_first(request.raised, {raise.device, raise.where, raise.language, raise.context, stamp});
}

// CONFLICT: the shopper says what it is about, and changes their mind. RESOLUTION: what they said last.
void act(HelpRequest& request, const RequestSay& say, const Stamp& stamp) { keep_last(request.topic, {say.about, stamp}); }

// CONFLICT: two people go there. RESOLUTION: a mark is a word between colleagues of one store, whose one writer lets nobody take
// what another has (edge/local_api/help_commands.cpp); where two boxes speak for a store, the later mark is shown.
void act(HelpRequest& request, const RequestTake& take, const Stamp& stamp) {
  keep_last(request.taken, {take.who, take.minutes, stamp});
  if (planted(Bug::request_reopened)) request.ended.reset();
}

// CONFLICT: the shopper gives up while somebody helps, or it ends twice. RESOLUTION: it ended when it first did; a mark that
// comes later does not open it again.
void act(HelpRequest& request, const RequestEnd& end, const Stamp& stamp) {
  if (planted(Bug::request_ends_last)) return keep_last(request.ended, {end.how, stamp});
  keep_first(request.ended, {end.how, stamp});
}

}  // namespace

HelpRequest apply(const std::optional<HelpRequest>& request, const StoreId& store, const RequestOperation& operation,
                  const ApplyContext& context) {
  HelpRequest after = request.value_or(HelpRequest{store, context.at, {}, {}, {}, {}});
  after.since = std::min(after.since, context.at);
  std::visit([&](const auto& op) { act(after, op, stamp_of(context)); }, operation);
  return after;
}

RequestState state_of(const HelpRequest& request) {
  if (request.ended) return RequestState::ended;
  return request.taken && !request.taken->who.empty() ? RequestState::taken : RequestState::waiting;
}

const char* word_of(RequestState state) {
  switch (state) {
    case RequestState::waiting:
      return "waiting";
    case RequestState::taken:
      return "taken";
    case RequestState::ended:
      break;
  }
  return "ended";
}

UtcMs expires_at(const HelpRequest& request) {
  if (planted(Bug::request_forgotten_early) && request.ended) return request.ended->stamp.at;
  return request.since.plus(request_kept_ms);
}

}  // namespace vitrine::sync::rules
