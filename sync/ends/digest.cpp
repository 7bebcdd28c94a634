// SPDX-License-Identifier: Apache-2.0
// Numbers are little-endian; texts stand behind their length, so that no two documents share their bytes.
#include "sync/ends/digest.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstring>

namespace vitrine::sync::ends {

namespace {

constexpr std::size_t number_bytes = 8;

std::uint64_t number_at(const unsigned char* bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < number_bytes; ++i) value |= std::uint64_t{bytes[i]} << (8 * i);
  return value;
}

void put_number(unsigned char* at, std::uint64_t value) {
  for (std::size_t i = 0; i < number_bytes; ++i) at[i] = static_cast<unsigned char>(value >> (8 * i));
}

Sum128 sum_at(const unsigned char* bytes) { return {number_at(bytes), number_at(bytes + number_bytes)}; }

using HashBytes = std::array<unsigned char, crypto_shorthash_siphashx24_BYTES>;
static_assert(std::tuple_size_v<DigestKey> == crypto_shorthash_siphashx24_KEYBYTES);

HashBytes keyed_hash(const DigestKey& key, const void* bytes, std::size_t size) {
  HashBytes out{};
  crypto_shorthash_siphashx24(out.data(), static_cast<const unsigned char*>(bytes), size, key.data());
  return out;
}

// On the stack: a fill does this for every document.
class Frame {
 public:
  void number(std::uint64_t value) {
    put_number(bytes_.data() + size_, value);
    size_ += number_bytes;
  }
  void text(std::string_view value) {
    const std::size_t kept = std::min(value.size(), text_bytes_max);
    number(value.size());
    std::memcpy(bytes_.data() + size_, value.data(), kept);
    size_ += kept;
  }
  void hash(const HashBytes& value) {
    std::memcpy(bytes_.data() + size_, value.data(), value.size());
    size_ += value.size();
  }
  [[nodiscard]] HashBytes done(const DigestKey& key) const { return keyed_hash(key, bytes_.data(), size_); }

 private:
  static constexpr std::size_t text_bytes_max = 256;  // of a collection or an id; a message has no longer ones
  std::array<unsigned char, 2 * (number_bytes + text_bytes_max) + 3 * number_bytes> bytes_{};
  std::size_t size_ = 0;
};

}  // namespace

std::uint8_t bucket_of(const DigestKey& key, const DocumentKey& document) {
  Frame frame;
  frame.text(document.collection);
  frame.text(document.id);
  return frame.done(key)[0];
}

std::optional<Leaf> leaf_of(const DigestKey& key, const DocumentKey& document, const Version& version,
                            const std::optional<std::string>& body) {
  if (!body) return std::nullopt;
  Frame frame;
  frame.text(document.collection);
  frame.text(document.id);
  const std::uint8_t bucket = frame.done(key)[0];
  frame.number(version.era);
  frame.number(version.number);
  frame.hash(keyed_hash(key, body->data(), body->size()));
  return Leaf{bucket, sum_at(frame.done(key).data())};
}

LeafBytes leaf_bytes(const Leaf& leaf) {
  LeafBytes out{};
  out[0] = leaf.bucket;
  put_number(out.data() + 1, leaf.hash.low);
  put_number(out.data() + 1 + number_bytes, leaf.hash.high);
  return out;
}

std::optional<Leaf> leaf_from(std::string_view bytes) {
  if (bytes.size() != std::tuple_size_v<LeafBytes>) return std::nullopt;
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  return Leaf{at[0], sum_at(at + 1)};
}

PartBytes part_bytes(const BucketSums& sums, std::size_t part) {
  PartBytes out{};
  for (std::size_t i = 0; i < sums_in_part; ++i) {
    const Sum128& sum = sums.bucket[part * sums_in_part + i];
    put_number(out.data() + 2 * number_bytes * i, sum.low);
    put_number(out.data() + 2 * number_bytes * i + number_bytes, sum.high);
  }
  return out;
}

void take_part(BucketSums& sums, std::size_t part, std::string_view bytes) {
  if (bytes.size() != std::tuple_size_v<PartBytes>) return;
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  for (std::size_t i = 0; i < sums_in_part; ++i) sums.bucket[part * sums_in_part + i] = sum_at(at + 2 * number_bytes * i);
}

}  // namespace vitrine::sync::ends
