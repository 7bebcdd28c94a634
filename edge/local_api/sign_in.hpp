// SPDX-License-Identifier: Apache-2.0
// Signing in, in two transactions with the hashing of the PIN between them: a try is counted before it is judged, so that a box
// that is switched off in between gives nobody another try.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "edge/database/wrong_sign_ins.hpp"
#include "edge/local_api/commands.hpp"

namespace vitrine::edge::local_api {

// kiosk-ui.md section 8: five wrong tries wait a minute, each more doubles it; ten in a day need a colleague.
inline constexpr std::size_t wrong_pins_free = 5;
inline constexpr std::int64_t wrong_pin_wait_ms = 60'000;
inline constexpr std::int64_t wrong_pin_wait_ms_max = 30L * 60'000;
inline constexpr std::size_t wrong_pins_a_day = 10;
inline constexpr std::int64_t wrong_pins_day_ms = 24LL * 3600 * 1000;
// Of all who try PINs at one device; the same of badges, apart.
inline constexpr std::size_t wrong_at_device_max = 10;
inline constexpr std::int64_t wrong_at_device_ms = 30L * 60'000;

struct SignIn {
  sync::TransactionId request;
  std::string device;
  std::string staff;  // number; empty: the badge says it
  std::string pin;
  std::string badge;
};
// POST /v1/staff/sessions. Errors: "invalid_request" with the field.
Result<SignIn> decode_sign_in(std::string_view json);

// A refusal, and what people are told of it. It is the same whether the number is somebody's or nobody's.
struct Refused {
  Error error;
  std::optional<std::size_t> tries_left;  // of wrong_pin, before a wait
  std::int64_t wait_ms = 0;               // of sign_in_locked
  bool supervisor = false;                // waiting is a day: a colleague helps sooner
};

// What is to be verified now; it has been counted as wrong.
struct Challenge {
  std::string staff;
  std::string verifier;      // an unused one where nobody has this number, or no PIN; empty: the badge was enough
  bool is_somebody = false;  // right also needs this
  std::int64_t counted_person = 0;
  std::int64_t counted_device = 0;
};
struct Asked {
  std::optional<Challenge> challenge;
  Refused refused;  // where there is none
};

Asked begin_sign_in(Desk& desk, const SignIn& request, const std::string& boot);
// `right`: what the verifier said. None: signed in; it is in the audit either way, as `action`.
std::optional<Refused> finish_sign_in(Desk& desk, const SignIn& request, const Challenge& challenge, bool right,
                                      const std::string& boot, std::string_view action);

// Someone may try again at once, also at the device where a colleague (`by`) stands who says so; the same request twice is one.
// Errors: "staff_unknown", "own_lock": nobody lets themselves.
struct Unlock {
  sync::TransactionId request;
  std::string device;
  std::string staff;
  std::string by;
};
Result<bool> unlock_staff(Desk& desk, const Unlock& asked);

// Who cannot sign in for now, after wrong PINs.
struct LockedOut {
  std::string staff;
  std::string name;
  std::int64_t wait_ms = 0;
  bool day = false;  // waiting is a day: only a colleague helps sooner
};
// In a read that has begun.
std::vector<LockedOut> locked_out(database::Reader& reader, const database::SureTime& now, UtcMs at);

}  // namespace vitrine::edge::local_api
