// SPDX-License-Identifier: Apache-2.0
// See child.hpp.
#include "kiosk/io/child.hpp"

#include <signal.h>
#include <sys/wait.h>

#include <cerrno>
#include <utility>

#include "hook/child_process.hpp"

namespace vitrine::kiosk {

bool Child::start(std::vector<std::string> words, int input) {
  stop();
  id_ = hook::start_child(std::move(words), input);
  return id_ > 0;
}

std::optional<int> Child::ended() {
  int status = 0;
  if (id_ <= 0) return std::nullopt;
  const pid_t reaped = ::waitpid(id_, &status, WNOHANG);
  if (reaped == 0) return std::nullopt;
  id_ = 0;
  return reaped > 0 && WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
}

void Child::stop() {
  if (id_ <= 0) return;
  ::kill(-id_, SIGKILL);
  while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
  }
  id_ = 0;
}

}  // namespace vitrine::kiosk
