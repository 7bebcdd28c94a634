// SPDX-License-Identifier: Apache-2.0
// Half a byte at a time; nothing here is long.
#include "sync/protocol/digest_codec.hpp"

namespace vitrine::sync::protocol {

namespace {

constexpr std::size_t sum_digits = 32;
constexpr std::size_t half_digits = 16;

char digit_of(std::uint64_t value) { return "0123456789abcdef"[value & 15U]; }

std::optional<std::uint64_t> value_of(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint64_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint64_t>(c - 'a' + 10);
  return std::nullopt;
}

void append(std::string& out, std::uint64_t value) {
  for (int shift = 60; shift >= 0; shift -= 4) out += digit_of(value >> shift);
}

std::optional<std::uint64_t> number_from(std::string_view hex) {
  std::uint64_t value = 0;
  for (const char c : hex) {
    const auto digit = value_of(c);
    if (!digit) return std::nullopt;
    value = value << 4 | *digit;
  }
  return value;
}

}  // namespace

std::string to_hex(const Sum128& sum) {
  std::string out;
  out.reserve(sum_digits);
  append(out, sum.high);
  append(out, sum.low);
  return out;
}

std::string to_hex(const BucketSums& sums) {
  std::string out;
  out.reserve(digest_buckets * sum_digits);
  for (const Sum128& sum : sums.bucket) {
    append(out, sum.high);
    append(out, sum.low);
  }
  return out;
}

std::string to_hex(const BucketSet& set) {
  std::string out;
  for (std::size_t i = 0; i < set.size(); i += 4) {
    out += digit_of((set.test(i) ? 8U : 0U) | (set.test(i + 1) ? 4U : 0U) | (set.test(i + 2) ? 2U : 0U) |
                    (set.test(i + 3) ? 1U : 0U));
  }
  return out;
}

std::string to_hex(const DigestKey& key) {
  std::string out;
  for (const std::uint8_t byte : key) {
    out += digit_of(byte >> 4U);
    out += digit_of(byte);
  }
  return out;
}

std::optional<Sum128> sum_from_hex(std::string_view hex) {
  if (hex.size() != sum_digits) return std::nullopt;
  const auto high = number_from(hex.substr(0, half_digits));
  const auto low = number_from(hex.substr(half_digits));
  if (!high || !low) return std::nullopt;
  return Sum128{*low, *high};
}

std::optional<BucketSums> sums_from_hex(std::string_view hex) {
  if (hex.size() != digest_buckets * sum_digits) return std::nullopt;
  BucketSums sums;
  for (std::size_t i = 0; i < digest_buckets; ++i) {
    const auto sum = sum_from_hex(hex.substr(i * sum_digits, sum_digits));
    if (!sum) return std::nullopt;
    sums.bucket[i] = *sum;
  }
  return sums;
}

std::optional<BucketSet> set_from_hex(std::string_view hex) {
  if (hex.size() != digest_buckets / 4) return std::nullopt;
  BucketSet set;
  for (std::size_t i = 0; i < hex.size(); ++i) {
    const auto digit = value_of(hex[i]);
    if (!digit) return std::nullopt;
    for (std::size_t bit = 0; bit < 4; ++bit) set.set(4 * i + bit, (*digit >> (3 - bit) & 1U) != 0);
  }
  return set;
}

std::optional<DigestKey> digest_key_from_hex(std::string_view hex) {
  DigestKey key{};
  if (hex.size() != 2 * key.size()) return std::nullopt;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const auto byte = number_from(hex.substr(2 * i, 2));
    if (!byte) return std::nullopt;
    key[i] = static_cast<std::uint8_t>(*byte);
  }
  return key;
}

}  // namespace vitrine::sync::protocol
