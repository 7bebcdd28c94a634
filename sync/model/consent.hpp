// SPDX-License-Identifier: Apache-2.0
// What a customer has agreed to, by purpose. Not last writer wins: a grant counts only if it saw every withdrawal. Rules:
// sync/rules/consent.hpp.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/model/ids.hpp"
#include "sync/model/stamp.hpp"

namespace vitrine::sync {

// What this version asks people for; a register may hold purposes of a newer one. What an order or a cart needs to be fulfilled
// is no matter of consent.
inline constexpr std::array<std::string_view, 7> consent_purposes = {
    "history",          // staff see what was bought and looked at
    "personalisation",  // sizes, preferences, what may please
    "profiling",        // segments made from what people do
    "home_store",       // the store of their choice knows them, also when they have nothing open there
    "marketing_email", "marketing_phone", "marketing_post"};

struct ConsentGrant {
  std::vector<std::string> seen;  // the withdrawals that whoever granted it knew of, by their `by`; sorted, each once
  std::string source;             // "counter", "kiosk", "phone", "import"
  Stamp stamp;
  bool operator==(const ConsentGrant&) const = default;
};

struct ConsentWithdrawal {
  std::string source;
  Stamp stamp;
  bool operator==(const ConsentWithdrawal&) const = default;
};

struct ConsentPurpose {
  std::vector<ConsentGrant> grants;            // those that saw every withdrawal here; by stamp
  std::vector<ConsentWithdrawal> withdrawals;  // by stamp
  bool operator==(const ConsentPurpose&) const = default;
};

struct ConsentRegister {
  CustomerId customer;
  std::map<std::string, ConsentPurpose> purposes;
  std::optional<UtcMs> expires_at = std::nullopt;  // as of the customer: when every store forgets it
  std::string unknown_fields = {};                 // JSON object: fields of a newer version, kept and passed on; empty: none
  bool operator==(const ConsentRegister&) const = default;
};

}  // namespace vitrine::sync
