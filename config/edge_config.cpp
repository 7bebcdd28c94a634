// SPDX-License-Identifier: Apache-2.0
// edge.toml → EdgeConfig; every value is judged here, once.
#include "config/edge_config.hpp"

#include "config/toml_reader.hpp"

namespace vitrine::config {

namespace {

// The names that become part of topics and file names: lower-case letters, digits, '-', 1 to 32.
bool is_plain_name(const std::string& text) {
  return !text.empty() && text.size() <= 32 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

std::string plain_name(TomlReader& toml, std::string_view key) {
  std::string read = toml.text(key);
  if (toml.has(key) && !is_plain_name(read)) toml.refuse(key, "must be 1 to 32 of a-z, 0-9 and '-'");
  return read;
}

}  // namespace

Result<EdgeConfig> read_edge_config(const std::string& path) {
  Result<TomlReader> toml = TomlReader::read_file(path);
  if (!toml) return std::unexpected(toml.error());
  EdgeConfig config;
  config.store = plain_name(*toml, "edge.store");
  config.state = toml->path("edge.state");
  config.mqtt.host = toml->text("mqtt.host");
  config.mqtt.port = toml->integer("mqtt.port", 1, 65535, 8883);
  config.mqtt.ca = toml->path("mqtt.ca");
  config.mqtt.cert = toml->path("mqtt.cert");
  config.mqtt.key = toml->path("mqtt.key");
  config.mqtt.tenant = plain_name(*toml, "mqtt.tenant");
  config.zone = plain_name(*toml, "streams.zone");
  if (auto mistake = toml->finish()) return std::unexpected(*mistake);
  return config;
}

}  // namespace vitrine::config
