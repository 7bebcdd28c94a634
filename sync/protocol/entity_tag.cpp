// SPDX-License-Identifier: Apache-2.0
// BLAKE2b, 16 bytes of it.
#include "sync/protocol/entity_tag.hpp"

#include <sodium.h>

#include <array>

namespace vitrine::sync::protocol {

namespace {

template <std::size_t Size>
std::string hash_in_hex(std::string_view bytes) {
  std::array<unsigned char, Size> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr, 0);
  std::string hex(2 * Size + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

}  // namespace

std::string entity_tag(std::string_view bytes) { return "\"" + hash_in_hex<16>(bytes) + "\""; }
std::string picture_hash(std::string_view bytes) { return hash_in_hex<32>(bytes); }

}  // namespace vitrine::sync::protocol
