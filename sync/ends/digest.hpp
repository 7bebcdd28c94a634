// SPDX-License-Identifier: Apache-2.0
// What a live document adds to the digest of its stream: a keyed 128-bit hash (SipHash-2-4 with a 128-bit result) of its
// collection, id, version and body. The key is the tenant's, so that nobody outside can make two sets of documents agree.
// docs/PROTOCOL.md, "Digests", has the bytes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sync/model/digest.hpp"
#include "sync/model/document.hpp"

namespace vitrine::sync::ends {

// None for a tombstone.
std::optional<Leaf> leaf_of(const DigestKey& key, const DocumentKey& document, const Version& version,
                            const std::optional<std::string>& body);

// The first byte of the hash of (collection, id).
std::uint8_t bucket_of(const DigestKey& key, const DocumentKey& document);

// Rows keep a leaf as 17 bytes, and the sums as 16 parts of 16 buckets, so that one change dirties one small row.
using LeafBytes = std::array<std::uint8_t, 17>;
LeafBytes leaf_bytes(const Leaf& leaf);
std::optional<Leaf> leaf_from(std::string_view bytes);  // none for anything but 17 bytes

inline constexpr std::size_t sums_parts = 16;
inline constexpr std::size_t sums_in_part = digest_buckets / sums_parts;
using PartBytes = std::array<std::uint8_t, sums_in_part * 16>;
PartBytes part_bytes(const BucketSums& sums, std::size_t part);
void take_part(BucketSums& sums, std::size_t part, std::string_view bytes);

}  // namespace vitrine::sync::ends
