// SPDX-License-Identifier: Apache-2.0
// Digests as text: a sum is 32 hex digits with the highest first, all buckets are 256 of them, a set of buckets is 64 hex
// digits, bucket 0 in the highest bit of the first.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sync/model/digest.hpp"

namespace vitrine::sync::protocol {

std::string to_hex(const Sum128& sum);
std::string to_hex(const BucketSums& sums);
std::string to_hex(const BucketSet& set);
std::string to_hex(const DigestKey& key);

// None for another length or another character.
std::optional<Sum128> sum_from_hex(std::string_view hex);
std::optional<BucketSums> sums_from_hex(std::string_view hex);
std::optional<BucketSet> set_from_hex(std::string_view hex);
std::optional<DigestKey> digest_key_from_hex(std::string_view hex);

}  // namespace vitrine::sync::protocol
