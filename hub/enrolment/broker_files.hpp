// SPDX-License-Identifier: Apache-2.0
// What Mosquitto is told: its config and who may read and write which topics (docs/PROTOCOL.md, "Topics").
#pragma once

#include <string>
#include <vector>

namespace vitrine::hub {

struct BrokerSettings {
  std::string folder;  // where the files stand, absolute
  std::string listen;  // address; empty: every interface
  long port = 8883;
  std::string user;  // the system user that the broker runs as, when root starts it
};

std::string broker_config(const BrokerSettings& settings);

// The rights of the hub: the head of the ACL file.
std::string hub_rights(const std::string& tenant);

// The rights of one store: its own topics, and the shared streams that it follows ("catalog", "prices.uk").
std::string store_rights(const std::string& tenant, const std::string& store, const std::vector<std::string>& streams);

// True when the ACL file names the store.
bool has_rights(const std::string& acl, const std::string& store);

}  // namespace vitrine::hub
