// SPDX-License-Identifier: Apache-2.0
// The signature is judged over the bytes as sent, before any claim is read. The algorithm is ours to say, never the token's.
#include "hub/api/app_token.hpp"

#include <sodium.h>

#include <algorithm>

#include "sync/protocol/json_input.hpp"

namespace vitrine::hub::api {

namespace protocol = sync::protocol;

namespace {

constexpr std::size_t token_bytes_max = 4096;

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr, &size,
                        nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

bool is_for_us(const nlohmann::json& claims) {
  const auto audience = claims.find("aud");
  if (audience == claims.end()) return false;
  if (audience->is_string()) return *audience == "vitrine";
  return audience->is_array() && std::ranges::find(*audience, nlohmann::json("vitrine")) != audience->end();
}

}  // namespace

Result<AppToken> read_app_token(std::string_view token, const std::vector<database::AppKeyRow>& keys, UtcMs now) {
  const auto malformed = [](const char* what) { return fail("token_malformed", what); };
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (token.size() > token_bytes_max || second == std::string_view::npos) return malformed("not a signed token");
  const auto header_text = from_base64url(token.substr(0, first));
  const auto claims_text = from_base64url(token.substr(first + 1, second - first - 1));
  const auto signature = from_base64url(token.substr(second + 1));
  if (!header_text || !claims_text || !signature || signature->size() != crypto_sign_BYTES) return malformed("not base64url");
  const auto header = protocol::parse_object(*header_text, token_bytes_max, "token_malformed");
  if (!header) return std::unexpected(header.error());
  if (header->value("alg", nlohmann::json()) != "EdDSA" || header->contains("crit"))
    return malformed("the algorithm must be EdDSA");

  const std::string_view covered = token.substr(0, second);
  const bool genuine = std::ranges::any_of(keys, [&](const database::AppKeyRow& key) {
    return crypto_sign_verify_detached(reinterpret_cast<const unsigned char*>(signature->data()),
                                       reinterpret_cast<const unsigned char*>(covered.data()), covered.size(),
                                       key.public_key.data()) == 0;
  });
  if (!genuine) return fail("token_forged", "no registered app signed this token");

  const auto claims = protocol::parse_object(*claims_text, token_bytes_max, "token_malformed");
  if (!claims) return std::unexpected(claims.error());
  if (!is_for_us(*claims)) return fail("token_foreign", "the audience must be \"vitrine\"");
  protocol::Mistake mistake("token_malformed");
  const protocol::Fields fields(*claims, "", mistake);
  AppToken result;
  result.customer = sync::CustomerId{fields.text("sub", 1, 64)};
  const std::int64_t expires_s = fields.integer("exp", 0, 253402300799);
  const std::int64_t not_before_s = fields.integer_if_any("nbf", 0, 253402300799).value_or(0);
  if (const auto id = fields.text_if_any("jti", 1, 128)) result.id = *id;
  if (mistake.made()) return mistake.error();
  result.expires_at = UtcMs{expires_s * 1000};
  if (result.expires_at <= now || not_before_s * 1000 > now.value) return fail("token_expired", "the token does not hold now");
  if (result.expires_at > now.plus(app_token_life_ms_max)) {
    return fail("token_too_long_lived", "a token may hold for 24 hours at most");
  }
  return result;
}

}  // namespace vitrine::hub::api
