// SPDX-License-Identifier: Apache-2.0
// What operators are told over the admin socket: health as JSON, metrics as Prometheus text.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hub/api/api.hpp"
#include "hub/database/connection.hpp"
#include "hub/engine/engine.hpp"
#include "hub/engine/presence.hpp"

namespace vitrine::hub::api {

struct BrokerStatus {
  bool connected = false;
  std::string address;
  std::uint64_t received = 0;
  std::uint64_t sent = 0;
  std::uint64_t unsent = 0;
};

struct StatusInputs {
  BrokerStatus broker;
  std::map<sync::StoreId, Presence> presences;  // as the broker says
  EngineCounts engine;
  ApiCounts api;
  std::uint64_t webhooks_sent = 0;
  std::uint64_t webhooks_failed = 0;  // tries
  std::uint64_t free_bytes = 0;       // on the disk of the state folder
  Now now;
};

// {"status","era","broker","stores","streams"}; "degraded" without broker, or with less than 256 MiB of disk left.
Answer health(database::Connection& reader, const StatusInputs& inputs);
Answer metrics(database::Connection& reader, const StatusInputs& inputs);

}  // namespace vitrine::hub::api
