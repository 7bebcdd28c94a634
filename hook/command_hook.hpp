// SPDX-License-Identifier: Apache-2.0
// Runs a command of the shop's own (a lamp, a bell) with one word, and never makes anybody wait: it runs on a thread of its own,
// one at a time, and is ended with all that it started when its time is over. While one runs only the newest wish is kept.
// Example followed: "on" is running when "urgent" and then "off" are wished; "off" runs next.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace vitrine::hook {

struct HookFigures {
  std::uint64_t done = 0;
  std::uint64_t failed = 0;    // could not be started, or ended in an error
  std::uint64_t too_late = 0;  // was ended
};

class CommandHook {
 public:
  // `program`: an absolute path. Signals that are blocked here are not blocked in it.
  CommandHook(std::string program, std::chrono::milliseconds time_max);
  CommandHook(const CommandHook&) = delete;
  CommandHook& operator=(const CommandHook&) = delete;
  // Ends what runs.
  ~CommandHook();

  // From any thread; returns at once.
  void run(std::string word);
  [[nodiscard]] HookFigures figures() const;

 private:
  void loop();
  void run_one(const std::string& word);

  const std::string program_;
  const std::chrono::milliseconds time_max_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<std::string> wished_;
  bool ending_ = false;
  std::atomic<std::uint64_t> done_{0}, failed_{0}, too_late_{0};
  bool failure_said_ = false;  // one line for a row of them
  std::thread thread_;         // the last: it uses all of the above
};

}  // namespace vitrine::hook
