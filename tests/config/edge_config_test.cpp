// SPDX-License-Identifier: Apache-2.0
// The example of edge.toml loads, and says what the text beside it promises.
#include "config/edge_config.hpp"

#include <doctest/doctest.h>

TEST_CASE("the example edge.toml loads") {
  const auto config = vitrine::config::read_edge_config("config/examples/edge.toml");
  REQUIRE_MESSAGE(config.has_value(), (config ? "" : config.error().message));
  CHECK(config->store == "harbour-street");
  CHECK(config->zone == "uk");
  CHECK(config->region == "uk");
  CHECK(config->mqtt.port == 8883);
  CHECK(config->mqtt.tenant == "fernby");
  CHECK(config->keep_days == 14);
  CHECK(config->keep_mib == 256);
  CHECK(config->next_seconds == 30);
  CHECK(config->zones.empty());
  CHECK(config->lamp.empty());  // off unless it is named
  CHECK(config->lamp_seconds == 5);
  CHECK(config->api_socket() == "/var/lib/vitrine-edge/api.sock");
}
