// SPDX-License-Identifier: Apache-2.0
// The routes of staff: who is here, signing in and out, locking.
#include <algorithm>

#include "edge/local_api/answers_json.hpp"
#include "edge/local_api/api.hpp"
#include "edge/local_api/request_fields.hpp"
#include "sync/model/staff.hpp"
#include "sync/protocol/badge.hpp"
#include "sync/protocol/json_writer.hpp"

namespace vitrine::edge::local_api {

using sync::protocol::JsonWriter;

namespace {

void write_texts(JsonWriter& out, const char* key, const std::vector<std::string>& texts) {
  out.key(key).array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
}

void write_member(JsonWriter& out, const sync::Staff& staff) {
  out.object().field("staff", staff.number).field("name", staff.name).field("initial", staff.initial).field("role", staff.role);
  write_texts(out, "languages", staff.languages);
  write_texts(out, "skills", staff.skills);
  write_texts(out, "zones", staff.zones);
  out.end_object();
}

Reply refusal(const Refused& refused) {
  const int status = status_of(refused.error);
  std::string body = problem_json(status, refused.error);
  body.pop_back();
  JsonWriter more;
  more.object();
  if (refused.tries_left) more.key("tries_left").number(static_cast<std::int64_t>(*refused.tries_left));
  if (refused.wait_ms > 0) more.key("wait_ms").number(refused.wait_ms).key("supervisor").truth(refused.supervisor);
  std::string rest = more.end_object().take();
  if (rest != "{}") return {status, "application/problem+json", body + "," + rest.substr(1)};
  return {status, "application/problem+json", body + "}"};
}

struct SessionAction {
  sync::TransactionId request;
  std::string device;
  std::string action;
  std::string pin;
  std::string badge;
};

struct StaffAction {
  sync::TransactionId request;
  std::string device;
};

Result<SessionAction> decode_session_action(std::string_view json) {
  return decode_request<SessionAction>(json, [](const sync::protocol::Fields& fields, SessionAction& asked) {
    asked.action = fields.text("action", 1, 16);
    if (asked.action != "unlock") return;
    asked.badge = fields.text_if_any("badge", 1, sync::protocol::badge_text_max).value_or("");
    if (asked.badge.empty()) asked.pin = fields.text("pin", sync::is_pin);
  });
}

}  // namespace

Reply Api::get_staff(const Call&, const std::vector<std::string>&) {
  auto readers = readers_.borrow();
  if (!readers) return problem(readers.error());
  std::vector<sync::Staff> all = readers->store->all_staff();
  readers_.give_back(std::move(*readers));
  const UtcMs now = surroundings().now;
  std::erase_if(all, [&](const sync::Staff& staff) { return !staff.works_at(now); });
  JsonWriter out;
  out.object().key("staff").array();
  for (const sync::Staff& staff : all) write_member(out, staff);
  out.end_array().end_object();
  return ok(out.take());
}

std::expected<std::string, Refused> Api::judge_sign_in(const SignIn& request, std::string_view action, const std::string& only) {
  const auto failed = [&](Error error) { return std::unexpected(Refused{std::move(error), std::nullopt, 0, false}); };
  const Call no_audit;  // signing in writes its own lines
  const auto asked = perform<Asked>(
      no_audit, [request, boot = setup_.boot](Desk& desk) -> Result<Asked> { return begin_sign_in(desk, request, boot); });
  if (!asked) return failed(asked.error());
  if (!asked->challenge) {
    sign_ins_refused_.fetch_add(1, std::memory_order_relaxed);
    return std::unexpected(asked->refused);
  }
  const Challenge& challenge = *asked->challenge;
  bool right = only.empty() || only == challenge.staff;
  if (!challenge.verifier.empty()) {
    const auto verified = setup_.verify_pin(challenge.verifier, request.pin);
    if (!verified) return failed(verified.error());
    right = right && *verified;
  }
  const auto judged =
      perform<std::optional<Refused>>(no_audit,
                                      [request, challenge, right, boot = setup_.boot,
                                       action = std::string(action)](Desk& desk) -> Result<std::optional<Refused>> {
                                        return finish_sign_in(desk, request, challenge, right, boot, action);
                                      });
  if (!judged) return failed(judged.error());
  (*judged ? sign_ins_refused_ : signed_in_).fetch_add(1, std::memory_order_relaxed);
  if (*judged) return std::unexpected(**judged);
  return challenge.staff;
}

Reply Api::session_reply(const std::string& token, const Session& session, bool with_token) {
  auto readers = readers_.borrow();
  if (!readers) return problem(readers.error());
  const auto rules = readers->store->staff_rules();
  const auto staff = readers->store->staff(setup_.store, session.staff);
  readers_.give_back(std::move(*readers));
  if (!staff) return problem({"session_over", "who was signed in here works here no longer"});
  const auto role = rules.roles.find(staff->role);
  const std::int64_t idle_ms = setup_.now().mono.value - session.touched.value;
  JsonWriter out;
  out.object();
  if (with_token) out.field("session", token);
  out.key("staff");
  write_member(out, *staff);
  write_texts(out, "permissions", role == rules.roles.end() ? std::vector<std::string>() : role->second);
  out.key("locked")
      .truth(session.locked)
      .key("locks_in_ms")
      .number(session.locked ? 0 : std::max<std::int64_t>(0, rules.lock_ms - idle_ms));
  out.key("ends_in_ms").number(std::max<std::int64_t>(0, rules.lock_ms + rules.end_ms - idle_ms)).end_object();
  return ok(out.take());
}

Reply Api::post_staff_session(const Call& call, const std::vector<std::string>&) {
  auto request = decode_sign_in(call.body);
  if (!request) return problem(request.error());
  const auto staff = judge_sign_in(*request, "staff.sign_in");
  if (!staff) return refusal(staff.error());
  std::string before;
  const MonoMs now = setup_.now().mono;
  const auto token = sessions_.begin(*staff, request->device, now, &before);
  if (!token) return problem(token.error());
  if (!before.empty()) {
    if (auto noted = write_down({before, request->device, "staff.hand_on", *staff, {}}, "done"); !noted)
      return problem(noted.error());
  }
  return session_reply(*token, {*staff, request->device, now, now, false}, true);
}

Reply Api::get_staff_session(const Call& call, const std::vector<std::string>&) {
  auto readers = readers_.borrow();
  if (!readers) return problem(readers.error());
  const auto session = sessions_.find(call.session, call.caller.device, readers->store->staff_rules(), setup_.now().mono);
  readers_.give_back(std::move(*readers));
  return session ? session_reply(call.session, *session, false) : problem(session.error());
}

Reply Api::post_session_action(const Call& call, const std::vector<std::string>&) {
  const auto request = decode_session_action(call.body);
  if (!request) return problem(request.error());
  const MonoMs now = setup_.now().mono;
  auto readers = readers_.borrow();
  if (!readers) return problem(readers.error());
  const auto rules = readers->store->staff_rules();
  readers_.give_back(std::move(*readers));
  auto session = sessions_.find(call.session, call.caller.device, rules, now, true);
  if (!session) return problem(session.error());
  if (request->action == "unlock") {
    const SignIn again{request->request, request->device, session->staff, request->pin, request->badge};
    if (const auto staff = judge_sign_in(again, "staff.unlock_counter", session->staff); !staff) return refusal(staff.error());
    sessions_.unlock(call.session, now);
  } else if (request->action != "touch") {
    if (auto noted = write_down({session->staff, session->device, "staff." + request->action, "", {}}, "done"); !noted)
      return problem(noted.error());
    if (request->action == "lock") sessions_.lock(call.session);
    if (request->action == "end") {
      sessions_.end(call.session);
      return ok("{}");
    }
  }
  session = sessions_.find(call.session, call.caller.device, rules, now, true);
  return session ? session_reply(call.session, *session, false) : problem(session.error());
}

Reply Api::post_staff_action(const Call& call, const std::vector<std::string>& in_path) {
  if (!sync::is_staff_number(in_path[0])) return problem({"staff_unknown", "nobody has this number here"});
  const auto request = decode_request<StaffAction>(call.body, [](const sync::protocol::Fields&, StaffAction&) {});
  if (!request) return problem(request.error());
  const Unlock asked{request->request, request->device, in_path[0], call.acting ? call.acting->staff : std::string()};
  const auto done = perform<bool>(call, [asked](Desk& desk) { return unlock_staff(desk, asked); });
  if (!done) return problem(done.error());
  if (*done) staff_unlocked_.fetch_add(1, std::memory_order_relaxed);
  return ok("{}");
}

}  // namespace vitrine::edge::local_api
