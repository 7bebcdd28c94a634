// SPDX-License-Identifier: Apache-2.0
// The routes of shoppers who ask for a person.
#include <algorithm>
#include <array>

#include "edge/local_api/api.hpp"
#include "edge/local_api/help.hpp"

namespace vitrine::edge::local_api {

using sync::RequestId;
using sync::rules::RequestState;

Reply Api::help_reply(const Result<RequestId>& id) {
  if (!id) return problem(id.error());
  if (!sync::is_hex_128(id->text)) return problem({"request_unknown", "no such request is here"});
  std::string tag;
  Reply reply = read([&](Readers& readers) {
    auto view = help_view(*readers.store, surroundings(), *id);
    if (view) tag = view->tag;
    return view;
  });
  reply.entity_tag = std::move(tag);
  return reply;
}

Reply Api::get_requests(const Call& call, const std::vector<std::string>&) {
  const auto limit = limit_of(call, 50, help_limit_max);
  if (!limit) return problem(limit.error());
  std::optional<RequestState> state;
  if (const auto word = call.query.find("state"); word != call.query.end() && !word->second.empty()) {
    for (const auto one : {RequestState::waiting, RequestState::taken, RequestState::ended}) {
      if (word->second == sync::rules::word_of(one)) state = one;
    }
    if (!state) return problem({"invalid_request", "state is waiting, taken or ended"});
  }
  return read([&](Readers& readers) {
    auto queue = help_queue(*readers.store, surroundings(), state, *limit);
    if (queue) route(*queue, available(*readers.store), setup_.routing);
    return queue;
  });
}

std::vector<Available> Api::available(database::Reader& reader) {
  const auto rules = reader.staff_rules();
  std::vector<Available> people;
  for (const Session& session : sessions_.all(rules, setup_.now().mono)) {
    auto staff = reader.staff(setup_.store, session.staff);
    if (!staff || !staff->works_at(surroundings().now)) continue;
    const auto role = rules.roles.find(staff->role);
    people.push_back(
        {std::move(*staff), role == rules.roles.end() ? std::vector<std::string>() : role->second, session.locked, false});
  }
  return people;
}

Reply Api::get_request(const Call&, const std::vector<std::string>& in_path) { return help_reply(RequestId{in_path[0]}); }

Reply Api::post_request(const Call& call, const std::vector<std::string>&) {
  auto request = decode_raise_help(call.body);
  if (!request) return problem(request.error());
  return help_reply(perform<RequestId>(call, [asked = std::move(*request)](Desk& desk) { return raise_help(desk, asked); }));
}

Reply Api::post_request_action(const Call& call, const std::vector<std::string>& in_path) {
  if (!sync::is_hex_128(in_path[0])) return problem({"request_unknown", "no such request is here"});
  auto request = decode_help_action(in_path[0], call.body);
  if (!request) return problem(request.error());
  request->if_match = call.if_match;
  // Who goes there is who is signed in.
  auto* take = std::get_if<sync::rules::RequestTake>(&request->operation);
  if (take != nullptr && request->takes) take->who = call.acting ? call.acting->staff : std::string();
  return help_reply(perform<RequestId>(call, [asked = std::move(*request)](Desk& desk) { return act(desk, asked); }));
}

}  // namespace vitrine::edge::local_api
