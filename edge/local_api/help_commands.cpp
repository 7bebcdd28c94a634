// SPDX-License-Identifier: Apache-2.0
// A kiosk asks for a person, staff take it and end it. The store's one writer lets nobody take what another has.
// Example followed: a shopper presses "Ask for help" twice; one request stands in the queue, and Nadia takes it.
#include <algorithm>
#include <array>

#include "edge/local_api/help.hpp"
#include "edge/local_api/measuring.hpp"
#include "edge/local_api/request_fields.hpp"
#include "sync/planted.hpp"
#include "sync/protocol/entity_tag.hpp"
#include "sync/protocol/request_codec.hpp"

namespace vitrine::edge::local_api {

using namespace sync::rules;
using sync::HelpRequest;
using sync::RequestId;
using sync::protocol::Fields;

namespace {

constexpr std::size_t name_bytes_max = 32;

std::string topic_of(const Fields& fields, bool needed) {
  const auto about = fields.text_if_any("about", 1, name_bytes_max);
  if (about ? !sync::protocol::is_request_topic(*about) : needed) fields.wrong("about", "is finding, reach, paying or access");
  return about.value_or("");
}

struct Action {
  std::string_view name;
  RequestOperation (*read)(const Fields& fields);
};
constexpr auto actions = std::to_array<Action>(
    {{"say", [](const Fields& in) -> RequestOperation { return RequestSay{topic_of(in, true)}; }},
     {"take",
      [](const Fields& in) -> RequestOperation {
        return RequestTake{"", in.integer_if_any("minutes", 1, request_minutes_max).value_or(0)};
      }},
     {"put_back", [](const Fields&) -> RequestOperation { return RequestTake{}; }},
     {"end", [](const Fields& in) -> RequestOperation { return RequestEnd{in.text("how", sync::protocol::is_request_end)}; }}});

struct Seen {
  HelpRequest request;
  std::string tag;
};

std::optional<Seen> seen(Desk& desk, const RequestId& id) {
  const auto body = desk.reader.body("request", sync::protocol::request_key(desk.store, id).id);
  if (!body) return std::nullopt;
  auto request = sync::protocol::decode_request_document(*body);
  if (!request) return std::nullopt;
  return Seen{std::move(*request), sync::protocol::entity_tag(*body)};
}

// Of a device that asks again while it waits.
struct OpenRequest {
  RequestId id;
  std::string context;
};
std::optional<OpenRequest> open_of(Desk& desk, const std::string& device) {
  std::optional<OpenRequest> open;
  desk.reader.each_seen("request", [&](std::string_view document, std::string_view body) {
    const auto id = sync::protocol::request_id(document);
    const auto request = sync::protocol::decode_request_document(body);
    if (!id || !request || state_of(*request) == RequestState::ended) return;
    if (request->raised && request->raised->device == device) open = {id->second, request->raised->context};
  });
  return open;
}

// By staff alone: what the shopper calls off was no contact.
void measure(Desk& desk, const HelpAction& asked, RequestState before) {
  const sync::DocumentKey key = sync::protocol::request_key(desk.store, asked.id);
  const auto* take = std::get_if<RequestTake>(&asked.operation);
  const auto* end = std::get_if<RequestEnd>(&asked.operation);
  if (take != nullptr && take->who.empty() && before == RequestState::taken) measure_contact(desk, key, ContactStep::put_back);
  if (end != nullptr && end->how == "helped") measure_contact(desk, key, ContactStep::resolved);
  if (end != nullptr && end->how == "gone") measure_contact(desk, key, ContactStep::unresolved);
}

Result<void> perform(Desk& desk, const sync::TransactionId& request, const std::string& device,
                     std::vector<sync::Operation> operations) {
  sync::ends::LocalAction action;
  action.id = request;
  action.nature = sync::Nature::fact;
  action.actor = device;
  action.operations = std::move(operations);
  return local_api::perform(desk, action, "this cannot be written down");
}

}  // namespace

Result<RaiseHelp> decode_raise_help(std::string_view text) {
  return decode_request<RaiseHelp>(text, [](const Fields& fields, RaiseHelp& asked) {
    asked.where = fields.text_if_any("where", 1, request_text_bytes_max).value_or("");
    asked.language = fields.text_if_any("language", 1, name_bytes_max).value_or("");
    asked.context = fields.text_if_any("context", sync::protocol::is_request_context).value_or("");
    asked.about = topic_of(fields, false);
  });
}

Result<HelpAction> decode_help_action(std::string_view id, std::string_view text) {
  return decode_request<HelpAction>(text, [&](const Fields& fields, HelpAction& asked) {
    asked.id.text = id;
    const std::string name = fields.text("action", 1, 16);
    const auto row = std::ranges::find(actions, name, &Action::name);
    if (row == actions.end()) return fields.wrong("action", "is say, take, put_back or end");
    asked.operation = row->read(fields);
    asked.takes = name == "take";
  });
}

Result<RequestId> raise_help(Desk& desk, const RaiseHelp& asked) {
  const RequestId id{asked.request.text};
  if (desk.replica.n_of(asked.request)) return id;
  if (desk.reader.in_doubt()) return in_doubt();
  const auto open = open_of(desk, asked.device);
  if (open && open->context == asked.context) return open->id;
  std::vector<sync::Operation> operations;
  const auto add = [&](const RequestId& on, const RequestOperation& operation) {
    operations.push_back(sync::protocol::encode_request_operation(desk.store, on, operation));
  };
  if (open) add(open->id, RequestEnd{"gone"});
  add(id, RequestRaise{asked.device, asked.where, asked.language, asked.context});
  if (!asked.about.empty()) add(id, RequestSay{asked.about});
  if (auto done = perform(desk, asked.request, asked.device, std::move(operations)); !done) return std::unexpected(done.error());
  return id;
}

Result<RequestId> act(Desk& desk, const HelpAction& asked) {
  if (desk.replica.n_of(asked.request)) return asked.id;
  if (desk.reader.in_doubt()) return in_doubt();
  const auto before = seen(desk, asked.id);
  if (!before) return fail("request_unknown", "no such request is here");
  if (!asked.if_match.empty() && asked.if_match != before->tag)
    return fail("changed_meanwhile", "the request has changed since it was read");
  const RequestState state = state_of(before->request);
  if (state == RequestState::ended) return fail("request_over", "the request is over: " + before->request.ended->how);
  const auto* take = std::get_if<RequestTake>(&asked.operation);
  const bool others =
      take != nullptr && !take->who.empty() && state == RequestState::taken && before->request.taken->who != take->who;
  if (others && !planted(sync::Bug::request_taken_twice)) return fail("request_taken", "somebody else goes there");
  auto operation = sync::protocol::encode_request_operation(desk.store, asked.id, asked.operation);
  if (auto done = perform(desk, asked.request, asked.device, {std::move(operation)}); !done) return std::unexpected(done.error());
  measure(desk, asked, state);
  return asked.id;
}

}  // namespace vitrine::edge::local_api
