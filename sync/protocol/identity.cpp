// SPDX-License-Identifier: Apache-2.0
// BLAKE2b under keys of their own, made from the tenant's.
#include "sync/protocol/identity.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace vitrine::sync::protocol {

namespace {

using Derived = std::array<unsigned char, 32>;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Derived key_for(const DigestKey& key, std::string_view purpose) {
  Derived out{};
  crypto_generichash(out.data(), out.size(), bytes_of(purpose), purpose.size(), key.data(), key.size());
  return out;
}

std::string hashed(const Derived& key, std::string_view text, std::size_t size) {
  Derived hash{};
  crypto_generichash(hash.data(), size, bytes_of(text), text.size(), key.data(), key.size());
  std::string hex(2 * size + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), size);
  hex.pop_back();
  return hex;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char capital(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<std::string> normal_email(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), small);
  const std::size_t at = out.find('@');
  const bool whole = at != std::string::npos && at > 0 && at + 1 < out.size() && out.find('@', at + 1) == std::string::npos;
  const bool plain = std::ranges::all_of(out, [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; });
  return whole && plain ? std::optional(out) : std::nullopt;
}

std::optional<std::string> normal_phone(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (is_digit(c) || (c == '+' && digits.empty())) {
      digits += c;
    } else if (std::string_view(" -./()").find(c) == std::string_view::npos) {
      return std::nullopt;
    }
  }
  if (digits.starts_with("00")) digits = "+" + digits.substr(2);
  const bool good = digits.size() >= 8 && digits.size() <= 16 && digits[0] == '+' && digits[1] != '0';
  return good ? std::optional(digits) : std::nullopt;
}

std::optional<std::string> normal_loyalty(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    if (!is_digit(c) && (small(c) < 'a' || small(c) > 'z')) return std::nullopt;
    out += capital(c);
  }
  return out.size() >= 4 && out.size() <= 40 ? std::optional(out) : std::nullopt;
}

}  // namespace

std::optional<std::string> normal_key(std::string_view kind, std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > exact_key_bytes_max) return std::nullopt;
  if (kind == "email") return normal_email(text);
  if (kind == "phone") return normal_phone(text);
  if (kind == "loyalty") return normal_loyalty(text);
  return std::nullopt;
}

std::optional<Identity> identity_hash(const DigestKey& key, std::string_view kind, std::string_view text) {
  const auto normal = normal_key(kind, text);
  if (!normal) return std::nullopt;
  return Identity{std::string(kind), hashed(key_for(key, "vitrine-identity-v1"), std::string(kind) + "/" + *normal, 32)};
}

std::string customer_tag(const DigestKey& key, const CustomerId& customer) {
  return hashed(key_for(key, "vitrine-customer-tag-v1"), customer.text, 16);
}

}  // namespace vitrine::sync::protocol
