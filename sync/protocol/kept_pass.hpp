// SPDX-License-Identifier: Apache-2.0
// The pass in the other direction (docs/PROTOCOL.md, "Passes"): a kiosk shows a cart, and a phone opens it at the hub, which may
// never have heard of what was changed there, for the store may be offline. Signed with the key of the store's certificate (ECDSA
// over SHA-256 on P-256, r and s of 32 bytes each): how that is done is the shells' matter.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "sync/model/ids.hpp"
#include "sync/rules/cart.hpp"

namespace vitrine::sync::protocol {

inline constexpr std::int64_t kept_pass_life_ms = 24LL * 3600 * 1000;
inline constexpr std::size_t store_signature_bytes = 64;

struct KeptPass {
  StoreId store;    // whose key signed
  UtcMs issued_at;  // whole seconds
  UtcMs expires_at;
  PassId id;
  CartId cart;
  std::string currency;
  std::int64_t to_pay_minor = 0;  // as the kiosk showed it
  std::vector<rules::PassLine> lines;
  bool operator==(const KeptPass&) const = default;
};

// The bytes of the pass, yet without a signature. Errors: "pass_invalid", "pass_too_long" for a code.
Result<std::string> kept_pass_body(const KeptPass& pass);
// What the store's key signs.
std::string kept_pass_message(std::string_view body);
// "https://shop.example/k#k" and digits: a phone's camera opens it, and the `k` tells the page that it is not for a kiosk's
// reader.
std::string kept_pass_link(std::string_view link_base, std::string_view body, std::string_view signature);

struct SignedKeptPass {
  KeptPass pass;  // as it says; whether the store said so is for `signature` to tell
  std::string message;
  std::string signature;
};
// Errors: "pass_not_ours", "pass_malformed".
Result<SignedKeptPass> read_kept_pass(std::string_view text);
// Errors: "pass_expired", "pass_not_yet".
Result<void> judge_time(const KeptPass& pass, UtcMs at);

}  // namespace vitrine::sync::protocol
