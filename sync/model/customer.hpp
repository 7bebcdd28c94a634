// SPDX-License-Identifier: Apache-2.0
// The slice of a customer's profile that stores may hold: what a screen needs to greet, to serve and to find them again by what
// they show. No address, no contact, no birthday. Only the hub writes it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::sync {

inline constexpr std::array<std::string_view, 3> identity_kinds = {"email", "loyalty", "phone"};
inline constexpr std::size_t identities_max = 16;
inline constexpr std::size_t customer_languages_max = 8;
inline constexpr std::size_t tastes_max = 12;      // sizes, and preferences
inline constexpr std::size_t size_bytes_max = 40;  // of what it is worn or used, and of the size
inline constexpr std::size_t preference_bytes_max = 200;
inline constexpr std::int64_t customer_kept_ms = 30LL * 86'400'000;     // at a store that hears nothing of them any more
inline constexpr std::int64_t customer_renewed_ms = 23LL * 86'400'000;  // before then the hub says that they stay

// By what somebody is found, as a keyed hash: sync/protocol/identity.hpp.
struct Identity {
  std::string kind;
  std::string hash;  // 64 hex digits
  auto operator<=>(const Identity&) const = default;
};

// "shoes", "39": in the retailer's own words.
struct WornSize {
  std::string what;
  std::string size;
  bool operator==(const WornSize&) const = default;
};

struct Customer {
  CustomerId id;
  std::string first_name;
  std::string initial;
  std::string language;                // BCP 47, the first of the languages
  std::vector<std::string> languages;  // best first; empty: `language` alone
  std::string country;
  std::string phone_last2;
  std::optional<StoreId> home_store;
  std::vector<Identity> identities;
  std::vector<WornSize> sizes;           // shown while they agree to `personalisation`, as are
  std::vector<std::string> preferences;  // their wishes, each a sentence in the retailer's own words
  std::optional<UtcMs> expires_at;       // when every store forgets them; none: a body of an earlier version
  std::string unknown_fields = {};       // JSON object: fields of a newer version, kept and passed on; empty: none
  bool operator==(const Customer&) const = default;
};

}  // namespace vitrine::sync
