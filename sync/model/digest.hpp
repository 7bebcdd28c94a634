// SPDX-License-Identifier: Apache-2.0
// What proves that two ends hold the same documents of a stream: sums modulo 2^128, one for each of 256 buckets. Sums and not
// chains, so that a change costs one subtraction and one addition, in any order. What is summed: sync/ends/digest.hpp.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace vitrine::sync {

// A number modulo 2^128.
struct Sum128 {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  Sum128& operator+=(const Sum128& other) {
    low += other.low;
    high += other.high + (low < other.low ? 1U : 0U);
    return *this;
  }
  Sum128& operator-=(const Sum128& other) {
    high -= other.high + (low < other.low ? 1U : 0U);
    low -= other.low;
    return *this;
  }
  bool operator==(const Sum128&) const = default;
};

inline constexpr std::size_t digest_buckets = 256;

// What one live document adds: to this bucket, this number. A tombstone adds nothing and has none.
struct Leaf {
  std::uint8_t bucket = 0;
  Sum128 hash;
  bool operator==(const Leaf&) const = default;
};

// 16 bytes, one key a tenant.
using DigestKey = std::array<std::uint8_t, 16>;

// Some of the 256 buckets.
using BucketSet = std::bitset<digest_buckets>;

struct BucketSums {
  std::array<Sum128, digest_buckets> bucket{};

  void add(const std::optional<Leaf>& leaf) {
    if (leaf) bucket[leaf->bucket] += leaf->hash;
  }
  void subtract(const std::optional<Leaf>& leaf) {
    if (leaf) bucket[leaf->bucket] -= leaf->hash;
  }
  // The digest of the whole stream.
  [[nodiscard]] Sum128 total() const {
    Sum128 sum;
    for (const Sum128& one : bucket) sum += one;
    return sum;
  }
  [[nodiscard]] BucketSet differing(const BucketSums& other) const {
    BucketSet set;
    for (std::size_t i = 0; i < digest_buckets; ++i) set.set(i, bucket[i] != other.bucket[i]);
    return set;
  }
  bool operator==(const BucketSums&) const = default;
};

}  // namespace vitrine::sync
