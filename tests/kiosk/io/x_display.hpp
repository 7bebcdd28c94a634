// SPDX-License-Identifier: Apache-2.0
// An X server without a screen, for as long as the test runs; programs that the test starts, and what they leave behind.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/kiosk/io/wait_until.hpp"

namespace vitrine::kiosk {

// A program of the machine, ended with its owner.
class Program {
 public:
  // `words`: the program and its arguments; found through PATH. Its output goes to `output` when that is not empty.
  explicit Program(std::vector<std::string> words, const std::string& output = {}, int keep_open = -1);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Asks it to end and gives its exit status; -1: it had to be killed.
  int end();
  // Waits for it to end by itself.
  int wait();
  [[nodiscard]] bool runs() const;
  [[nodiscard]] pid_t id() const { return id_; }

 private:
  pid_t id_ = -1;
};

// Runs a program to its end: its exit status.
int run_program(std::vector<std::string> words);

// Xvfb with DISPLAY set to it.
class XDisplay {
 public:
  XDisplay(int width, int height);
  ~XDisplay();
  XDisplay(const XDisplay&) = delete;
  XDisplay& operator=(const XDisplay&) = delete;

  // What is on the screen's upper left: RGB, rows from the top.
  [[nodiscard]] std::vector<std::uint8_t> seen(int width, int height) const;

 private:
  ScratchFolder frame_buffer_;
  int ready_[2] = {-1, -1};
  Program* server_ = nullptr;
};

}  // namespace vitrine::kiosk
