// SPDX-License-Identifier: Apache-2.0
// One MQTT 5 connection over TLS, as hub/io and edge/io use it: an own network thread that connects again for ever (full
// jitter), subscribes, hands over what arrives and publishes with QoS 1 while connected. Nothing is kept over a reconnect:
// what must not be lost is the business of sync/ends (docs/decisions/0003-link.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace vitrine::link {

inline constexpr std::size_t payload_bytes_max = 256UL * 1024;  // docs/PROTOCOL.md: a message as sent; larger ones are dropped
inline constexpr std::size_t outgoing_bytes_max = 8UL * 1024 * 1024;  // waiting for the network; a broker that stalls is dropped
inline constexpr std::size_t unacknowledged_max = 64;                 // published, no PUBACK yet; the rest waits here

struct MqttTarget {
  std::string host;
  std::int64_t port = 8883;
  std::string ca;         // file: the authority that signed the broker
  std::string cert;       // file: this client's certificate
  std::string key;        // file: belongs to cert
  std::string client_id;  // two clients of one id push each other out
  std::int64_t keep_alive_s = 20;
};

struct MqttMessage {
  std::string topic;
  std::string payload;
  std::string content_type;
  std::string correlation;  // bytes; empty: none
  bool retain = false;
  std::uint32_t expires_after_s = 0;  // of a message that is sent; 0: never
};

struct MqttSetup {
  MqttTarget target;
  std::vector<std::string> subscriptions;  // made at each connection, before `connected` is called; QoS 1
  std::optional<MqttMessage> will;

  // All are called on the network thread and must only push into an inbox.
  std::function<void()> connected;                       // subscribed, may publish
  std::function<void(const Error& why)> disconnected;    // was connected
  std::function<void(const Error& why)> attempt_failed;  // was not
  std::function<bool(MqttMessage message)> received;     // false: no room; the connection is closed without acknowledging it
};

class MqttLink {
 public:
  // Errors: "certificate_unreadable" (a file of the target is missing or not ours to read), "config_invalid".
  // A broker that does not answer is no error: the thread goes on trying.
  static Result<std::unique_ptr<MqttLink>> start(MqttSetup setup);

  // Says good-bye to the broker (the will is not sent), and joins the thread.
  ~MqttLink();
  MqttLink(const MqttLink&) = delete;
  MqttLink& operator=(const MqttLink&) = delete;

  // From any thread.
  [[nodiscard]] bool is_connected() const;
  // Errors: "not_connected", "message_too_large", "link_full" (the broker takes nothing: the connection is dropped).
  Result<void> publish(MqttMessage message);
  // Ends the wait between two attempts: an address or route appeared, or a person taps "Try now".
  void connect_now();
  // Closes the connection as a broken cable would (the will is sent) and connects anew after the usual wait.
  void drop();

  struct Impl;

 private:
  explicit MqttLink(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace vitrine::link
