// SPDX-License-Identifier: Apache-2.0
// Endpoints of the retailer and what each is still to be sent: a queue that outlives the process.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "hub/database/connection.hpp"

namespace vitrine::hub::database {

struct WebhookEndpoint {
  std::string name;
  std::string url;
  std::string secret;  // bytes
  UtcMs added_at;
};

struct WebhookEvent {
  std::int64_t seq = 0;
  std::string id;
  std::string subject;  // the order, or the conversation by the platform's own name of it, else by its id
  std::string type;
  std::string state;
  std::string store;  // empty: none
  UtcMs at;
};

struct DueDelivery {
  WebhookEvent event;
  std::int64_t tries = 0;
  UtcMs began_at;  // the first try; 0: none yet
};

// What became of a try.
struct DeliveryEnd {
  std::string state;  // "waiting", "sent", "dead"
  std::int64_t tries = 0;
  UtcMs began_at;
  UtcMs next_at;
  std::string last;
};

struct ListedDelivery {
  std::string endpoint, event, subject, type;
  std::int64_t tries = 0;
  std::string last;
};

struct DeliveryCount {
  std::string endpoint, state;
  std::uint64_t count = 0;
};

class Webhooks {
 public:
  static constexpr std::int64_t events_kept_ms = 30LL * 24 * 3600 * 1000;  // sent or dead, for a replay

  explicit Webhooks(Connection& connection) : connection_(connection) {}

  std::vector<WebhookEndpoint> endpoints();
  // False when there is one of this name.
  bool add(const WebhookEndpoint& endpoint);
  // With what it is still to be sent. False when there is none of this name.
  bool drop(const std::string& name);

  // An event, with a delivery of it for each endpoint; without an endpoint nothing. Its seq and id are made here.
  void announce(const WebhookEvent& event);

  // The next one of that endpoint: events of one order go one after the other.
  std::optional<DueDelivery> due(const std::string& endpoint, UtcMs now);
  void end(const std::string& endpoint, std::int64_t seq, const DeliveryEnd& end);
  std::vector<ListedDelivery> in_state(const std::string& state, std::size_t limit);  // the latest first
  // To be sent again; an empty event: all that are dead. Answers how many.
  std::uint64_t replay(const std::string& endpoint, const std::string& event);
  // Some events that are old and not waiting go.
  void forget_before(UtcMs at);
  std::vector<DeliveryCount> counts();
  std::optional<UtcMs> oldest_waiting();

 private:
  Connection& connection_;
};

}  // namespace vitrine::hub::database
