// SPDX-License-Identifier: Apache-2.0
// What happened, for everyone who listens: numbered, the last ones kept, so that a listener who was away goes on where it was.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace vitrine::edge::local_api {

struct FeedEvent {
  std::uint64_t number = 0;
  std::string name;  // "cart", "order", "ticket", "request", "case", "alert", "returns", "link", "store", "catalog"
  std::string data;  // JSON
};

class EventFeed {
 public:
  static constexpr std::size_t kept_max = 512;  // a kiosk that missed more reads everything anew

  void publish(std::string name, std::string data) {
    {
      const std::lock_guard lock(mutex_);
      events_.push_back({++last_, std::move(name), std::move(data)});
      if (events_.size() > kept_max) events_.pop_front();
    }
    changed_.notify_all();
  }

  // More happened than can be told: whoever listens reads everything anew.
  void lose_track() {
    {
      const std::lock_guard lock(mutex_);
      events_.clear();
      last_ += kept_max;
    }
    changed_.notify_all();
  }

  [[nodiscard]] std::uint64_t last() const {
    const std::lock_guard lock(mutex_);
    return last_;
  }

  // Events with a number above `after`; none (nullopt): some of them are gone, or the number is of an earlier life.
  std::optional<std::vector<FeedEvent>> after(std::uint64_t number) const {
    const std::lock_guard lock(mutex_);
    if (number > last_ || number + events_.size() < last_) return std::nullopt;
    return std::vector<FeedEvent>(events_.end() - static_cast<std::ptrdiff_t>(last_ - number), events_.end());
  }

  // Waits until there is an event above `number`, close() was called, or the time is over.
  void wait(std::uint64_t number, std::chrono::milliseconds at_most) const {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, at_most, [&] { return closed_ || last_ > number; });
  }

  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    changed_.notify_all();
  }
  [[nodiscard]] bool closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::deque<FeedEvent> events_;
  std::uint64_t last_ = 0;
  bool closed_ = false;
};

}  // namespace vitrine::edge::local_api
