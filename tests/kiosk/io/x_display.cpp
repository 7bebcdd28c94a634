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
  server_ = new Program({"Xvfb", "-displayfd", std::to_string(ready_[1]), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"},
                        {}, ready_[1]);
  close(ready_[1]);
  pollfd wait{.fd = ready_[0], .events = POLLIN, .revents = 0};
  char number[16] = {};
  if (poll(&wait, 1, 20'000) <= 0 || read(ready_[0], number, sizeof number - 1) <= 0)
    throw std::runtime_error("Xvfb does not start");
  setenv("DISPLAY", (":" + std::to_string(atoi(number))).c_str(), 1);
}

XDisplay::~XDisplay() {
  delete server_;
  close(ready_[0]);
  unsetenv("DISPLAY");
}

}  // namespace vitrine::kiosk
