// SPDX-License-Identifier: Apache-2.0
// Signing and opening cart passes. What is verified are the bytes as sent, never a second encoding of them.
// Example followed: a phone shows its cart, the kiosk opens it while the internet is out.
#include "sync/protocol/pass.hpp"

#include <limits>

#include "sync/protocol/cbor.hpp"
#include "sync/protocol/pass_lines.hpp"
#include "sync/protocol/pass_signature.hpp"

namespace vitrine::sync::protocol {

namespace {

constexpr std::string_view domain = "vitrine-cart-v1";
constexpr std::uint64_t format_version = 1;
constexpr std::uint64_t type_lines = 0;
constexpr std::uint64_t type_reference = 1;
constexpr std::size_t fixed_items = 10;
constexpr std::int64_t life_s_max = 24LL * 3600;  // no pass of any kind is valid for longer

bool is_good_life(std::int64_t issued_s, std::int64_t expires_s) {
  return issued_s >= 0 && expires_s > issued_s && expires_s <= pass_time_s_max && expires_s - issued_s <= life_s_max;
}

bool is_good(const CartPass& pass) {
  return (pass.audience.empty() || is_store_id(pass.audience)) && pass.issued_at.value % 1000 == 0 &&
         pass.expires_at.value % 1000 == 0 && is_good_life(pass.issued_at.value / 1000, pass.expires_at.value / 1000) &&
         is_hex_128(pass.id.text) && is_hex_128(pass.cart.text) && (!pass.lines || are_good_lines(*pass.lines));
}

std::string body_of(const CartPass& pass) {
  std::vector<CborItem> items = {format_version,
                                 pass.lines ? type_lines : type_reference,
                                 std::uint64_t{pass.key_id},
                                 pass.audience,
                                 static_cast<std::uint64_t>(pass.issued_at.value / 1000),
                                 static_cast<std::uint64_t>(pass.expires_at.value / 1000),
                                 raw_of(pass.id.text),
                                 raw_of(pass.cart.text),
                                 std::uint64_t{pass.version.era},
                                 pass.version.number};
  if (pass.lines) append_lines(items, *pass.lines);
  return write_cbor(items);
}

// None: not a body that sign_pass could have written.
std::optional<CartPass> read_body(std::string_view body) {
  const auto items = read_cbor(body);
  if (!items || items->size() < fixed_items || items->size() % 2 != 0) return std::nullopt;
  constexpr std::uint64_t u32_max = std::numeric_limits<std::uint32_t>::max();
  const auto& at = *items;
  const auto format = number_of(at[0], format_version);
  const auto type = number_of(at[1], type_reference);
  const auto key_id = number_of(at[2], u32_max);
  const auto* audience = std::get_if<std::string>(&at[3]);
  const auto issued = number_of(at[4], static_cast<std::uint64_t>(pass_time_s_max));
  const auto expires = number_of(at[5], static_cast<std::uint64_t>(pass_time_s_max));
  const auto id = hex_of(at[6]);
  const auto cart = hex_of(at[7]);
  const auto era = number_of(at[8], u32_max);
  const auto number = number_of(at[9], std::numeric_limits<std::uint64_t>::max());
  if (format != format_version || !type || !key_id || audience == nullptr || !issued || !expires || !id || !cart || !era ||
      !number) {
    return std::nullopt;
  }
  CartPass pass;
  pass.key_id = static_cast<std::uint32_t>(*key_id);
  pass.audience = *audience;
  pass.issued_at = {static_cast<std::int64_t>(*issued) * 1000};
  pass.expires_at = {static_cast<std::int64_t>(*expires) * 1000};
  pass.id = PassId{*id};
  pass.cart = CartId{*cart};
  pass.version = {static_cast<std::uint32_t>(*era), *number};
  if (*type == type_lines) {
    pass.lines = read_lines(at, fixed_items);
    if (!pass.lines) return std::nullopt;
  } else if (at.size() != fixed_items) {
    return std::nullopt;
  }
  if (!is_good(pass)) return std::nullopt;
  return pass;
}

}  // namespace

Result<std::string> sign_pass(const CartPass& pass, const SecretKey& key) {
  if (!is_good(pass)) return fail("pass_invalid", "a field of the pass is out of its range");
  std::string body = body_of(pass);
  if (body.size() + pass_signature_bytes > pass_bytes_max) return fail("pass_too_long", "the lines do not fit a code");
  return body + signature_of(std::string(domain) + body, key);
}

Result<CartPass> open_pass(std::string_view text, const std::vector<TrustedKey>& keys, const StoreId& here, UtcMs at) {
  const auto bytes = pass_bytes_of(text);
  if (!bytes) return std::unexpected(bytes.error());
  if (bytes->size() <= pass_signature_bytes || bytes->size() > pass_bytes_max)
    return fail("pass_malformed", "too short or too long");
  const std::string_view body = std::string_view(*bytes).substr(0, bytes->size() - pass_signature_bytes);
  const std::string_view signature = std::string_view(*bytes).substr(body.size());
  const auto pass = read_body(body);
  if (!pass) return fail("pass_malformed", "not the body of a pass");

  if (auto good = judge_signature(keys, {pass->key_id, pass->issued_at}, std::string(domain) + std::string(body), signature);
      !good)
    return std::unexpected(good.error());
  if (!pass->audience.empty() && pass->audience != here.text) return fail("pass_foreign", "a pass for store " + pass->audience);
  if (at >= pass->expires_at) return fail("pass_expired", "its time is over");
  if (pass->issued_at > at.plus(pass_early_ms)) return fail("pass_not_yet", "issued in the future");
  return *pass;
}

}  // namespace vitrine::sync::protocol
