// SPDX-License-Identifier: Apache-2.0
// The routes of tickets.
#include "edge/local_api/api.hpp"
#include "edge/local_api/tickets.hpp"

namespace vitrine::edge::local_api {

// A receipt is between the till and whoever paid: a kiosk's screen does not have it.
Reply Api::ticket_reply(const Call& call, const Result<std::string>& name) {
  if (!name) return problem(name.error());
  return read([&](Readers& readers) {
    auto view = ticket_view(*readers.store, surroundings(), *name);
    if (view && call.caller.role == DeviceRole::kiosk) view->ticket.receipt.clear();
    return view;
  });
}

Reply Api::get_ticket(const Call& call, const std::vector<std::string>& in_path) { return ticket_reply(call, in_path[0]); }

Reply Api::post_ticket(const Call& call, const std::vector<std::string>&) {
  auto request = decode_make_ticket(call.body);
  if (!request) return problem(request.error());
  return ticket_reply(call, perform<std::string>(call, [asked = std::move(*request), around = surroundings()](Desk& desk) {
                        return make_ticket(desk, around, asked);
                      }));
}

Reply Api::post_ticket_action(const Call& call, const std::vector<std::string>& in_path) {
  auto request = decode_ticket_action(in_path[0], call.body);
  if (!request) return problem(request.error());
  return ticket_reply(call, perform<std::string>(call, [asked = std::move(*request)](Desk& desk) { return act(desk, asked); }));
}

}  // namespace vitrine::edge::local_api
