// SPDX-License-Identifier: Apache-2.0
// The threads of an HTTP server: made when they are needed, never more than a bound; who comes while all are busy and the queue
// is full waits at the door (the listening socket's backlog).
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace vitrine::edge::io {

class BoundedTasks {
 public:
  BoundedTasks(std::size_t threads_max, std::size_t queued_max) : threads_max_(threads_max), queued_max_(queued_max) {}

  void add(std::function<void()> task) {
    std::unique_lock lock(mutex_);
    taken_.wait(lock, [this] { return queue_.size() < queued_max_ || stopping_; });
    queue_.push_back(std::move(task));
    if (queue_.size() > idle_ && threads_.size() < threads_max_) threads_.emplace_back([this] { work(); });
    lock.unlock();
    added_.notify_one();
  }

  // Every task that was added is done; then the threads end.
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    added_.notify_all();
    taken_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      ++idle_;
      added_.wait(lock, [this] { return !queue_.empty() || stopping_; });
      --idle_;
      if (queue_.empty()) return;
      std::function<void()> task = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      taken_.notify_one();
      task();
      task = nullptr;
      lock.lock();
    }
  }

  const std::size_t threads_max_;
  const std::size_t queued_max_;
  std::mutex mutex_;
  std::condition_variable added_;
  std::condition_variable taken_;
  std::deque<std::function<void()>> queue_;
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  bool stopping_ = false;
};

}  // namespace vitrine::edge::io
