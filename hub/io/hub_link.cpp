// SPDX-License-Identifier: Apache-2.0
// Topics and payloads around link/mqtt_link.
#include "hub/io/hub_link.hpp"

#include "base/log.hpp"
#include "hub/io/system_clock.hpp"
#include "sync/protocol/message_codec.hpp"
#include "sync/protocol/payload.hpp"

namespace vitrine::hub {

using sync::ends::HubSend;

namespace {
constexpr std::uint32_t reply_expires_after_s = 30;  // the store has asked again by then
}

Result<void> HubLink::start(std::string client_id, std::function<void(StoreRequest)> offer) {
  offer_ = std::move(offer);
  link::MqttSetup setup;
  setup.target = {settings_.host, settings_.port, settings_.ca, settings_.cert, settings_.key, std::move(client_id), 20};
  setup.subscriptions = {topics_.all_requests(), topics_.all_status()};
  setup.connected = [this] { log::notice("connected to the broker", {{"address", address()}}); };
  setup.disconnected = [this](const Error& why) {
    log::warning("lost the broker", {{"address", address()}, {"code", why.code}, {"reason", why.message}});
  };
  setup.attempt_failed = [this](const Error& why) {
    log::warning("cannot reach the broker; stores stay as they are until it is back",
                 {{"address", address()}, {"code", why.code}, {"reason", why.message}});
  };
  setup.received = [this](link::MqttMessage message) { return received(std::move(message)); };
  auto link = link::MqttLink::start(std::move(setup));
  if (!link) return std::unexpected(link.error());
  link_ = std::move(*link);
  live_ = link_.get();
  return {};
}

void HubLink::stop() {
  live_ = nullptr;
  link_.reset();
}

bool HubLink::received(link::MqttMessage message) {
  if (const auto store = topics_.parse_status(message.topic)) {
    const auto json = sync::protocol::unpack(message.payload, message.content_type);
    const auto online = json ? read_presence(*json) : std::nullopt;
    if (online) presences_.put(*store, {*online, system_now().utc});
    return true;
  }
  ++received_;
  auto request = topics_.parse_request(message.topic);
  if (!request) return true;
  offer_({std::move(request->store), std::move(request->kind), std::move(message.payload), std::move(message.content_type),
          std::move(message.correlation)});
  return true;
}

std::string HubLink::topic_of(const HubSend& send) const {
  switch (send.to) {
    case HubSend::To::reply:
      return topics_.reply(send.store);
    case HubSend::To::live:
      return topics_.live(send.store);
    case HubSend::To::stream:
      return topics_.stream(send.stream);
    case HubSend::To::heads:
      return topics_.heads();
  }
  return {};
}

void HubLink::carry_out(std::vector<Outgoing> leaving) {
  for (Outgoing& outgoing : leaving) {
    const auto payload = sync::protocol::pack(sync::protocol::encode(outgoing.send.message));
    if (!payload) {
      ++unsent_;
      log::error("a message is too large to send", {{"topic", topic_of(outgoing.send)}, {"reason", payload.error().message}});
      continue;
    }
    link::MqttMessage message;
    message.topic = topic_of(outgoing.send);
    message.payload = payload->bytes;
    message.content_type = payload->content_type;
    message.correlation = std::move(outgoing.correlation);
    if (outgoing.send.to == HubSend::To::reply) message.expires_after_s = reply_expires_after_s;
    link::MqttLink* const live = live_;
    const bool taken = live != nullptr && live->publish(std::move(message));
    ++(taken ? sent_ : unsent_);
  }
}

LinkCounts HubLink::counts() const { return {received_, sent_, unsent_}; }

}  // namespace vitrine::hub
