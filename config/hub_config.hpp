// SPDX-License-Identifier: Apache-2.0
// What the hub is told at start (hub.toml). Example: config/examples/hub.toml, which a test loads.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "config/mqtt_config.hpp"

namespace vitrine::config {

struct HubHttp {
  std::string address = "127.0.0.1";
  std::int64_t port = 8443;
  std::string cert;
  std::string key;
  std::string web;                 // the folder of the phone page; empty: beside the program
  std::vector<std::string> hosts;  // names by which clients may call, besides address and the host of link_base
};

// Where the rows are (docs/OPERATIONS.md, "PostgreSQL").
struct HubDatabase {
  std::string kind = "sqlite";  // or "postgresql"
  std::string connection;       // of PostgreSQL, as libpq has it, without a password; empty for SQLite
};

// How much of a store's stock it may promise by itself, offline too (hub/lending).
struct HubLending {
  std::int64_t share_percent = 20;
  std::int64_t units_max = 2;  // of one product; 0: nothing is lent
  std::int64_t hours = 48;
};

// How the retailer's endpoints are told of orders (docs/WEBHOOKS.md).
struct HubWebhooks {
  std::int64_t give_up_hours = 72;  // after the first try
  std::string ca;                   // authorities of receivers; empty: the system's
};

// What is taken back (docs/OPERATIONS.md, "Returns").
struct HubReturns {
  std::int64_t window_days = 30;  // from the hand-over or the payment; 0: nothing is taken back
  std::vector<std::string> reasons = {"damaged", "not_wanted", "not_as_described", "wrong_item"};
  std::vector<std::string> restock = {"resell", "discount"};  // conditions whose goods go on the shelf again
  std::vector<std::string> write_off = {"damaged"};           // conditions whose goods are not sold any more
  std::vector<std::string> skus_kept;
  std::vector<std::string> categories_kept;  // and departments
};

struct HubConfig {
  std::string state;       // the folder of database (SQLite), keys and admin socket
  std::string name;        // of the retailer, for operators
  std::string link_base;   // everything before '#' in a pass: "https://shop.example/k"
  std::string tagline_en;  // under the name, where screens have room
  std::string tagline_de;
  std::vector<std::string> languages = {"en"};  // the first is what strangers are greeted in
  std::vector<std::string> in_store_codes;      // schemes such as "02IIIIIVPPPPC"; the hub judges them at start
  bool greet_by_name = true;
  bool delivers = false;  // kiosks ask for orders that are sent home: the platform answers io.vitrine.order.asked
  std::map<std::string, std::string> colours;                   // of the stores' kiosks; one that is not named is theirs
  bool demonstration = false;                                   // anyone may sign in as any imported shopper
  std::map<std::string, std::vector<std::string>> staff_roles;  // role → permissions; empty: the stores' own defaults
  std::int64_t staff_lock_s = 120;                              // a counter that nobody touches asks for the PIN again
  std::int64_t staff_end_s = 1800;                              // and forgets who was there
  HubReturns returns;
  HubDatabase database;
  MqttConfig mqtt;
  HubHttp http;
  HubLending lending;
  std::int64_t availability_every_s = 60;  // stores are told so often what the others of their region have; 0: never
  std::string distance_unit = "km";        // or "miles": how far shoppers are told another store is
  HubWebhooks webhooks;
  std::string authority_key;  // of the authority's certificate mqtt.ca; only commands that make certificates read it
  std::string broker_folder;  // where such commands write the broker's files

  [[nodiscard]] std::string admin_socket() const { return state + "/hub.sock"; }
  [[nodiscard]] std::string keys_folder() const { return state + "/keys"; }
  [[nodiscard]] std::string pictures_folder() const { return state + "/pictures"; }
};

// Errors: those of TomlReader.
Result<HubConfig> read_hub_config(const std::string& path);

}  // namespace vitrine::config
