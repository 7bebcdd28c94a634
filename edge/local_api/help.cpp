// SPDX-License-Identifier: Apache-2.0
// Reads every request that is here: those of two days.
#include "edge/local_api/help.hpp"

#include <algorithm>
#include <tuple>

#include "sync/protocol/entity_tag.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/protocol/request_codec.hpp"

namespace vitrine::edge::local_api {

using sync::HelpRequest;
using sync::RequestId;
using sync::protocol::JsonWriter;
using sync::rules::RequestState;

namespace {

void each_request(database::Reader& reader,
                  const std::function<void(const RequestId&, HelpRequest, std::string_view body)>& each) {
  reader.each_seen("request", [&](std::string_view document, std::string_view body) {
    const auto id = sync::protocol::request_id(document);
    auto request = sync::protocol::decode_request_document(body);
    if (id && request) each(id->second, std::move(*request), body);
  });
}

// What colleagues and shoppers call them.
std::string name_of(database::Reader& reader, const HelpRequest& request) {
  if (!request.taken || request.taken->who.empty()) return {};
  const auto staff = reader.staff(request.store, request.taken->who);
  return staff ? staff->name : std::string();
}

Error in_doubt_error() { return in_doubt().error(); }

void write(JsonWriter& out, const HelpView& view) {
  const HelpRequest& request = view.request;
  const RequestState state = sync::rules::state_of(request);
  out.object().field("id", view.id.text).field("state", sync::rules::word_of(state)).field("since", request.since.value);
  const sync::RequestOrigin origin = request.raised.value_or(sync::RequestOrigin{});
  out.field("device", origin.device).field("where", origin.where).field("language", origin.language);
  out.field("context", origin.context).field("about", request.topic ? request.topic->about : std::string());
  out.field("late", state == RequestState::waiting && view.now.value - request.since.value > help_goal_ms);
  out.key("taken");
  if (request.taken && !request.taken->who.empty()) {
    out.object().field("who", request.taken->who).field("name", view.name).field("minutes", request.taken->minutes);
    out.field("at", request.taken->stamp.at.value).end_object();
  } else {
    out.null();
  }
  if (view.routing) write(out, *view.routing);
  out.key("ended");
  if (request.ended) {
    out.object().field("how", request.ended->how).field("at", request.ended->stamp.at.value).end_object();
  } else {
    out.null();
  }
  out.end_object();
}

}  // namespace

Result<HelpQueue> help_queue(database::Reader& reader, const Surroundings& around, std::optional<RequestState> state,
                             std::size_t limit) {
  reader.begin();
  HelpQueue queue;
  const bool doubtful = reader.in_doubt();
  each_request(reader, [&](const RequestId& id, HelpRequest request, std::string_view body) {
    const RequestState of = sync::rules::state_of(request);
    if (state ? of != *state : of == RequestState::ended) return;
    queue.requests.push_back({id, std::move(request), sync::protocol::entity_tag(body), {}, around.now});
  });
  std::ranges::sort(queue.requests, {}, [](const HelpView& view) { return std::tuple(view.request.since, view.id); });
  queue.more = queue.requests.size() > limit;
  if (queue.more) queue.requests.resize(limit);
  for (HelpView& view : queue.requests) view.name = name_of(reader, view.request);
  if (auto failed = reader.end()) return std::unexpected(*failed);
  if (doubtful) return std::unexpected(in_doubt_error());
  return queue;
}

Result<HelpView> help_view(database::Reader& reader, const Surroundings& around, const RequestId& id) {
  reader.begin();
  const bool doubtful = reader.in_doubt();
  const auto body = reader.body("request", sync::protocol::request_key(around.store, id).id);
  auto request = body ? sync::protocol::decode_request_document(*body) : fail("request_unknown", "no such request is here");
  std::string name = request ? name_of(reader, *request) : std::string();
  if (auto failed = reader.end()) return std::unexpected(*failed);
  if (doubtful) return std::unexpected(in_doubt_error());
  if (!request) return std::unexpected(request.error());
  return HelpView{id, std::move(*request), sync::protocol::entity_tag(*body), std::move(name), around.now};
}

void route(HelpQueue& queue, std::vector<Available> people, const RoutingRules& rules) {
  // Who goes to somebody is not free.
  for (const HelpView& view : queue.requests) {
    if (sync::rules::state_of(view.request) != RequestState::taken) continue;
    for (Available& one : people) one.busy = one.busy || one.staff.number == view.request.taken->who;
  }
  for (HelpView& view : queue.requests) {
    if (sync::rules::state_of(view.request) != RequestState::waiting) continue;
    const sync::RequestOrigin origin = view.request.raised.value_or(sync::RequestOrigin{});
    const std::string about = view.request.topic ? view.request.topic->about : std::string();
    view.routing = route({view.request.since, origin.device, origin.language, origin.context, about}, people, rules);
  }
}

HelpFigures count_help(database::Reader& reader, UtcMs now) {
  HelpFigures figures;
  each_request(reader, [&](const RequestId&, const HelpRequest& request, std::string_view) {
    const RequestState state = sync::rules::state_of(request);
    ++figures.by_state[static_cast<std::size_t>(state)];
    if (request.ended) ++figures.by_end[request.ended->how];
    if (state == RequestState::waiting) figures.oldest_ms = std::max(figures.oldest_ms, now.value - request.since.value);
  });
  return figures;
}

std::string to_json(const HelpView& view) {
  JsonWriter out;
  write(out, view);
  return out.take();
}

std::string to_json(const HelpQueue& queue) {
  JsonWriter out;
  out.object().key("requests").array();
  for (const HelpView& view : queue.requests) write(out, view);
  out.end_array().field("more", queue.more).end_object();
  return out.take();
}

}  // namespace vitrine::edge::local_api
