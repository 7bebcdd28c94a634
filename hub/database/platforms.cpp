// SPDX-License-Identifier: Apache-2.0
// Platforms; the statements stand in sql/platforms.sql.
#include "hub/database/platforms.hpp"

#include <sstream>

namespace vitrine::hub::database {

namespace {

PlatformRow row_of(const Statement& row) {
  PlatformRow platform{std::string(row.text_at(0)), {}, {row.integer_at(2)}};
  std::istringstream words{std::string(row.text_at(1))};
  for (std::string word; words >> word;) platform.scopes.push_back(word);
  return platform;
}

}  // namespace

std::optional<PlatformRow> Platforms::by_hash(const CredentialHash& hash) {
  Statement row = connection_.statement("platform_by_hash");
  row.blob(hash.data(), hash.size());
  return row.step() ? std::optional(row_of(row)) : std::nullopt;
}

std::vector<PlatformRow> Platforms::all() {
  std::vector<PlatformRow> result;
  Statement row = connection_.statement("platforms");
  while (row.step()) result.push_back(row_of(row));
  return result;
}

bool Platforms::add(const PlatformRow& platform, const CredentialHash& hash) {
  std::string scopes;
  for (const std::string& scope : platform.scopes) scopes += (scopes.empty() ? "" : " ") + scope;
  connection_.statement("add_platform")
      .text(platform.name)
      .blob(hash.data(), hash.size())
      .text(scopes)
      .integer(platform.added_at.value)
      .run();
  return connection_.changes() > 0;
}

bool Platforms::drop(const std::string& name) {
  connection_.statement("drop_platform_requests").text(name).run();
  connection_.statement("drop_platform").text(name).run();
  return connection_.changes() > 0;
}

std::optional<AnsweredRequest> Platforms::answered(const std::string& platform, const std::string& key) {
  Statement row = connection_.statement("platform_request");
  row.text(platform).text(key);
  if (!row.step()) return std::nullopt;
  return AnsweredRequest{std::string(row.blob_at(0)), static_cast<int>(row.integer_at(1)), std::string(row.text_at(2)),
                         std::string(row.text_at(3))};
}

void Platforms::put_answered(const std::string& platform, const std::string& key, const AnsweredRequest& answered, UtcMs at) {
  connection_.statement("drop_old_platform_requests").integer(at.value - answers_kept_ms).run();
  connection_.statement("put_platform_request")
      .text(platform)
      .text(key)
      .blob(answered.asked.data(), answered.asked.size())
      .integer(answered.status)
      .text(answered.body)
      .text(answered.tag)
      .integer(at.value)
      .run();
}

}  // namespace vitrine::hub::database
