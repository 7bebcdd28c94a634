// SPDX-License-Identifier: Apache-2.0
// Whether a call is let in: the device by the socket that it came through, the person by a session, both by the table of
// access.hpp.
#include <algorithm>

#include "edge/database/audit.hpp"
#include "edge/local_api/api.hpp"
#include "edge/local_api/receipts.hpp"

namespace vitrine::edge::local_api {

namespace {

constexpr std::size_t subject_bytes_max = 80;

bool may_device(const AccessRow& row, DeviceRole role) {
  switch (role) {
    case DeviceRole::kiosk:
      return row.kiosk;
    case DeviceRole::counter:
      return row.counter != nobody;
    case DeviceRole::till:
      return row.till;
    case DeviceRole::operator_:
      return row.operator_;
  }
  return false;
}

// "POST /v1/orders/{id}/actions" with hand_over → "orders.hand_over".
std::string name_of(const AccessRow& row) {
  constexpr std::string_view start = "/v1/";
  std::string_view noun = row.path.starts_with(start) ? row.path.substr(start.size()) : row.path;
  noun = noun.substr(0, noun.find('/'));
  std::string verb(row.action.empty() ? row.method : row.action);
  std::ranges::transform(verb, verb.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return std::string(noun) + "." + verb;
}

}  // namespace

Result<std::optional<Acting>> Api::admit(const Route& route, const Call& call, const std::vector<std::string>& in_path) {
  Claims claims;
  const bool writes = route.method != "GET";
  if (writes) {
    auto said = claims_of(call.body);
    if (!said) return std::unexpected(said.error());
    claims = std::move(*said);
  }
  const bool acts = has_actions(route.method, route.path);
  const AccessRow* row = access_row(route.method, route.path, acts ? claims.action : "");
  if (row == nullptr && acts) return fail("invalid_request", "action is none of those in docs/openapi-edge.yaml");
  if (row == nullptr || !may_device(*row, call.caller.role))
    return fail("device_refused", "a " + std::string(word_of(call.caller.role)) + " may not ask for this");
  if (!call.caller.device.empty() && !claims.device.empty() && claims.device != call.caller.device)
    return fail("device_refused", "this is the socket of " + call.caller.device);
  const std::string& device = call.caller.device.empty() ? claims.device : call.caller.device;
  if (sync::is_store_id(device) && call.caller.role != DeviceRole::operator_)
    seen_.see(device, call.caller.role, surroundings().now);
  if (call.caller.role == DeviceRole::kiosk) return std::nullopt;
  std::string subject = in_path.empty() ? "" : in_path[0].substr(0, subject_bytes_max);
  if (route.path.starts_with("/v1/purchases/")) subject = audited_name(setup_.store, subject);
  Acting acting{{}, call.caller.device, name_of(*row), std::move(subject), claims.request};
  if (call.caller.role == DeviceRole::counter && row->counter != unattended) {
    auto staff = admit_staff(*row, call, std::move(acting));
    if (!staff) return std::unexpected(staff.error());
    acting = std::move(*staff);
  }
  if (!writes && !row->seen) return std::nullopt;
  if (!writes) {
    if (auto noted = write_down(acting, "seen"); !noted) return std::unexpected(noted.error());
    return std::nullopt;
  }
  return acting;
}

Result<Acting> Api::admit_staff(const AccessRow& row, const Call& call, Acting acting) {
  const MonoMs now = setup_.now().mono;
  auto readers = readers_.borrow();
  if (!readers) return std::unexpected(readers.error());
  const auto rules = readers->store->staff_rules();
  const auto session = sessions_.find(call.session, call.caller.device, rules, now);
  const auto staff = session ? readers->store->staff(setup_.store, session->staff) : std::nullopt;
  readers_.give_back(std::move(*readers));
  if (!session) return std::unexpected(session.error());
  if (!staff || !staff->works_at(surroundings().now)) {
    sessions_.end(call.session);
    return fail("session_over", "who was signed in here works here no longer");
  }
  acting.staff = session->staff;
  const auto role = rules.roles.find(staff->role);
  const bool may = row.counter == somebody ||
                   (role != rules.roles.end() && std::ranges::find(role->second, row.counter) != role->second.end());
  if (!may) {
    acting.request.clear();  // each time that it is tried
    if (auto noted = write_down(acting, "not_permitted"); !noted) return std::unexpected(noted.error());
    return fail("not_permitted", "this needs the permission " + std::string(row.counter));
  }
  // What a screen fetches by itself keeps nobody signed in.
  if (row.method != "GET") sessions_.touch(call.session, now);
  return acting;
}

Result<void> Api::write_down(const Acting& acting, const std::string& outcome) {
  const auto done = setup_.perform([acting, outcome](Desk& desk) -> Result<sync::CartId> {
    database::append_audit(
        desk.replica.connection(),
        {0, desk.end.hub_time(desk.now.utc), acting.staff, acting.device, acting.action, acting.subject, outcome, "", {}});
    return sync::CartId{};
  });
  if (!done) return std::unexpected(done.error());
  return {};
}

Result<sync::CartId> Api::run(const Call& call, std::function<Result<sync::CartId>(Desk&)> work) {
  if (!call.acting) return setup_.perform(std::move(work));
  return setup_.perform([work = std::move(work), acting = *call.acting](Desk& desk) {
    auto done = work(desk);
    if (done && !desk.waits_for) {
      database::append_audit(desk.replica.connection(), {0,
                                                         desk.end.hub_time(desk.now.utc),
                                                         acting.staff,
                                                         acting.device,
                                                         acting.action,
                                                         acting.subject,
                                                         "done",
                                                         acting.request,
                                                         {}});
    }
    return done;
  });
}

}  // namespace vitrine::edge::local_api
