// SPDX-License-Identifier: Apache-2.0
// posix_spawn, a pipe for what it is to verify, and an exit code for what it found.
#include "edge/io/pin_child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <thread>

#include "base/log.hpp"

extern char** environ;

namespace vitrine::edge::io {

using namespace std::chrono_literals;

namespace {

constexpr int exit_right = 0;
constexpr int exit_wrong = 10;
constexpr int exit_cannot = 11;
constexpr std::size_t input_bytes_max = 512;
constexpr auto look_every = 2ms;

struct Spawn {
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
  Spawn() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  Spawn(const Spawn&) = delete;
  Spawn& operator=(const Spawn&) = delete;
  ~Spawn() {
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
  }
};

// The child's pid, with `input` as its standard input and nothing else of ours.
Result<pid_t> start(const std::string& program, int input) {
  Spawn spawn;
  posix_spawn_file_actions_adddup2(&spawn.actions, input, STDIN_FILENO);
  posix_spawn_file_actions_addopen(&spawn.actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&spawn.actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&spawn.actions, STDERR_FILENO + 1);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&spawn.attributes, &none);
  posix_spawnattr_setflags(&spawn.attributes, POSIX_SPAWN_SETSIGMASK);
  std::array<char, 32> name{"vitrine-edge"};
  std::array<char, 32> word{};
  std::strncpy(word.data(), pin_child_word, word.size() - 1);
  std::array<char*, 3> arguments = {name.data(), word.data(), nullptr};
  pid_t child = -1;
  const int failed = posix_spawn(&child, program.c_str(), &spawn.actions, &spawn.attributes, arguments.data(), environ);
  if (failed != 0) return fail("busy", std::string("a PIN cannot be verified: ") + std::strerror(failed));
  return child;
}

}  // namespace

Result<bool> PinChild::verify(const std::string& verifier, const std::string& pin) {
  const std::unique_lock turn(turn_, patience_);
  if (!turn.owns_lock()) return fail("busy", "too many sign in at once");
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return fail("busy", std::string("a PIN cannot be verified: ") + std::strerror(errno));
  const auto child = start(program_, pipe[0]);
  ::close(pipe[0]);
  std::string input = verifier + "\n" + pin + "\n";
  // It fits into the pipe, whether the child reads it or not.
  const bool told = child && ::write(pipe[1], input.data(), input.size()) == static_cast<ssize_t>(input.size());
  ::close(pipe[1]);
  sodium_memzero(input.data(), input.size());
  if (!child) return std::unexpected(child.error());

  const auto until = std::chrono::steady_clock::now() + patience_;
  int status = 0;
  while (::waitpid(*child, &status, WNOHANG) == 0) {
    if (!told || std::chrono::steady_clock::now() >= until) {
      ::kill(*child, SIGKILL);
      ::waitpid(*child, &status, 0);
      log::error("the verification of a PIN did not end and was ended", {});
      return fail("busy", "a PIN could not be verified in time");
    }
    std::this_thread::sleep_for(look_every);
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == exit_right) return true;
  if (WIFEXITED(status) && WEXITSTATUS(status) == exit_wrong) return false;
  return fail("busy", "a PIN could not be verified");
}

int run_pin_child() {
  std::array<char, input_bytes_max> bytes{};
  const std::size_t size = std::fread(bytes.data(), 1, bytes.size() - 1, stdin);
  const std::string_view input(bytes.data(), size);
  const std::size_t middle = input.find('\n');
  if (middle == std::string_view::npos || !input.ends_with('\n') || sodium_init() < 0) return exit_cannot;
  const std::string verifier(input.substr(0, middle));
  const std::string_view pin = input.substr(middle + 1, size - middle - 2);
  errno = 0;
  if (crypto_pwhash_str_verify(verifier.c_str(), pin.data(), pin.size()) == 0) return exit_right;
  return errno == ENOMEM ? exit_cannot : exit_wrong;
}

}  // namespace vitrine::edge::io
