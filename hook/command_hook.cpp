// SPDX-License-Identifier: Apache-2.0
// See command_hook.hpp.
#include "hook/command_hook.hpp"

#include <signal.h>
#include <sys/wait.h>

#include <cerrno>
#include <utility>

#include "base/log.hpp"
#include "hook/child_process.hpp"

namespace vitrine::hook {
namespace {

constexpr std::chrono::milliseconds look_each{10};

}  // namespace

CommandHook::CommandHook(std::string program, std::chrono::milliseconds time_max)
    : program_(std::move(program)), time_max_(time_max), thread_([this] { loop(); }) {}

CommandHook::~CommandHook() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void CommandHook::run(std::string word) {
  {
    const std::lock_guard lock(mutex_);
    wished_ = std::move(word);
  }
  changed_.notify_all();
}

HookFigures CommandHook::figures() const { return {done_.load(), failed_.load(), too_late_.load()}; }

void CommandHook::loop() {
  while (true) {
    std::string word;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return ending_ || wished_; });
      if (ending_) return;
      word = std::move(*wished_);
      wished_.reset();
    }
    run_one(word);
  }
}

void CommandHook::run_one(const std::string& word) {
  const pid_t child = start_child({program_, word});
  const auto until = std::chrono::steady_clock::now() + time_max_;
  bool ended_by_us = false;
  int status = -1;
  while (child > 0) {
    const pid_t reaped = ::waitpid(child, &status, WNOHANG);
    if (reaped == child || (reaped < 0 && errno != EINTR)) break;
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, look_each, [this] { return ending_; });
    if (ended_by_us || (!ending_ && std::chrono::steady_clock::now() < until)) continue;
    ended_by_us = true;
    ::kill(-child, SIGKILL);
  }
  const bool well = child > 0 && !ended_by_us && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  (well ? done_ : ended_by_us ? too_late_ : failed_).fetch_add(1);
  if (!well && !std::exchange(failure_said_, true))
    log::warning(ended_by_us ? "the command took too long and was ended" : "the command failed", {{"program", program_}});
  if (well) failure_said_ = false;
}

}  // namespace vitrine::hook
