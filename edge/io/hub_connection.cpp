// SPDX-License-Identifier: Apache-2.0
// Topics and payloads stand in sync/protocol; the network in link/.
#include "edge/io/hub_connection.hpp"

#include <chrono>

#include "base/log.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/payload.hpp"

namespace vitrine::edge::io {

using namespace sync::protocol;

namespace {

constexpr std::chrono::milliseconds room_slice{50};  // how long a message waits for room before looking whether we are closing
constexpr int room_slices_max = 200;                 // 10 s: then the connection is closed, and all is asked for again

}  // namespace

HubConnection::HubConnection(const config::EdgeConfig& config, daemon::Inbox& inbox)
    : config_(config), store_(config.store), topics_(config.mqtt.tenant), inbox_(inbox) {}

HubConnection::~HubConnection() {
  closing_ = true;
  link_.reset();
}

link::MqttSetup HubConnection::setup() {
  link::MqttSetup setup;
  setup.target = {config_.mqtt.host, config_.mqtt.port, config_.mqtt.ca, config_.mqtt.cert, config_.mqtt.key, config_.store, 20};
  setup.subscriptions = {topics_.own(store_), topics_.heads()};
  for (const std::string& stream : {std::string("catalog"), "prices." + config_.zone, "promotions." + config_.zone,
                                    std::string("content"), std::string("settings"), "availability." + config_.region}) {
    setup.subscriptions.push_back(topics_.stream(sync::StreamName{stream}));
  }
  setup.will = link::MqttMessage{topics_.status(store_), "{\"online\":false}", std::string(content_type_json), {}, true, 0};
  setup.connected = [this] {
    log::notice("connected to the broker", {{"store", store_.text}});
    failure_said_ = false;
    inbox_.push_notice(daemon::HubConnected{});
  };
  setup.disconnected = [this](const Error& why) {
    log::warning("the broker is gone", {{"code", why.code}, {"reason", why.message}});
    inbox_.push_notice(daemon::HubDisconnected{});
  };
  setup.attempt_failed = [this](const Error& why) {
    if (!failure_said_) log::warning("the broker cannot be reached", {{"code", why.code}, {"reason", why.message}});
    if (!failure_said_) inbox_.push_notice(daemon::HubDisconnected{});
    failure_said_ = true;
  };
  setup.received = [this](const link::MqttMessage& message) { return take(message); };
  return setup;
}

bool HubConnection::take(const link::MqttMessage& message) {
  const auto json = unpack(message.payload, message.content_type);
  if (!json) {
    log::warning("a message of the hub cannot be read", {{"topic", message.topic}, {"code", json.error().code}});
    return true;
  }
  auto decoded = decode_hub_message(*json);
  if (!decoded) {
    log::warning("a message of the hub cannot be read", {{"topic", message.topic}, {"code", decoded.error().code}});
    return true;
  }
  daemon::Item item = daemon::HubSaid{std::move(*decoded)};
  for (int slice = 0; slice < room_slices_max && !closing_; ++slice) {
    if (inbox_.push_from_hub(item, room_slice)) return true;
  }
  return false;
}

Result<void> HubConnection::enable(bool enabled) {
  if (!enabled) {
    closing_ = true;
    link_.reset();
    closing_ = false;
    inbox_.push_notice(daemon::HubDisconnected{});
    return {};
  }
  if (link_) {
    link_->connect_now();
    return {};
  }
  failure_said_ = false;
  auto started = link::MqttLink::start(setup());
  if (!started) return std::unexpected(started.error());
  link_ = std::move(*started);
  return {};
}

void HubConnection::send(const StoreMessage& message) {
  if (!link_) return;
  if (std::holds_alternative<Hello>(message)) {
    static_cast<void>(link_->publish({topics_.status(store_), "{\"online\":true}", std::string(content_type_json), {}, true, 0}));
  }
  const auto packed = pack(encode(message));
  if (!packed) {
    log::error("a message to the hub is too large", {{"kind", std::string(kind_of(message))}});
    return;
  }
  const auto sent = link_->publish(
      {topics_.request(store_, kind_of(message)), packed->bytes, std::string(packed->content_type), {}, false, 60});
  // Not connected any more: the loop hears of it by its own item, and everything is said again after the next greeting.
  if (!sent) log::debug("a message was not sent", {{"code", sent.error().code}});
}

void HubConnection::drop() {
  if (link_) link_->drop();
}

}  // namespace vitrine::edge::io
