// SPDX-License-Identifier: Apache-2.0
// The routes of conversations. Whom one is with is told to who opens it: from then on they are a customer at that counter.
#include <algorithm>

#include "edge/local_api/api.hpp"
#include "edge/local_api/cases.hpp"
#include "edge/local_api/people.hpp"

namespace vitrine::edge::local_api {

namespace {
const Call no_audit;  // these write lines of their own, with whom they are about
const std::string reason_of_case = "case";
}  // namespace

Reply Api::get_cases(const Call& call, const std::vector<std::string>&) {
  const auto limit = limit_of(call, 50, cases_limit_max);
  if (!limit) return problem(limit.error());
  return read([&](Readers& readers) {
    auto queue = case_queue(*readers.store, surroundings(), *limit);
    if (queue) route(*queue, available(*readers.store), setup_.routing);
    return queue;
  });
}

Reply Api::post_case_look_up(const Call& call, const std::vector<std::string>& in_path) {
  if (!sync::is_hex_128(in_path[0])) return problem({"case_unknown", "no such conversation waits here"});
  const std::string staff = call.acting ? call.acting->staff : std::string();
  const auto customer = perform<sync::CustomerId>(
      no_audit, [id = sync::CaseId{in_path[0]}, staff, device = call.caller.device](Desk& desk) -> Result<sync::CustomerId> {
        return open_case(desk, id, staff, device);
      });
  if (!customer) return problem(customer.error());
  cases_opened_.fetch_add(1, std::memory_order_relaxed);
  const MonoMs now = setup_.now().mono;
  const LookUp look_up{staff, call.caller.device, *customer, reason_of_case, now};
  const auto handle = look_ups_.open(look_up, now);
  if (!handle) return problem(handle.error());
  const auto view = view_customer(*handle, look_up, nullptr);
  return view ? ok(to_json(*view)) : problem(view.error());
}

// The part that it stands in now; closed, or let go, that may be another one.
Reply Api::case_reply(const std::string& handle, const LookUp& look_up, const Result<sync::CaseId>& id) {
  if (!id) return problem(id.error());
  case_acts_.fetch_add(1, std::memory_order_relaxed);
  for (const char* panel : {"cases", "conversations"}) {
    const auto view = view_customer(handle, look_up, panel_named(panel));
    if (!view) return problem(view.error());
    const bool there =
        std::ranges::any_of(view->cases, [&](const CaseView& one) { return one.id == *id; }) || view->panel == "conversations";
    if (there) return ok(to_json(*view));
  }
  return problem({"internal", "there is no such part"});
}

Reply Api::post_note(const Call& call, const std::vector<std::string>& in_path) {
  auto asked = decode_new_note(call.body);
  if (!asked) return problem(asked.error());
  const auto look_up = look_up_of(call, in_path[0]);
  if (!look_up) return problem(look_up.error());
  return case_reply(in_path[0], *look_up, perform<sync::CaseId>(no_audit, [asked = *asked, look_up = *look_up](Desk& desk) {
                      return take_note(desk, look_up, asked);
                    }));
}

Reply Api::post_case_action(const Call& call, const std::vector<std::string>& in_path) {
  if (!sync::is_hex_128(in_path[1])) return problem({"case_unknown", "no such conversation of theirs is here"});
  auto asked = decode_case_action(in_path[1], call.body);
  if (!asked) return problem(asked.error());
  const auto look_up = look_up_of(call, in_path[0]);
  if (!look_up) return problem(look_up.error());
  return case_reply(in_path[0], *look_up, perform<sync::CaseId>(no_audit, [asked = *asked, look_up = *look_up](Desk& desk) {
                      return act(desk, look_up, asked);
                    }));
}

}  // namespace vitrine::edge::local_api
