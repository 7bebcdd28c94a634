// SPDX-License-Identifier: Apache-2.0
// A platform that calls the hub, for tests of its API.
#pragma once

#include <string>
#include <vector>

#include "tests/hub/api/serving_hub.hpp"

namespace vitrine::test {

inline constexpr const char* rows_of = "/api/v1/platform/rows/";

inline std::string credential(ServingHub& hub, const std::string& name, const std::vector<std::string>& scopes = {}) {
  REQUIRE(
      hub.folder.run(hub::platform, {"add", name},
                     scopes.empty() ? decltype(hub::Command::options){} : decltype(hub::Command::options){{"--scope", scopes}}));
  return hub.folder.out().substr(0, hub.folder.out().find('\n'));
}

class Platform {
 public:
  Platform(ServingHub& hub, std::string credential) : client_(hub), credential_(std::move(credential)) {}

  Heard get(const std::string& path) { return client_.get(path, {{"Authorization", "Bearer " + credential_}}); }
  Heard post(const std::string& path, const nlohmann::json& body, const std::string& key, const std::string& if_match = "") {
    httplib::Headers headers = {{"Authorization", "Bearer " + credential_}};
    if (!key.empty()) headers.emplace("Idempotency-Key", key);
    if (!if_match.empty()) headers.emplace("If-Match", if_match);
    return client_.post(path, body, headers);
  }
  Heard post(const std::string& path, const nlohmann::json& body) { return post(path, body, HubFolder::chance().hex_128()); }
  Heard push(const std::string& table, const std::vector<nlohmann::json>& rows) {
    return post(rows_of + table, {{"rows", rows}});
  }
  Heard act(const std::string& order, const nlohmann::json& action) {
    return post("/api/v1/platform/orders/" + order + "/actions", action);
  }

 private:
  Phone client_;
  std::string credential_;
};

inline nlohmann::json order_row(const std::string& order, int line, const std::string& sku, int quantity) {
  return {{"order", order},
          {"customer", "12347"},
          {"store", "harbour-street"},
          {"channel", "web"},
          {"placed_at", "2026-01-05T10:00:00Z"},
          {"line", line},
          {"sku", sku},
          {"quantity", quantity},
          {"unit_price", "2.50"},
          {"currency", "GBP"}};
}

}  // namespace vitrine::test
