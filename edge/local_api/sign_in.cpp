// SPDX-License-Identifier: Apache-2.0
// Counting, judging and unlocking.
#include "edge/local_api/sign_in.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "edge/database/audit.hpp"
#include "edge/local_api/request_fields.hpp"
#include "sync/model/staff.hpp"
#include "sync/protocol/badge.hpp"
#include "sync/protocol/staff_codec.hpp"

namespace vitrine::edge::local_api {

using database::SureTime;
using database::WrongSignIn;

namespace {

// Of no PIN: it costs the same to find that out.
constexpr const char* nobodys_verifier =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

std::string person(const std::string& staff) { return "staff/" + staff; }
// Of all who try there: PINs, and apart from them badges, which nobody finds by guessing. Who guessed PINs at a counter keeps
// nobody from it who has a badge.
std::string terminal(const std::string& device) { return "device/" + device; }
std::string reader_of_badges(const std::string& device) { return "badges/" + device; }

SureTime sure_time(Desk& desk, const std::string& boot) {
  return {boot, desk.now.mono.value, desk.replica.state().hub_time_max.value};
}

// Another PIN is another secret, and nobody's is none.
std::string secret_of(const std::string& verifier) {
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(verifier.data()), verifier.size(), nullptr,
                     0);
  std::string text(2 * hash.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
  text.pop_back();
  return text;
}

struct Standing {
  std::size_t in_row = 0;
  std::int64_t wait_ms = 0;
  bool day_is_full = false;
};

// Until the oldest of the last `most` is as old as `within_ms`; 0: there are fewer.
std::int64_t until_fewer(const std::vector<std::int64_t>& ages, std::size_t most, std::int64_t within_ms) {
  if (ages.size() < most) return 0;
  return std::max<std::int64_t>(0, within_ms - ages[ages.size() - most]);
}

Standing standing_of_person(database::Connection& rows, const std::string& staff, const std::string& secret,
                            const SureTime& now) {
  std::vector<std::int64_t> ages;  // the oldest first
  Standing out;
  for (const WrongSignIn& one : database::wrong_sign_ins(rows, person(staff))) {
    const std::int64_t age = database::passed_ms(one.at, now);
    if (one.secret != secret || age >= wrong_pins_day_ms) continue;
    ages.push_back(age);
    out.in_row += one.in_row ? 1U : 0U;
  }
  std::ranges::sort(ages, std::greater<>());
  if (out.in_row >= wrong_pins_free) {
    const auto doublings = std::min<std::size_t>(out.in_row - wrong_pins_free, 5);
    out.wait_ms = std::max<std::int64_t>(0, std::min(wrong_pin_wait_ms << doublings, wrong_pin_wait_ms_max) - ages.back());
  }
  if (const std::int64_t day = until_fewer(ages, wrong_pins_a_day, wrong_pins_day_ms); day > 0) {
    out.wait_ms = std::max(out.wait_ms, day);
    out.day_is_full = true;
  }
  return out;
}

// `place`: terminal or reader_of_badges.
std::int64_t wait_at(Desk& desk, const std::string& place, const SureTime& now) {
  std::vector<std::int64_t> ages;
  for (const WrongSignIn& one : database::wrong_sign_ins(desk.replica.connection(), place))
    ages.push_back(database::passed_ms(one.at, now));
  std::ranges::sort(ages, std::greater<>());
  return until_fewer(ages, wrong_at_device_max, wrong_at_device_ms);
}

void write_down(Desk& desk, const SignIn& request, const std::string& staff, std::string_view action, std::string outcome) {
  // Under no request: it is told of every try, also of one that is repeated.
  database::append_audit(
      desk.replica.connection(),
      {0, desk.end.hub_time(desk.now.utc), staff, request.device, std::string(action), "", std::move(outcome), "", {}});
}

Refused locked(std::int64_t wait_ms, bool supervisor) {
  return {{"sign_in_locked", "too many wrong tries; it is locked for a while"}, std::nullopt, wait_ms, supervisor};
}

// The member whose badge it is, if it is good now.
std::optional<sync::Staff> badge_holder(Desk& desk, const std::string& text) {
  const auto badge = sync::protocol::open_badge(text, desk.reader.pass_keys(), desk.store);
  if (!badge) return std::nullopt;
  auto staff = desk.reader.staff(desk.store, badge->number);
  if (!staff || staff->badge != badge->id) return std::nullopt;
  return staff;
}

}  // namespace

Result<SignIn> decode_sign_in(std::string_view json) {
  return decode_request<SignIn>(json, [](const sync::protocol::Fields& fields, SignIn& asked) {
    asked.badge = fields.text_if_any("badge", 1, sync::protocol::badge_text_max).value_or("");
    if (!asked.badge.empty()) return;
    asked.staff = fields.text("staff", sync::is_staff_number);
    asked.pin = fields.text("pin", sync::is_pin);
  });
}

Asked begin_sign_in(Desk& desk, const SignIn& request, const std::string& boot) {
  database::Connection& rows = desk.replica.connection();
  const SureTime now = sure_time(desk, boot);
  const UtcMs at = desk.end.hub_time(desk.now.utc);
  database::forget_wrong_sign_ins(rows, now, wrong_pins_day_ms);
  const std::string place = request.badge.empty() ? terminal(request.device) : reader_of_badges(request.device);
  if (const std::int64_t wait = wait_at(desk, place, now); wait > 0) {
    write_down(desk, request, request.staff, "staff.sign_in", "sign_in_locked");
    return {std::nullopt, locked(wait, false)};
  }
  if (!request.badge.empty()) {
    const auto holder = badge_holder(desk, request.badge);
    const auto counted = database::put_wrong_sign_in(rows, place, "", now);
    if (holder && holder->works_at(at)) return {Challenge{holder->number, "", true, 0, counted}, {}};
    write_down(desk, request, "", "staff.sign_in", "badge_refused");
    return {std::nullopt, {{"badge_refused", "this badge opens nothing here"}, std::nullopt, 0, false}};
  }
  const auto staff = desk.reader.staff(desk.store, request.staff);
  const bool can = staff && !staff->pin.empty() && staff->works_at(at);
  Challenge challenge{request.staff, can ? staff->pin : nobodys_verifier, can, 0, 0};
  const std::string secret = secret_of(challenge.verifier);
  if (const Standing standing = standing_of_person(rows, request.staff, secret, now); standing.wait_ms > 0) {
    write_down(desk, request, request.staff, "staff.sign_in", "sign_in_locked");
    return {std::nullopt, locked(standing.wait_ms, standing.day_is_full)};
  }
  challenge.counted_person = database::put_wrong_sign_in(rows, person(request.staff), secret, now);
  challenge.counted_device = database::put_wrong_sign_in(rows, place, "", now);
  return {std::move(challenge), {}};
}

std::optional<Refused> finish_sign_in(Desk& desk, const SignIn& request, const Challenge& challenge, bool right,
                                      const std::string& boot, std::string_view action) {
  database::Connection& rows = desk.replica.connection();
  if (right && challenge.is_somebody) {
    database::drop_wrong_sign_in(rows, challenge.counted_device);
    database::drop_wrong_sign_in(rows, challenge.counted_person);
    database::end_row(rows, person(challenge.staff));
    write_down(desk, request, challenge.staff, action, "done");
    return std::nullopt;
  }
  write_down(desk, request, challenge.staff, action, "wrong_pin");
  const SureTime now = sure_time(desk, boot);
  const Standing standing = standing_of_person(rows, challenge.staff, secret_of(challenge.verifier), now);
  if (standing.wait_ms > 0) return locked(standing.wait_ms, standing.day_is_full);
  if (const std::int64_t wait = wait_at(desk, terminal(request.device), now); wait > 0) return locked(wait, false);
  const std::size_t left = wrong_pins_free - std::min(wrong_pins_free, standing.in_row);
  return Refused{{"wrong_pin", "this number and PIN do not belong together"}, left, 0, false};
}

Result<bool> unlock_staff(Desk& desk, const Unlock& asked) {
  const auto& [request, device, staff, by] = asked;
  if (!desk.reader.staff(desk.store, staff)) return fail("staff_unknown", "nobody has this number here");
  if (staff == by) return fail("own_lock", "a colleague has to do this");
  database::Connection& rows = desk.replica.connection();
  // Played back, it opens nothing that was locked since.
  if (database::is_in_audit(rows, request.text, "staff.unlock")) return false;
  database::clear_wrong_sign_ins(rows, person(staff));
  database::clear_wrong_sign_ins(rows, terminal(device));
  return true;
}

std::vector<LockedOut> locked_out(database::Reader& reader, const SureTime& now, UtcMs at) {
  std::vector<LockedOut> all;
  for (const sync::Staff& one : reader.all_staff()) {
    if (one.pin.empty() || !one.works_at(at)) continue;
    const Standing standing = standing_of_person(reader.connection(), one.number, secret_of(one.pin), now);
    if (standing.wait_ms > 0) all.push_back({one.number, one.name, standing.wait_ms, standing.day_is_full});
  }
  return all;
}

}  // namespace vitrine::edge::local_api
