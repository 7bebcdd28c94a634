// SPDX-License-Identifier: Apache-2.0
// Who works at a counter: signing in by PIN or badge, and locking when nobody touches it.
#include <string.h>

#include <algorithm>
#include <utility>

#include "kiosk/model/counter_steps.hpp"

namespace vitrine::kiosk {

std::string short_name(const std::string& name, const std::string& initial) {
  return initial.empty() ? name : name + " " + initial + ".";
}

std::int64_t locked_seconds(const Model& model) {
  const std::int64_t left = model.visit.desk.trying.locked_until.value - model.now.mono.value;
  return left > 0 ? (left + 999) / 1000 : 0;
}

bool may(const Desk& desk, std::string_view permission) {
  return desk.session && std::ranges::find(desk.session->permissions, permission) != desk.session->permissions.end();
}

namespace counter {
namespace {

void wipe(std::string& text) {
  explicit_bzero(text.data(), text.size());
  text.clear();
}

// An earlier try says nothing of another person.
void begin_again(SignInTry& trying) {
  wipe(trying.pin.text);
  trying.failed.clear();
  trying.hints = {};
  trying.locked_until = {};
  trying.waiting = false;
  trying.asked = 0;
}

void send(Model& model, SignIn how, Requests& out) {
  SignInTry& trying = model.visit.desk.trying;
  trying.waiting = true;
  trying.failed.clear();
  trying.asked = ask(model, out, std::move(how));
}

}  // namespace

void ask_for_colleagues(Model& model, Requests& out) {
  model.counter->colleagues_asked = true;
  model.counter->colleagues_asked_at = model.now.mono;
  ask(model, out, FetchColleagues{});
}

void choose_colleague(Model& model, const std::string& number) {
  SignInTry& trying = model.visit.desk.trying;
  if (trying.waiting || trying.chosen == number) return;
  begin_again(trying);
  trying.chosen = number;
}

void type_pin(Model& model, const KeyTouch& touch, Requests& out) {
  SignInTry& trying = model.visit.desk.trying;
  const bool digit =
      touch.kind != KeyTouch::Kind::text || (touch.text.size() == 1 && touch.text[0] >= '0' && touch.text[0] <= '9');
  if (trying.chosen.empty() || trying.waiting || !digit || locked_seconds(model) > 0) return;
  type(trying.pin, touch, pin_digits);
  if (trying.pin.text.size() == pin_digits) sign_in(model, out);
}

void sign_in(Model& model, Requests& out) {
  SignInTry& trying = model.visit.desk.trying;
  send(model, {trying.chosen, trying.pin.text, {}}, out);
  wipe(trying.pin.text);
}

void sign_in_by_badge(Model& model, const std::string& badge, Requests& out) {
  SignInTry& trying = model.visit.desk.trying;
  if (trying.waiting) return;
  begin_again(trying);
  send(model, {{}, {}, badge}, out);
}

void take_session(Model& model, const StaffSession& session, Requests& out) {
  Desk& now = model.visit.desk;
  // Whoever comes back finds the work as they left it; of somebody else nothing is shown.
  const bool same = now.session && now.session->who.number == session.who.number;
  if (!same) {
    std::string language = model.visit.language;
    steps::end_visit(model);
    model.visit.language = std::move(language);
    model.visit.route = Route::queue;
  }
  Desk& desk = model.visit.desk;
  begin_again(desk.trying);
  desk.trying.chosen = session.who.number;
  desk.session = session;
  if (desk.session->locks_in_ms <= 0) desk.session->locks_in_ms = counter_lock_ms;
  desk.locked = false;
  desk.touched_at = model.now.mono;
  model.visit.last_active = model.now.mono;
  mark_stale(desk);
  refresh(model, out);
}

bool take_sign_in_failure(Model& model, const RequestFailed& event) {
  SignInTry& trying = model.visit.desk.trying;
  if (!trying.waiting || trying.asked != event.asked.number) return false;
  begin_again(trying);
  trying.failed = event.code;
  trying.hints = event.hints;
  if (event.code == "sign_in_locked") trying.locked_until = model.now.mono.plus(event.hints.wait_ms);
  // Somebody's badge that is refused leaves who is signed in where they are.
  if (is_open(model)) say(model, event.code);
  return true;
}

void lock(Model& model, Requests& out) {
  Desk& desk = model.visit.desk;
  if (!is_open(model)) return;
  send_back(model, out);  // it was confirmed: nobody is there any more to undo it
  send_stock(model, out);
  leave_customer(model);  // whoever comes back looks again, and says why
  ask(model, out, ActOnSession{SessionAction::lock});
  wipe(desk.session->token);
  desk.audit.reset();
  if (model.visit.route == Route::audit) model.visit.route = Route::queue;
  desk.handed.reset();
  desk.locked = true;
  model.counter->kinds_stale = true;
  model.counter->alert_kinds.clear();
  desk.locked_at = model.now.mono;
  desk.notice.clear();
  close_over(model);
  begin_again(desk.trying);
  desk.trying.chosen = desk.session->who.number;
  model.visit.choosing_language = false;
}

void mind_session(Model& model, Requests& out) {
  Visit& visit = model.visit;
  Desk& desk = visit.desk;
  const MonoMs now = model.now.mono;
  if (desk.locked && now >= desk.locked_at.plus(counter_forget_ms)) {
    steps::end_visit(model);
    return;
  }
  if (!is_open(model)) return;
  if (now >= visit.last_active.plus(desk.session->locks_in_ms)) {
    lock(model, out);
    return;
  }
  if (visit.last_active > desk.touched_at && now >= desk.touched_at.plus(counter_touch_each_ms)) {
    desk.touched_at = now;
    ask(model, out, ActOnSession{SessionAction::touch});
  }
}

}  // namespace counter
}  // namespace vitrine::kiosk
