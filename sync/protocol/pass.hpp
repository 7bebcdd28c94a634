// SPDX-License-Identifier: Apache-2.0
// The signed cart pass in the QR code (docs/PROTOCOL.md, "Passes"). A flat CBOR array and a 64-byte Ed25519 signature over
// its bytes as sent, behind a domain string; written as a link whose fragment is digits (7 bytes → 17 digits), so that a phone
// camera opens it, a keyboard-wedge scanner types it faithfully, and no server ever receives it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "sync/model/ids.hpp"
#include "sync/model/version.hpp"
#include "sync/rules/cart.hpp"

namespace vitrine::sync::protocol {

inline constexpr std::int64_t cart_pass_life_ms = 2LL * 3600 * 1000;  // kiosk-ui.md section 9: valid 2 h
inline constexpr std::int64_t cart_pass_renew_ms = 10LL * 60 * 1000;  // the phone replaces it every 10 min
inline constexpr std::size_t pass_text_max = 4096;                    // longer input is not a pass
inline constexpr std::size_t pass_bytes_max = 600;                    // QR version 20, error correction M, behind a link

using PublicKey = std::array<std::uint8_t, 32>;
using SecretKey = std::array<std::uint8_t, 64>;  // libsodium's Ed25519 form: seed and public key

struct CartPass {
  std::uint32_t key_id = 0;
  std::string audience;  // "" the whole chain, else one store's id
  UtcMs issued_at;       // whole seconds
  UtcMs expires_at;      // whole seconds
  PassId id;
  CartId cart;
  Version version;  // of the cart, as the hub held it
  // The lines themselves; none: the reference form (too long for a code), which names the cart only.
  std::optional<std::vector<rules::PassLine>> lines;
  bool operator==(const CartPass&) const = default;
};

// A key that a `trust` document brought.
struct TrustedKey {
  std::uint32_t key_id = 0;
  PublicKey public_key{};
  UtcMs from;
  std::optional<UtcMs> to;
  bool revoked = false;
};

// The signed bytes of a pass: body and signature. Errors: "pass_too_long" when lines do not fit pass_bytes_max (use the
// reference form then), "pass_invalid" when a field is out of its range.
Result<std::string> sign_pass(const CartPass& pass, const SecretKey& key);

// `link_base` is everything before '#', e.g. "https://shop.example/k". The result is what the QR shows.
std::string pass_link(std::string_view link_base, std::string_view signed_bytes);
// The digits of pass_link, for a numeric QR segment.
std::string pass_digits(std::string_view signed_bytes);

// Text as scanned or typed → pass, judged at `at` (the scan time, by the best clock there is). Errors, in the order judged:
// "pass_not_ours" (no pass at all), "pass_malformed", "pass_unknown_key", "pass_forged", "pass_foreign" (another store's),
// "pass_expired", "pass_not_yet" (issued more than 5 min in the future).
Result<CartPass> open_pass(std::string_view text, const std::vector<TrustedKey>& keys, const StoreId& here, UtcMs at);

// What open_pass does before it asks about keys and times; for the hub's reading of its own link and for tests.
Result<std::string> pass_bytes_of(std::string_view text);

}  // namespace vitrine::sync::protocol
