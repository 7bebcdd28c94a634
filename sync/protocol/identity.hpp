// SPDX-License-Identifier: Apache-2.0
// What somebody shows to be found by (an e-mail address, a telephone number, a loyalty card), in one spelling and then as a hash
// under the tenant's key: the exact key itself is in no document, database or log. Hub and stores make the same hash.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/model/customer.hpp"
#include "sync/model/digest.hpp"

namespace vitrine::sync::protocol {

inline constexpr std::size_t exact_key_bytes_max = 254;

// The one spelling of it. E-mail: small letters, one '@' with something on both sides. Telephone: E.164, from a number with '+'
// or "00" and any of the marks that people write between digits. Loyalty: capitals and digits, 4 to 40. None: it is no such key.
std::optional<std::string> normal_key(std::string_view kind, std::string_view text);

// None: as normal_key.
std::optional<Identity> identity_hash(const DigestKey& key, std::string_view kind, std::string_view text);

// What the audit calls a customer: the same in every store of the tenant, and nobody's number. 32 hex digits.
std::string customer_tag(const DigestKey& key, const CustomerId& customer);

}  // namespace vitrine::sync::protocol
