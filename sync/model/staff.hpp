// SPDX-License-Identifier: Apache-2.0
// Who works in a store: documents that only the hub writes. What a member may do follows from the role (settings).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::sync {

inline constexpr std::size_t staff_name_bytes_max = 60;
inline constexpr std::size_t staff_words_max = 20;  // languages, skills, zones

// What a role may allow, in the words of settings and of the local API.
inline constexpr std::array<std::string_view, 9> permissions = {
    "carts",         // see and change carts, reserve, make tickets
    "orders",        // pick, stage, hand over
    "returns",       // take goods back
    "stock",         // look up, receive, move, reserve
    "counts",        // count, write off, settle discrepancies
    "unlock",        // let a colleague try again who is locked out
    "audit",         // read who did what
    "customers",     // find who stands at the counter, see what they agree to be seen, write down what they agree to
    "late_returns",  // take back what the rules of returning do not
};

struct Staff {
  StoreId store;
  std::string number;  // the retailer's, 1 to 12 letters, digits and '-'
  std::string name;    // what colleagues and shoppers call them
  std::string initial;
  std::string role;                    // a name of the settings' staff_roles
  std::vector<std::string> languages;  // best first
  std::vector<std::string> skills;
  std::string pin;    // verifier; empty: no PIN signs them in
  std::string badge;  // 32 hex digits of the one badge that is good now; empty: none is
  UtcMs from;
  std::optional<UtcMs> to;
  std::vector<std::string> zones = {};  // of the store, where they work; empty: anywhere
  bool operator==(const Staff&) const = default;

  [[nodiscard]] bool works_at(UtcMs at) const { return at >= from && (!to || at < *to); }
};

bool is_staff_number(std::string_view text);
bool is_role(std::string_view text);  // 1 to 32 small letters, digits, and '_' between them
// Six digits.
bool is_pin(std::string_view text);
// Nobody's first guess: not one digit, no ladder, no two or three digits that repeat.
bool is_good_pin(std::string_view pin);

}  // namespace vitrine::sync
