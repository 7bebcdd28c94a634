// SPDX-License-Identifier: Apache-2.0
// What passes of every kind share: ids as bytes, and a signature that a trusted key made while it held. Only sync/protocol's
// .cpp files include this.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/protocol/cbor.hpp"
#include "sync/protocol/pass.hpp"

namespace vitrine::sync::protocol {

inline constexpr std::size_t pass_signature_bytes = 64;
inline constexpr std::int64_t pass_early_ms = 5LL * 60 * 1000;  // clocks of phone, hub and store differ
inline constexpr std::int64_t pass_time_s_max = 253402300799;   // the end of the year 9999

// An id of 32 hex digits as 16 bytes, and back.
CborBytes raw_of(const std::string& hex);
std::optional<std::string> hex_of(const CborItem& item);
// None: no number, or above max.
std::optional<std::uint64_t> number_of(const CborItem& item, std::uint64_t max);

std::string signature_of(const std::string& message, const SecretKey& key);

struct SignedBy {
  std::uint32_t key_id = 0;
  UtcMs issued_at;
};
// Errors: "pass_unknown_key", "pass_forged".
Result<void> judge_signature(const std::vector<TrustedKey>& keys, const SignedBy& by, const std::string& message,
                             std::string_view signature);

}  // namespace vitrine::sync::protocol
