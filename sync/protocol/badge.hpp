// SPDX-License-Identifier: Apache-2.0
// The code on a staff badge: store, number and a random id, signed by a hub key. It has no time of its own: it is good as long as
// the staff document names its id. "VB1:<base64url of body and signature>", which scanners type faithfully.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sync/protocol/pass.hpp"

namespace vitrine::sync::protocol {

inline constexpr std::size_t badge_text_max = 400;

struct Badge {
  std::uint32_t key_id = 0;
  UtcMs issued_at;  // whole seconds
  StoreId store;
  std::string number;
  std::string id;  // 32 hex digits
  bool operator==(const Badge&) const = default;
};

// Errors: "badge_invalid" when a field is out of its range.
Result<std::string> sign_badge(const Badge& badge, const SecretKey& key);
bool is_badge_text(std::string_view text);
// Errors: "badge_malformed", "badge_unknown_key", "badge_forged", "badge_foreign" (another store's).
Result<Badge> open_badge(std::string_view text, const std::vector<TrustedKey>& keys, const StoreId& here);

}  // namespace vitrine::sync::protocol
