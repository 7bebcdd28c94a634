// SPDX-License-Identifier: Apache-2.0
// Children that speak; see child_voice.hpp. The text goes in by a pipe: other programs' lists of processes show arguments.
#include "kiosk/io/child_voice.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

#include "base/log.hpp"
#include "kiosk/io/descriptor.hpp"

extern char** environ;

namespace vitrine::kiosk {
namespace {

constexpr std::size_t waiting_max = 16;
constexpr std::size_t text_max = 4000;  // fits a pipe without waiting

}  // namespace

Result<std::unique_ptr<ChildVoice>> ChildVoice::open(const std::string& program) {
  const std::vector<std::string> wanted =
      program.empty() ? std::vector<std::string>{"/usr/bin/espeak-ng", "/usr/bin/spd-say"} : std::vector<std::string>{program};
  for (const std::string& each : wanted) {
    if (::access(each.c_str(), X_OK) == 0) return std::unique_ptr<ChildVoice>(new ChildVoice(each));
  }
  return fail("no_voice", "nothing that speaks is installed (espeak-ng or speech-dispatcher)");
}

ChildVoice::~ChildVoice() { stop(); }

void ChildVoice::say(const Utterance& utterance) {
  if (waiting_.size() >= waiting_max) waiting_.pop_front();
  waiting_.push_back(utterance);
  go_on();
}

void ChildVoice::stop() {
  for (Utterance& utterance : waiting_) utterance.text.assign(utterance.text.size(), '\0');
  waiting_.clear();
  if (child_ <= 0) return;
  ::kill(child_, SIGKILL);
  while (::waitpid(child_, nullptr, 0) < 0 && errno == EINTR) {
  }
  child_ = 0;
}

bool ChildVoice::ended() {
  if (child_ <= 0) return true;
  int status = 0;
  const pid_t reaped = ::waitpid(child_, &status, WNOHANG);
  if (reaped == 0) return false;
  child_ = 0;
  if (reaped > 0 && WIFEXITED(status) && WEXITSTATUS(status) != 0 && !std::exchange(failed_, true)) {
    log::warning("the voice ended in an error: is there a sound card?",
                 {{"program", program_}, {"status", std::to_string(WEXITSTATUS(status))}});
  }
  return true;
}

void ChildVoice::go_on() {
  if (!ended() || waiting_.empty()) return;
  const Utterance next = std::move(waiting_.front());
  waiting_.pop_front();
  start(next);
}

void ChildVoice::start(const Utterance& utterance) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return;
  const Descriptor reading(ends[0]);
  const Descriptor writing(ends[1]);
  // espeak-ng: 100 is as loud as recorded; spd-say counts from -100 to 100.
  const bool espeak = program_.ends_with("espeak-ng");
  const std::string volume = std::to_string(espeak ? utterance.volume : utterance.volume * 2 - 100);
  std::vector<std::string> words =
      espeak ? std::vector<std::string>{program_, "-v", utterance.language, "-a", volume, "-s", "160", "--stdin"}
             : std::vector<std::string>{program_, "-w", "-l", utterance.language, "-i", volume, "-e"};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, reading.get(), 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  // The kiosk's own blocked signals are not the child's.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  const int failed = ::posix_spawn(&child_, program_.c_str(), &actions, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (failed != 0) {
    child_ = 0;
    if (!std::exchange(failed_, true)) log::warning("the voice cannot be started", {{"program", program_}});
    return;
  }
  const std::size_t length = std::min(utterance.text.size(), text_max);
  const ssize_t written = ::write(writing.get(), utterance.text.data(), length);
  if (written < 0 && !std::exchange(failed_, true)) log::warning("the voice does not listen", {{"program", program_}});
}

}  // namespace vitrine::kiosk
