// SPDX-License-Identifier: Apache-2.0
// The secret by which a retailer's platform is known: shown once, kept as its hash.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vitrine::hub {

// What a platform may be allowed: "catalog", "stock", "customers", "orders", "reservations", "erasures".
bool is_platform_scope(std::string_view word);

struct PlatformCredential {
  std::string text;  // "vtp_" and 43 letters, digits, '-' and '_'
  std::array<std::uint8_t, 32> hash{};
};

PlatformCredential make_platform_credential();
// None: not of that form.
std::optional<std::array<std::uint8_t, 32>> hash_of_credential(std::string_view text);

}  // namespace vitrine::hub
