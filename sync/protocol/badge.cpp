// SPDX-License-Identifier: Apache-2.0
// Signing and opening badges; what is verified are the bytes as printed.
#include "sync/protocol/badge.hpp"

#include <sodium.h>

#include <array>
#include <limits>

#include "sync/model/staff.hpp"
#include "sync/protocol/cbor.hpp"

namespace vitrine::sync::protocol {

namespace {

constexpr std::string_view start = "VB1:";
constexpr std::string_view domain = "vitrine-badge-v1";
constexpr std::uint64_t format_version = 1;
constexpr std::size_t items_count = 6;
constexpr std::int64_t time_s_max = 253402300799;  // the end of the year 9999
constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

bool is_good(const Badge& badge) {
  return badge.issued_at.value >= 0 && badge.issued_at.value % 1000 == 0 && badge.issued_at.value / 1000 <= time_s_max &&
         is_store_id(badge.store.text) && is_staff_number(badge.number) && is_hex_128(badge.id);
}

std::optional<Badge> read_body(std::string_view body) {
  const auto items = read_cbor(body);
  if (!items || items->size() != items_count) return std::nullopt;
  const auto* format = std::get_if<std::uint64_t>(&(*items)[0]);
  const auto* key_id = std::get_if<std::uint64_t>(&(*items)[1]);
  const auto* issued = std::get_if<std::uint64_t>(&(*items)[2]);
  const auto* store = std::get_if<std::string>(&(*items)[3]);
  const auto* number = std::get_if<std::string>(&(*items)[4]);
  const auto* id = std::get_if<std::string>(&(*items)[5]);
  if (format == nullptr || *format != format_version || key_id == nullptr || issued == nullptr || store == nullptr ||
      number == nullptr || id == nullptr || *key_id > std::numeric_limits<std::uint32_t>::max() ||
      *issued > static_cast<std::uint64_t>(time_s_max)) {
    return std::nullopt;
  }
  Badge badge{static_cast<std::uint32_t>(*key_id), UtcMs{static_cast<std::int64_t>(*issued) * 1000}, StoreId{*store}, *number,
              *id};
  if (!is_good(badge)) return std::nullopt;
  return badge;
}

}  // namespace

Result<std::string> sign_badge(const Badge& badge, const SecretKey& key) {
  if (!is_good(badge)) return fail("badge_invalid", "a field of the badge is out of its range");
  std::string bytes =
      write_cbor({format_version, std::uint64_t{badge.key_id}, static_cast<std::uint64_t>(badge.issued_at.value / 1000),
                  badge.store.text, badge.number, badge.id});
  const std::string message = std::string(domain) + bytes;
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, bytes_of(message), message.size(), key.data());
  bytes.append(signature.begin(), signature.end());
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant);
  text.pop_back();  // its own end
  return std::string(start) + text;
}

bool is_badge_text(std::string_view text) { return text.starts_with(start) && text.size() <= badge_text_max; }

Result<Badge> open_badge(std::string_view text, const std::vector<TrustedKey>& keys, const StoreId& here) {
  if (!is_badge_text(text)) return fail("badge_malformed", "not the text of a badge");
  text.remove_prefix(start.size());
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr, &size,
                        nullptr, variant) != 0 ||
      size <= crypto_sign_BYTES) {
    return fail("badge_malformed", "not the text of a badge");
  }
  const std::string_view body = std::string_view(bytes).substr(0, size - crypto_sign_BYTES);
  const std::string_view signature = std::string_view(bytes).substr(body.size(), crypto_sign_BYTES);
  const auto badge = read_body(body);
  if (!badge) return fail("badge_malformed", "not the body of a badge");
  const std::string message = std::string(domain) + std::string(body);
  bool known = false;
  bool genuine = false;
  for (const TrustedKey& key : keys) {
    if (key.key_id != badge->key_id || key.revoked || badge->issued_at.plus(1000) <= key.from ||
        (key.to && badge->issued_at >= *key.to)) {
      continue;
    }
    known = true;
    genuine = genuine ||
              crypto_sign_verify_detached(bytes_of(signature), bytes_of(message), message.size(), key.public_key.data()) == 0;
  }
  if (!known) return fail("badge_unknown_key", "key " + std::to_string(badge->key_id) + " is not trusted for it");
  if (!genuine) return fail("badge_forged", "the signature is not the key's");
  if (badge->store != here) return fail("badge_foreign", "a badge of store " + badge->store.text);
  return *badge;
}

}  // namespace vitrine::sync::protocol
