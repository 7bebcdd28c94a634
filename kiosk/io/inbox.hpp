// SPDX-License-Identifier: Apache-2.0
// Where the kiosk's threads leave what happened, for the window to take before its next frame. Bounded; waking the window is
// part of leaving something.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <variant>
#include <vector>

#include "kiosk/input/scan.hpp"
#include "kiosk/io/picture_client.hpp"
#include "kiosk/model/event.hpp"

namespace vitrine::kiosk {

using Arrived = std::variant<Scan, Event, PictureCame>;

class Inbox {
 public:
  explicit Inbox(std::function<void()> wake, std::size_t most = 1024) : wake_(std::move(wake)), most_(most) {}

  // False when it is full: the window has not drawn for a long time. The caller may offer again.
  bool offer(Arrived arrived) {
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.size() >= most_) return false;
      waiting_.push_back(std::move(arrived));
    }
    wake_();
    return true;
  }

  // All of it, oldest first.
  std::vector<Arrived> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
  }

 private:
  std::function<void()> wake_;
  std::size_t most_;
  std::mutex mutex_;
  std::vector<Arrived> waiting_;
};

}  // namespace vitrine::kiosk
