// SPDX-License-Identifier: Apache-2.0
// BLAKE2b, 16 bytes of it.
#include "sync/protocol/entity_tag.hpp"

#include <sodium.h>

#include <array>

namespace vitrine::sync::protocol {

std::string entity_tag(std::string_view bytes) {
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr, 0);
  std::string hex(33, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.resize(32);
  return "\"" + hex + "\"";
}

}  // namespace vitrine::sync::protocol
