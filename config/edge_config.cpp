// SPDX-License-Identifier: Apache-2.0
// edge.toml → EdgeConfig; every value is judged here, once.
#include "config/edge_config.hpp"

#include "config/toml_reader.hpp"

namespace vitrine::config {

Result<EdgeConfig> read_edge_config(const std::string& path) {
  Result<TomlReader> toml = TomlReader::read_file(path);
  if (!toml) return std::unexpected(toml.error());
  EdgeConfig config;
  config.store = toml->plain_name("edge.store");
  config.state = toml->path("edge.state");
  config.mqtt = read_mqtt_config(*toml);
  config.zone = toml->plain_name("streams.zone");
  config.keep_days = toml->integer("outbox.keep_days", 1, 365, config.keep_days);
  config.keep_mib = toml->integer("outbox.keep_mib", 16, 1'048'576, config.keep_mib);
  if (auto mistake = toml->finish()) return std::unexpected(*mistake);
  return config;
}

}  // namespace vitrine::config
