// SPDX-License-Identifier: Apache-2.0
// edge.toml → EdgeConfig; every value is judged here, once.
#include "config/edge_config.hpp"

#include <string_view>

#include "config/toml_reader.hpp"

namespace vitrine::config {
namespace {

bool is_https_origin(const std::string& text) {
  constexpr std::string_view scheme = "https://";
  return text.starts_with(scheme) && text.size() > scheme.size() &&
         text.find_first_of("/ \t?#@\\", scheme.size()) == std::string::npos;
}

}  // namespace

Result<EdgeConfig> read_edge_config(const std::string& path) {
  Result<TomlReader> toml = TomlReader::read_file(path);
  if (!toml) return std::unexpected(toml.error());
  EdgeConfig config;
  config.store = toml->plain_name("edge.store");
  config.state = toml->path("edge.state");
  config.mqtt = read_mqtt_config(*toml);
  config.zone = toml->plain_name("streams.zone");
  config.region = toml->has("streams.region") ? toml->plain_name("streams.region") : config.zone;
  config.keep_days = toml->integer("outbox.keep_days", 1, 365, config.keep_days);
  config.keep_mib = toml->integer("outbox.keep_mib", 16, 1'048'576, config.keep_mib);
  config.pictures_address = toml->text("pictures.address", "");
  if (!config.pictures_address.empty() && !is_https_origin(config.pictures_address))
    toml->refuse("pictures.address", "must be https://, a name, and perhaps a port: https://hub.example:8443");
  config.pictures_ca = toml->path("pictures.ca", "");
  config.pictures_mib = toml->integer("pictures.mib", 16, 65'536, config.pictures_mib);
  for (const std::string& device : toml->keys("zones")) config.zones[device] = toml->text("zones." + device);
  config.next_seconds = toml->integer("requests.next_seconds", 5, 600, config.next_seconds);
  config.lamp = toml->path("lamp.command", "");
  config.lamp_seconds = toml->integer("lamp.seconds", 1, 60, config.lamp_seconds);
  for (const std::string& name : toml->keys("devices")) {
    const std::string table = "devices." + name;
    const bool good = !name.empty() && name.size() <= 32 && name.front() != '-' && name.back() != '-' &&
                      name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
    if (!good || name == "api" || name == "events" || name == "operator")
      toml->refuse(table, "must be named by 1 to 32 of a-z, 0-9 and '-', and not api, events or operator");
    if (!good) break;
    config.devices.push_back({name, toml->choice(table + ".role", {"counter", "till"}, ""), toml->path(table + ".folder", "")});
  }
  if (auto mistake = toml->finish()) return std::unexpected(*mistake);
  return config;
}

}  // namespace vitrine::config
