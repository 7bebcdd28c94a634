// SPDX-License-Identifier: Apache-2.0
// cpp-httplib's task queue with a bound: above it, a connection is taken and closed at once. Included by hub/io's .cpp files only.
#pragma once

#include <httplib.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace vitrine::hub {

class BoundedTasks final : public httplib::TaskQueue {
 public:
  BoundedTasks(std::size_t threads, std::size_t waiting_max) : waiting_max_(waiting_max) {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  }

  // The return type is the library's: void in 0.11, bool since 0.15. A task that finds no room runs nothing; the library
  // closes the socket of a refused task where it can be told, and here where it cannot.
#if defined(CPPHTTPLIB_VERSION_NUM) || __has_include(<httplib_enqueue_bool.h>)
  bool enqueue(std::function<void()> task) override { return push(std::move(task)); }
#else
  void enqueue(std::function<void()> task) override { push(std::move(task)); }
#endif

  void shutdown() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    arrived_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  bool push(std::function<void()> task);
  void work();

  std::size_t waiting_max_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace vitrine::hub
