// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/shrink.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "base/require.hpp"

namespace vitrine::sim {

namespace {

constexpr int runs_max = 400;

// In a process of its own: it may end on a broken invariant.
bool fails(const Plan& plan, const std::string& check) {
  const pid_t process = fork();
  require(process >= 0, "a process");
  if (process == 0) {
    close(2);
    const RunResult result = run(plan, {});
    _exit(result.failure && result.failure->check == check ? 1 : 0);
  }
  int status = 0;
  waitpid(process, &status, 0);
  if (check == "require") return !WIFEXITED(status);
  return WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

}  // namespace

Plan shrunken(const Plan& plan, const std::string& check) {
  Plan best = plan;
  int runs = 0;
  for (std::size_t size = std::max<std::size_t>(best.steps.size() / 2, 1); runs < runs_max;) {
    bool smaller = false;
    for (std::size_t at = 0; at < best.steps.size() && runs < runs_max;) {
      Plan fewer = best;
      const auto first = fewer.steps.begin() + static_cast<std::ptrdiff_t>(at);
      fewer.steps.erase(first, first + static_cast<std::ptrdiff_t>(std::min(size, fewer.steps.size() - at)));
      ++runs;
      if (fails(fewer, check)) {
        best = std::move(fewer);
        smaller = true;
      } else {
        at += size;
      }
    }
    if (size == 1 && !smaller) break;
    size = std::max<std::size_t>(size / 2, 1);
  }
  return best;
}

}  // namespace vitrine::sim
