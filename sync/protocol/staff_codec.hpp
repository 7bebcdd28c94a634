// SPDX-License-Identifier: Apache-2.0
// Staff documents as JSON (docs/schemas/documents/staff.json), and the roles in the chain's settings.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sync/model/staff.hpp"

namespace vitrine::sync::protocol {

// Argon2id as OWASP advises: about 30 ms, and memory that a guesser needs for each guess.
inline constexpr unsigned pin_passes = 2;
inline constexpr std::size_t pin_memory_bytes = 19UL * 1024 * 1024;

// "<store>/<number>", in the store's own stream.
DocumentKey staff_key(const StoreId& store, std::string_view number);

// An Argon2id text of exactly the cost above: a document cannot make a store spend more.
bool is_pin_verifier(std::string_view text);

// Errors: "staff_malformed" with the field's path.
Result<Staff> decode_staff(std::string_view json);
std::string encode_staff(const Staff& staff);

// Role → permissions. What is no permission of this version is left out.
using StaffRoles = std::map<std::string, std::vector<std::string>>;
// What a chain has that says nothing else.
StaffRoles default_staff_roles();
struct StaffRules {
  StaffRoles roles;
  std::int64_t lock_ms = 2L * 60'000;  // without a touch; then the PIN is asked for again
  std::int64_t end_ms = 30L * 60'000;  // locked for so long: the session is over
};
// Of the settings document; what it does not say, or says wrongly, is as by default.
StaffRules staff_rules(std::string_view settings_json);

}  // namespace vitrine::sync::protocol
