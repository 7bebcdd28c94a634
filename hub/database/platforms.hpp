// SPDX-License-Identifier: Apache-2.0
// Who may push a retailer's data, and what each was answered under its idempotency keys: a repeat is answered as before.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "hub/database/connection.hpp"

namespace vitrine::hub::database {

using CredentialHash = std::array<std::uint8_t, 32>;

struct PlatformRow {
  std::string name;
  std::vector<std::string> scopes;
  UtcMs added_at;
};

struct AnsweredRequest {
  std::string asked;  // 32 bytes: hash of what was asked
  int status = 200;
  std::string body;
  std::string tag;  // ETag, or empty
};

class Platforms {
 public:
  static constexpr std::int64_t answers_kept_ms = 24LL * 3600 * 1000;

  explicit Platforms(Connection& connection) : connection_(connection) {}

  std::optional<PlatformRow> by_hash(const CredentialHash& hash);
  std::vector<PlatformRow> all();
  // False when there is one of this name.
  bool add(const PlatformRow& platform, const CredentialHash& hash);
  // With what it was answered. False when there is none of this name.
  bool drop(const std::string& name);

  std::optional<AnsweredRequest> answered(const std::string& platform, const std::string& key);
  // Some that are older than answers_kept_ms go.
  void put_answered(const std::string& platform, const std::string& key, const AnsweredRequest& answered, UtcMs at);

 private:
  Connection& connection_;
};

}  // namespace vitrine::hub::database
