// SPDX-License-Identifier: Apache-2.0
// Example followed: a phone shows the pass of order 581234, and the kiosk in Harbour Street opens it while the internet is out.
#include "sync/protocol/pickup_pass.hpp"

#include <limits>

#include "sync/protocol/pass_signature.hpp"

namespace vitrine::sync::protocol {

namespace {

constexpr std::string_view domain = "vitrine-pickup-v1";
constexpr std::uint64_t format_version = 1;
constexpr std::uint64_t type_pickup = 2;  // a cart's are 0 and 1
constexpr std::size_t item_count = 9;

bool is_good(const PickupPass& pass) {
  const std::int64_t life_ms = pass.expires_at.value - pass.issued_at.value;
  return is_store_id(pass.store.text) && is_order_id(pass.order.text) && is_hex_128(pass.id.text) && pass.issued_at.value >= 0 &&
         pass.issued_at.value % 1000 == 0 && pass.expires_at.value % 1000 == 0 && life_ms > 0 &&
         life_ms <= pickup_pass_life_ms_max && pass.expires_at.value / 1000 <= pass_time_s_max;
}

std::string body_of(const PickupPass& pass) {
  return write_cbor({format_version, type_pickup, std::uint64_t{pass.key_id}, pass.store.text,
                     static_cast<std::uint64_t>(pass.issued_at.value / 1000),
                     static_cast<std::uint64_t>(pass.expires_at.value / 1000), raw_of(pass.id.text), pass.order.text,
                     std::uint64_t{pass.delegate ? 1U : 0U}});
}

// None: not a body that sign_pickup_pass could have written.
std::optional<PickupPass> read_body(std::string_view body) {
  const auto items = read_cbor(body);
  if (!items || items->size() != item_count) return std::nullopt;
  const auto& at = *items;
  const auto format = number_of(at[0], format_version);
  const auto type = number_of(at[1], type_pickup);
  const auto key_id = number_of(at[2], std::numeric_limits<std::uint32_t>::max());
  const auto* store = std::get_if<std::string>(&at[3]);
  const auto issued = number_of(at[4], static_cast<std::uint64_t>(pass_time_s_max));
  const auto expires = number_of(at[5], static_cast<std::uint64_t>(pass_time_s_max));
  const auto id = hex_of(at[6]);
  const auto* order = std::get_if<std::string>(&at[7]);
  const auto delegate = number_of(at[8], 1);
  if (format != format_version || type != type_pickup || !key_id || store == nullptr || !issued || !expires || !id ||
      order == nullptr || !delegate) {
    return std::nullopt;
  }
  PickupPass pass{static_cast<std::uint32_t>(*key_id),
                  StoreId{*store},
                  {static_cast<std::int64_t>(*issued) * 1000},
                  {static_cast<std::int64_t>(*expires) * 1000},
                  PassId{*id},
                  OrderId{*order},
                  *delegate == 1};
  if (!is_good(pass)) return std::nullopt;
  return pass;
}

struct Parts {
  std::string body;
  std::string signature;
  PickupPass pass;
};

Result<Parts> parts_of(std::string_view text) {
  const auto bytes = pass_bytes_of(text);
  if (!bytes) return std::unexpected(bytes.error());
  if (bytes->size() <= pass_signature_bytes || bytes->size() > pass_bytes_max)
    return fail("pass_malformed", "too short or too long");
  const std::size_t size = bytes->size() - pass_signature_bytes;
  auto pass = read_body(std::string_view(*bytes).substr(0, size));
  if (!pass) return fail("pass_malformed", "not the body of a pickup pass");
  return Parts{bytes->substr(0, size), bytes->substr(size), std::move(*pass)};
}

}  // namespace

Result<std::string> sign_pickup_pass(const PickupPass& pass, const SecretKey& key) {
  if (!is_good(pass)) return fail("pass_invalid", "a field of the pass is out of its range");
  const std::string body = body_of(pass);
  return body + signature_of(std::string(domain) + body, key);
}

bool is_pickup_pass(std::string_view text) { return parts_of(text).has_value(); }

Result<PickupPass> open_pickup_pass(std::string_view text, const std::vector<TrustedKey>& keys, const StoreId& here, UtcMs at) {
  auto parts = parts_of(text);
  if (!parts) return std::unexpected(parts.error());
  PickupPass& pass = parts->pass;
  const SignedBy by{pass.key_id, pass.issued_at};
  if (auto good = judge_signature(keys, by, std::string(domain) + parts->body, parts->signature); !good)
    return std::unexpected(good.error());
  if (pass.store != here) return fail("pass_foreign", "a pass for store " + pass.store.text);
  if (at >= pass.expires_at) return fail("pass_expired", "its time is over");
  if (pass.issued_at > at.plus(pass_early_ms)) return fail("pass_not_yet", "issued in the future");
  return std::move(pass);
}

}  // namespace vitrine::sync::protocol
