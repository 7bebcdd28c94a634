// SPDX-License-Identifier: Apache-2.0
// Example followed: Amelia changed her cart at a kiosk whose store is offline, and takes it home on her phone.
#include "sync/protocol/kept_pass.hpp"

#include <algorithm>

#include "sync/model/currency.hpp"
#include "sync/protocol/pass.hpp"
#include "sync/protocol/pass_lines.hpp"
#include "sync/protocol/pass_signature.hpp"

namespace vitrine::sync::protocol {

namespace {

constexpr std::string_view domain = "vitrine-kept-v1";
constexpr std::uint64_t format_version = 1;
constexpr std::uint64_t type_kept = 3;  // a cart's are 0 and 1, an order's is 2
constexpr std::size_t fixed_items = 9;
constexpr char mark = 'k';

bool is_good(const KeptPass& pass) {
  const std::int64_t life_ms = pass.expires_at.value - pass.issued_at.value;
  return is_store_id(pass.store.text) && pass.issued_at.value >= 0 && pass.issued_at.value % 1000 == 0 &&
         pass.expires_at.value % 1000 == 0 && life_ms > 0 && life_ms <= kept_pass_life_ms &&
         pass.expires_at.value / 1000 <= pass_time_s_max && is_hex_128(pass.id.text) && is_hex_128(pass.cart.text) &&
         is_currency(pass.currency) && pass.to_pay_minor >= 0 && !pass.lines.empty() && are_good_lines(pass.lines);
}

// None: not a body that kept_pass_body could have written.
std::optional<KeptPass> read_body(std::string_view body) {
  const auto items = read_cbor(body);
  if (!items || items->size() < fixed_items) return std::nullopt;
  const auto& at = *items;
  const auto format = number_of(at[0], format_version);
  const auto type = number_of(at[1], type_kept);
  const auto* store = std::get_if<std::string>(&at[2]);
  const auto issued = number_of(at[3], static_cast<std::uint64_t>(pass_time_s_max));
  const auto expires = number_of(at[4], static_cast<std::uint64_t>(pass_time_s_max));
  const auto id = hex_of(at[5]);
  const auto cart = hex_of(at[6]);
  const auto* currency = std::get_if<std::string>(&at[7]);
  const auto to_pay = number_of(at[8], static_cast<std::uint64_t>(INT64_MAX));
  auto lines = read_lines(at, fixed_items);
  if (format != format_version || type != type_kept || store == nullptr || !issued || !expires || !id || !cart ||
      currency == nullptr || !to_pay || !lines) {
    return std::nullopt;
  }
  KeptPass pass{StoreId{*store},
                {static_cast<std::int64_t>(*issued) * 1000},
                {static_cast<std::int64_t>(*expires) * 1000},
                PassId{*id},
                CartId{*cart},
                *currency,
                static_cast<std::int64_t>(*to_pay),
                std::move(*lines)};
  if (!is_good(pass)) return std::nullopt;
  return pass;
}

}  // namespace

Result<std::string> kept_pass_body(const KeptPass& pass) {
  if (!is_good(pass)) return fail("pass_invalid", "a field of the pass is out of its range");
  std::vector<CborItem> items = {format_version,
                                 type_kept,
                                 pass.store.text,
                                 static_cast<std::uint64_t>(pass.issued_at.value / 1000),
                                 static_cast<std::uint64_t>(pass.expires_at.value / 1000),
                                 raw_of(pass.id.text),
                                 raw_of(pass.cart.text),
                                 pass.currency,
                                 static_cast<std::uint64_t>(pass.to_pay_minor)};
  append_lines(items, pass.lines);
  std::string body = write_cbor(items);
  if (body.size() + store_signature_bytes > pass_bytes_max) return fail("pass_too_long", "the lines do not fit a code");
  return body;
}

std::string kept_pass_message(std::string_view body) { return std::string(domain) + std::string(body); }

std::string kept_pass_link(std::string_view link_base, std::string_view body, std::string_view signature) {
  return std::string(link_base) + "#" + mark + pass_digits(std::string(body) + std::string(signature));
}

Result<SignedKeptPass> read_kept_pass(std::string_view text) {
  if (text.size() > pass_text_max) return fail("pass_not_ours", "longer than any pass");
  if (const auto hash = text.rfind('#'); hash != std::string_view::npos) text.remove_prefix(hash + 1);
  if (!text.starts_with(mark)) return fail("pass_not_ours", "not the code of a kept cart");
  const auto bytes = pass_bytes_of(text.substr(1));
  if (!bytes) return std::unexpected(bytes.error());
  if (bytes->size() <= store_signature_bytes || bytes->size() > pass_bytes_max)
    return fail("pass_malformed", "too short or too long");
  const std::size_t size = bytes->size() - store_signature_bytes;
  auto pass = read_body(std::string_view(*bytes).substr(0, size));
  if (!pass) return fail("pass_malformed", "not the body of a kept cart's pass");
  return SignedKeptPass{std::move(*pass), kept_pass_message(std::string_view(*bytes).substr(0, size)), bytes->substr(size)};
}

Result<void> judge_time(const KeptPass& pass, UtcMs at) {
  if (at >= pass.expires_at) return fail("pass_expired", "its time is over");
  if (pass.issued_at > at.plus(pass_early_ms)) return fail("pass_not_yet", "issued in the future");
  return {};
}

}  // namespace vitrine::sync::protocol
