// SPDX-License-Identifier: Apache-2.0
// The hub's place at the broker: requests of stores into the engine's inbox, and what the engine lets go onto topics.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "config/hub_config.hpp"
#include "hub/engine/engine.hpp"
#include "hub/engine/presence.hpp"
#include "link/mqtt_link.hpp"
#include "sync/protocol/topics.hpp"

namespace vitrine::hub {

struct LinkCounts {
  std::uint64_t received = 0;
  std::uint64_t sent = 0;
  std::uint64_t unsent = 0;  // no broker, or too large: cursors and beats bring stores back to them
};

class HubLink {
 public:
  explicit HubLink(const config::MqttConfig& settings) : settings_(settings), topics_(settings.tenant) {}

  // Starts the connection; requests go to `offer`. Errors: those of MqttLink::start.
  Result<void> start(std::string client_id, std::function<void(StoreRequest)> offer);
  // The engine must have stopped: nothing is carried out any more.
  void stop();

  // On the engine's thread.
  void carry_out(std::vector<Outgoing> leaving);

  [[nodiscard]] bool is_connected() const { return live_ != nullptr && live_.load()->is_connected(); }
  [[nodiscard]] std::string address() const { return settings_.host + ":" + std::to_string(settings_.port); }
  [[nodiscard]] LinkCounts counts() const;
  [[nodiscard]] std::map<sync::StoreId, Presence> presences() const { return presences_.all(); }

 private:
  bool received(link::MqttMessage message);
  [[nodiscard]] std::string topic_of(const sync::ends::HubSend& send) const;

  config::MqttConfig settings_;
  sync::protocol::Topics topics_;
  std::function<void(StoreRequest)> offer_;
  PresenceBoard presences_;
  std::atomic<std::uint64_t> received_{0};
  std::atomic<std::uint64_t> sent_{0};
  std::atomic<std::uint64_t> unsent_{0};
  std::atomic<link::MqttLink*> live_{nullptr};  // link_, once it is there
  std::unique_ptr<link::MqttLink> link_;        // last: its thread calls the members above
};

}  // namespace vitrine::hub
