// SPDX-License-Identifier: Apache-2.0
// What the store's daemon is told at start (edge.toml). Example: config/examples/edge.toml, which a test loads.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "config/mqtt_config.hpp"

namespace vitrine::config {

// A counter or a till, each with a socket of its own.
struct EdgeDevice {
  std::string name;
  std::string role;    // "counter", "till"
  std::string folder;  // whoever gets into it is this device; empty: the state folder, and the daemon's own user alone
};

struct EdgeConfig {
  std::string store;  // lower-case letters, digits, '-'
  std::string state;  // the folder of database, sockets and lock
  MqttConfig mqtt;
  std::string zone;    // the price zone whose stream the store follows
  std::string region;  // of the stores whose stock it shows; where nothing is said, the zone

  std::int64_t keep_days = 14;  // acknowledged actions, for a hub that comes back from an older backup
  std::int64_t keep_mib = 256;

  std::string lamp;               // a program that shows how urgently somebody is needed; empty: none
  std::int64_t lamp_seconds = 5;  // so long it may take

  std::map<std::string, std::string> zones;  // device → where in the store it stands
  std::int64_t next_seconds = 30;            // a request is offered to one more person after each

  // Where pictures of products come from ("https://hub.example:8443"); empty: there are only pictograms.
  std::string pictures_address;
  std::string pictures_ca;          // authorities that the address is judged by; empty: the system's
  std::int64_t pictures_mib = 256;  // of the disk, at most

  std::vector<EdgeDevice> devices;

  [[nodiscard]] std::string database_file() const { return state + "/store.db"; }
  [[nodiscard]] std::string search_file() const { return state + "/search.db"; }
  [[nodiscard]] std::string pictures_folder() const { return state + "/pictures"; }
  [[nodiscard]] std::string witness_file() const { return state + "/witness"; }
  [[nodiscard]] std::string lock_file() const { return state + "/lock"; }
  [[nodiscard]] std::string api_socket() const { return state + "/api.sock"; }
  [[nodiscard]] std::string events_socket() const { return state + "/events.sock"; }
  [[nodiscard]] std::string operator_socket() const { return state + "/operator.sock"; }
  [[nodiscard]] std::string device_socket(const EdgeDevice& device) const {
    return (device.folder.empty() ? state : device.folder) + "/" + device.name + ".sock";
  }
};

// Errors: those of TomlReader.
Result<EdgeConfig> read_edge_config(const std::string& path);

}  // namespace vitrine::config
