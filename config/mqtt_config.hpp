// SPDX-License-Identifier: Apache-2.0
// The section [mqtt], the same in hub.toml and edge.toml: how an end reaches the broker.
#pragma once

#include <cstdint>
#include <string>

namespace vitrine::config {

class TomlReader;

struct MqttConfig {
  std::string host;
  std::int64_t port = 8883;
  std::string ca;      // the authority that signed broker and clients
  std::string cert;    // the end's own certificate; its common name is "hub" or the store
  std::string key;     // belongs to cert; readable by the program only
  std::string tenant;  // second level of every topic
};

MqttConfig read_mqtt_config(TomlReader& toml);

}  // namespace vitrine::config
