// SPDX-License-Identifier: Apache-2.0
// Mistakes stay in the reader, as everywhere here.
#include "config/mqtt_config.hpp"

#include "config/toml_reader.hpp"

namespace vitrine::config {

MqttConfig read_mqtt_config(TomlReader& toml) {
  MqttConfig mqtt;
  mqtt.host = toml.text("mqtt.host");
  mqtt.port = toml.integer("mqtt.port", 1, 65535, mqtt.port);
  mqtt.ca = toml.path("mqtt.ca");
  mqtt.cert = toml.path("mqtt.cert");
  mqtt.key = toml.path("mqtt.key");
  mqtt.tenant = toml.plain_name("mqtt.tenant");
  return mqtt;
}

}  // namespace vitrine::config
