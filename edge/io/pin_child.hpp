// SPDX-License-Identifier: Apache-2.0
// A PIN against its verifier in a short-lived child of this very program: the 19 MiB are its, and one that hangs is ended.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "base/result.hpp"

namespace vitrine::edge::io {

inline constexpr const char* pin_child_word = "--verify-pin";  // what the program is called with; it reads verifier and PIN

class PinChild {
 public:
  explicit PinChild(std::string program = "/proc/self/exe", std::chrono::milliseconds patience = std::chrono::seconds(5))
      : program_(std::move(program)), patience_(patience) {}

  // One at a time, in the order in which they come. Errors: "busy" when it does not get its turn, or has not answered in time.
  Result<bool> verify(const std::string& verifier, const std::string& pin);

 private:
  std::string program_;
  std::chrono::milliseconds patience_;
  std::timed_mutex turn_;
};

// The child: standard input → exit code.
int run_pin_child();

}  // namespace vitrine::edge::io
