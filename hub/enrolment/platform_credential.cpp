// SPDX-License-Identifier: Apache-2.0
// 256 random bits need no slow hash: nobody tries them all.
#include "hub/enrolment/platform_credential.hpp"

#include <sodium.h>

#include <algorithm>

namespace vitrine::hub {

namespace {

constexpr std::string_view mark = "vtp_";
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t text_bytes = 4 + 43;
constexpr std::array<std::string_view, 6> scopes = {"catalog", "stock", "customers", "orders", "reservations", "erasures"};
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

}  // namespace

bool is_platform_scope(std::string_view word) { return std::ranges::find(scopes, word) != scopes.end(); }

PlatformCredential make_platform_credential() {
  std::array<unsigned char, secret_bytes> secret{};
  randombytes_buf(secret.data(), secret.size());
  std::string encoded(sodium_base64_ENCODED_LEN(secret_bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(encoded.data(), encoded.size(), secret.data(), secret.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  encoded.pop_back();  // the closing zero
  PlatformCredential made{std::string(mark) + encoded, {}};
  made.hash = *hash_of_credential(made.text);
  return made;
}

std::optional<std::array<std::uint8_t, 32>> hash_of_credential(std::string_view text) {
  const bool formed = text.size() == text_bytes && text.starts_with(mark) &&
                      text.find_first_not_of(alphabet, mark.size()) == std::string_view::npos;
  if (!formed) return std::nullopt;
  std::array<std::uint8_t, 32> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr, 0);
  return hash;
}

}  // namespace vitrine::hub
