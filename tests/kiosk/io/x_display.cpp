// SPDX-License-Identifier: Apache-2.0
// See x_display.hpp.
#include "tests/kiosk/io/x_display.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace vitrine::kiosk {

Program::Program(std::vector<std::string> words, const std::string& output, int keep_open) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  id_ = fork();
  if (id_ != 0) return;
  const int out = open(output.empty() ? "/dev/null" : output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(out, 1);
  dup2(out, 2);
  for (int fd = 3; fd < 256; ++fd) {
    if (fd != keep_open) close(fd);
  }
  execvp(arguments[0], arguments.data());
  _exit(127);
}

Program::~Program() { end(); }

bool Program::runs() const {
  siginfo_t ended{};
  return id_ > 0 && waitid(P_PID, static_cast<id_t>(id_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == 0;
}

int Program::end() {
  if (id_ <= 0) return -1;
  kill(id_, SIGTERM);
  for (int i = 0; i < 500; ++i) {
    int status = 0;
    if (waitpid(id_, &status, WNOHANG) == id_) {
      id_ = -1;
      return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  kill(id_, SIGKILL);
  waitpid(id_, nullptr, 0);
  id_ = -1;
  return -1;
}

int Program::wait() {
  int status = 0;
  if (id_ <= 0 || waitpid(id_, &status, 0) != id_) return -1;
  id_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int run_program(std::vector<std::string> words) { return Program(std::move(words)).wait(); }

XDisplay::XDisplay(int width, int height) {
  if (pipe(ready_) != 0) throw std::runtime_error("no pipe");
  const std::string screen = std::to_string(width) + "x" + std::to_string(height) + "x24";
  server_ = new Program({"Xvfb", "-displayfd", std::to_string(ready_[1]), "-screen", "0", screen, "-fbdir",
                         frame_buffer_.file(""), "-nolisten", "tcp", "-noreset"},
                        {}, ready_[1]);
  close(ready_[1]);
  pollfd wait{.fd = ready_[0], .events = POLLIN, .revents = 0};
  char number[16] = {};
  if (poll(&wait, 1, 20'000) <= 0 || read(ready_[0], number, sizeof number - 1) <= 0)
    throw std::runtime_error("Xvfb does not start");
  setenv("DISPLAY", (":" + std::to_string(atoi(number))).c_str(), 1);
}

std::vector<std::uint8_t> XDisplay::seen(int width, int height) const {
  // XWD: a header of big-endian words (0: its size, 12: bytes a row, 19: colours that follow it), then rows of BGRX.
  std::ifstream file(frame_buffer_.file("Xvfb_screen0"), std::ios::binary);
  const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto word = [&](std::size_t index) {
    std::size_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes.at(index * 4 + i));
    return value;
  };
  const std::size_t start = word(0) + word(19) * 12;
  std::vector<std::uint8_t> rgb;
  for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
    for (std::size_t x = 0; x < static_cast<std::size_t>(width); ++x) {
      const std::size_t at = start + y * word(12) + x * 4;
      for (const std::size_t channel : {2U, 1U, 0U}) rgb.push_back(static_cast<std::uint8_t>(bytes.at(at + channel)));
    }
  }
  return rgb;
}

XDisplay::~XDisplay() {
  delete server_;
  close(ready_[0]);
  unsetenv("DISPLAY");
}

}  // namespace vitrine::kiosk
