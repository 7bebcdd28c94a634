// SPDX-License-Identifier: Apache-2.0
// Sends what waits for the retailer's endpoints (docs/WEBHOOKS.md). Each endpoint is served by one thread at a time, so one that
// hangs keeps nobody else waiting. What was sent is written down afterwards: an end in between sends it again.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/time_point.hpp"
#include "hub/engine/engine.hpp"
#include "sync/ends/chance.hpp"

namespace vitrine::hub {

struct WebhookSetup {
  Engine* engine = nullptr;  // outlives the sender
  database::Address database;
  std::string source;           // "https://shop.example"
  std::string ca;               // PEM of authorities that are trusted; empty: the system's
  std::int64_t give_up_ms = 0;  // after the first try
  std::function<Now()> clock;
  sync::ends::Chance chance;
};

struct WebhookCounts {
  std::uint64_t sent = 0;
  std::uint64_t failed = 0;  // tries
};

class WebhookSender {
 public:
  explicit WebhookSender(WebhookSetup setup);
  ~WebhookSender();  // lets go of what is under way
  WebhookSender(const WebhookSender&) = delete;
  WebhookSender& operator=(const WebhookSender&) = delete;

  [[nodiscard]] WebhookCounts counts() const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace vitrine::hub
