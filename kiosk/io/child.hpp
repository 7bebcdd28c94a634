// SPDX-License-Identifier: Apache-2.0
// A small program that does one thing for the kiosk (speaks a sentence, plays a sound) and is not waited for.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace vitrine::kiosk {

class Child {
 public:
  Child() = default;
  ~Child() { stop(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // `words`: the program's file and its arguments. It reads `input` and its output goes nowhere. False when it cannot be started.
  bool start(std::vector<std::string> words, int input);
  [[nodiscard]] bool runs() const { return id_ > 0; }
  // Once after its end: how it ended, as exit() said; nothing for who was killed too.
  std::optional<int> ended();
  void stop();  // at once

 private:
  pid_t id_ = 0;
};

}  // namespace vitrine::kiosk
