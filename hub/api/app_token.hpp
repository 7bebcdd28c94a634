// SPDX-License-Identifier: Apache-2.0
// The token by which a retailer's own app says who its user is: a JWT (RFC 7519) signed with EdDSA (RFC 8037) by a key that
// was registered with `vitrine-hub app-key add`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "hub/database/rows.hpp"

namespace vitrine::hub::api {

inline constexpr std::int64_t app_token_life_ms_max = 24LL * 3600 * 1000;

struct AppToken {
  sync::CustomerId customer;
  std::optional<std::string> id;  // jti: taken once
  UtcMs expires_at;
};

// Errors: "token_malformed", "token_forged" (no registered key made it), "token_foreign" (another audience), "token_expired",
// "token_too_long_lived".
Result<AppToken> read_app_token(std::string_view token, const std::vector<database::AppKeyRow>& keys, UtcMs now);

}  // namespace vitrine::hub::api
