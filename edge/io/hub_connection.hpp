// SPDX-License-Identifier: Apache-2.0
// The hub, as the loop sees it: store messages go out by MQTT, what the hub says comes into the inbox, decoded already. It can
// be switched off for real: then there is no connection at all.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "config/edge_config.hpp"
#include "edge/daemon/inbox.hpp"
#include "link/mqtt_link.hpp"
#include "sync/protocol/messages.hpp"
#include "sync/protocol/topics.hpp"

namespace vitrine::edge::io {

class HubConnection {
 public:
  HubConnection(const config::EdgeConfig& config, daemon::Inbox& inbox);
  HubConnection(const HubConnection&) = delete;
  HubConnection& operator=(const HubConnection&) = delete;
  ~HubConnection();

  // Switched on again, it tries at once. Errors: those of MqttLink::start.
  Result<void> enable(bool enabled);
  void send(const sync::protocol::StoreMessage& message);
  void drop();

 private:
  link::MqttSetup setup();
  bool take(const link::MqttMessage& message);

  config::EdgeConfig config_;
  sync::StoreId store_;
  sync::protocol::Topics topics_;
  daemon::Inbox& inbox_;
  std::unique_ptr<link::MqttLink> link_;
  std::atomic<bool> closing_{false};
  bool failure_said_ = false;  // one line for a row of failed attempts
};

}  // namespace vitrine::edge::io
