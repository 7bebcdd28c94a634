// SPDX-License-Identifier: Apache-2.0
// What is verified are the bytes as sent, never a second encoding of them.
#include "sync/protocol/pass_signature.hpp"

#include <sodium.h>

#include <array>
#include <tuple>

namespace vitrine::sync::protocol {

static_assert(std::tuple_size_v<PublicKey> == crypto_sign_PUBLICKEYBYTES &&
              std::tuple_size_v<SecretKey> == crypto_sign_SECRETKEYBYTES && pass_signature_bytes == crypto_sign_BYTES);

namespace {

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

// A key speaks for a pass that was issued while the key held.
bool holds_for(const TrustedKey& key, const SignedBy& by) {
  return key.key_id == by.key_id && !key.revoked && by.issued_at.plus(pass_early_ms) >= key.from &&
         (!key.to || by.issued_at < *key.to);
}

}  // namespace

CborBytes raw_of(const std::string& hex) {
  const auto nibble = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
  std::string raw;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    raw.push_back(static_cast<char>((nibble(hex[i]) << 4U) | nibble(hex[i + 1])));
  return {raw};
}

std::optional<std::string> hex_of(const CborItem& item) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto* raw = std::get_if<CborBytes>(&item);
  if (raw == nullptr || raw->bytes.size() != 16) return std::nullopt;
  std::string hex;
  for (const char c : raw->bytes) {
    hex.push_back(digits[static_cast<unsigned char>(c) >> 4U]);
    hex.push_back(digits[static_cast<unsigned char>(c) & 0xfU]);
  }
  return hex;
}

std::optional<std::uint64_t> number_of(const CborItem& item, std::uint64_t max) {
  const auto* number = std::get_if<std::uint64_t>(&item);
  if (number == nullptr || *number > max) return std::nullopt;
  return *number;
}

std::string signature_of(const std::string& message, const SecretKey& key) {
  std::array<unsigned char, pass_signature_bytes> signature{};
  crypto_sign_detached(signature.data(), nullptr, bytes_of(message), message.size(), key.data());
  return {signature.begin(), signature.end()};
}

Result<void> judge_signature(const std::vector<TrustedKey>& keys, const SignedBy& by, const std::string& message,
                             std::string_view signature) {
  bool known = false;
  bool genuine = false;
  for (const TrustedKey& key : keys) {
    if (!holds_for(key, by)) continue;
    known = true;
    genuine = genuine ||
              crypto_sign_verify_detached(bytes_of(signature), bytes_of(message), message.size(), key.public_key.data()) == 0;
  }
  if (!known) return fail("pass_unknown_key", "key " + std::to_string(by.key_id) + " is not trusted for it");
  if (!genuine) return fail("pass_forged", "the signature is not the key's");
  return {};
}

}  // namespace vitrine::sync::protocol
