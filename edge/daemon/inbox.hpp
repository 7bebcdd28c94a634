// SPDX-License-Identifier: Apache-2.0
// Everything that reaches the loop comes through here. Bounded: who brings more than the loop can take waits or is told.
// What people do goes before what the hub says, so that nobody waits for a first fill.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

#include "base/result.hpp"
#include "edge/local_api/commands.hpp"
#include "edge/local_api/drill.hpp"
#include "sync/protocol/messages.hpp"

namespace vitrine::edge::daemon {

struct HubConnected {};
struct HubDisconnected {};
struct HubSaid {
  sync::protocol::HubMessage message;
};

// A command of the local API; `answer` is called once, after the commit.
struct Command {
  std::function<Result<sync::CartId>(local_api::Desk&)> work;
  std::function<void(Result<sync::CartId>)> answer;
  bool hears_refusal = false;  // as its desk said when it began to wait for the hub
};
// The switch of POST /v1/link.
struct SwitchLink {
  bool enabled = true;
  std::function<void(Result<void>)> answer;
};
// A drill begins or ends. Errors: "drill_running", "drill_offline", "drill_over".
struct RunDrill {
  local_api::DrillOrder order;
  std::function<void(Result<void>)> answer;
};
struct SearchReached {
  std::uint64_t journal_n = 0;
};
struct Stop {};

using Item = std::variant<HubConnected, HubDisconnected, HubSaid, Command, SwitchLink, RunDrill, SearchReached, Stop>;

class Inbox {
 public:
  static constexpr std::size_t people_max = 64;  // each is a connection that waits
  static constexpr std::size_t hub_max = 32;     // two pulls of four pages, and pushes

  // False: no room; the caller says "busy".
  bool push_from_people(Item item) {
    {
      const std::lock_guard lock(mutex_);
      if (closed_ || people_.size() >= people_max) return false;
      people_.push_back(std::move(item));
    }
    filled_.notify_one();
    return true;
  }

  // Waits for room. False: none within the time, and the item is still the caller's.
  bool push_from_hub(Item& item, std::chrono::milliseconds at_most) {
    {
      std::unique_lock lock(mutex_);
      if (!emptied_.wait_for(lock, at_most, [this] { return hub_.size() < hub_max; })) return false;
      hub_.push_back(std::move(item));
    }
    filled_.notify_one();
    return true;
  }

  // From within: few of them, never refused (connection state, search, stop).
  void push_notice(Item item) {
    {
      const std::lock_guard lock(mutex_);
      hub_.push_back(std::move(item));
    }
    filled_.notify_one();
  }

  // Nobody is answered any more: what people asked and was not taken is answered "busy".
  void close() {
    std::deque<Item> left;
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
      left.swap(people_);
    }
    for (Item& item : left) {
      if (auto* command = std::get_if<Command>(&item)) command->answer(fail("busy", "the store's daemon is stopping"));
      if (auto* request = std::get_if<SwitchLink>(&item)) request->answer(fail("busy", "the store's daemon is stopping"));
    }
  }

  // The next item; none when the time is over first.
  std::optional<Item> take(std::optional<std::chrono::steady_clock::time_point> until) {
    std::unique_lock lock(mutex_);
    const auto there = [this] { return !people_.empty() || !hub_.empty(); };
    if (until) {
      if (!filled_.wait_until(lock, *until, there)) return std::nullopt;
    } else {
      filled_.wait(lock, there);
    }
    std::deque<Item>& queue = people_.empty() ? hub_ : people_;
    std::optional<Item> item(std::move(queue.front()));
    queue.pop_front();
    lock.unlock();
    emptied_.notify_one();
    return item;
  }

 private:
  std::mutex mutex_;
  std::condition_variable filled_;
  std::condition_variable emptied_;
  std::deque<Item> people_;
  std::deque<Item> hub_;
  bool closed_ = false;
};

}  // namespace vitrine::edge::daemon
