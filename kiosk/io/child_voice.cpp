// SPDX-License-Identifier: Apache-2.0
// Children that speak; see child_voice.hpp. The text goes in by a pipe: other programs' lists of processes show arguments.
#include "kiosk/io/child_voice.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/log.hpp"
#include "kiosk/io/descriptor.hpp"

namespace vitrine::kiosk {
namespace {

constexpr std::size_t waiting_max = 16;
constexpr std::size_t text_max = 4000;  // fits a pipe without waiting
constexpr int silencing_waits_max = 50;
constexpr unsigned silencing_wait_us = 10'000;
constexpr std::chrono::seconds silencing_max{2};

}  // namespace

Result<std::unique_ptr<ChildVoice>> ChildVoice::open(const std::string& program) {
  const std::vector<std::string> wanted =
      program.empty() ? std::vector<std::string>{"/usr/bin/espeak-ng", "/usr/bin/spd-say"} : std::vector<std::string>{program};
  for (const std::string& each : wanted) {
    if (::access(each.c_str(), X_OK) == 0) return std::unique_ptr<ChildVoice>(new ChildVoice(each));
  }
  return fail("no_voice", "nothing that speaks is installed (espeak-ng or speech-dispatcher)");
}

ChildVoice::~ChildVoice() {
  stop();
  for (int waits = 0; waits < silencing_waits_max && silencer_.runs(); ++waits) {
    silencer_.ended();
    ::usleep(silencing_wait_us);
  }
}

void ChildVoice::say(const Utterance& utterance) {
  if (waiting_.size() >= waiting_max) waiting_.pop_front();
  waiting_.push_back(utterance);
  go_on();
}

void ChildVoice::stop() {
  for (Utterance& utterance : waiting_) utterance.text.assign(utterance.text.size(), '\0');
  waiting_.clear();
  const bool spoke = child_.runs();
  child_.stop();
  // What spd-say has handed on is spoken without it.
  if (!spoke || is_espeak()) return;
  silencer_.start({program_, "-C"}, -1);
  silencing_since_ = std::chrono::steady_clock::now();
}

void ChildVoice::go_on() {
  silencer_.ended();
  // It would silence what comes next; one that hangs silences nobody for ever.
  if (silencer_.runs() && std::chrono::steady_clock::now() - silencing_since_ < silencing_max) return;
  silencer_.stop();
  if (const auto status = child_.ended(); status.value_or(0) != 0 && !std::exchange(failed_, true)) {
    log::warning("the voice ended in an error: is there a sound card?",
                 {{"program", program_}, {"status", std::to_string(*status)}});
  }
  if (child_.runs() || waiting_.empty()) return;
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
  const bool espeak = is_espeak();
  const std::string volume = std::to_string(espeak ? utterance.volume : utterance.volume * 2 - 100);
  std::vector<std::string> words =
      espeak ? std::vector<std::string>{program_, "-v", utterance.language, "-a", volume, "-s", "160", "--stdin"}
             : std::vector<std::string>{program_, "-w", "-l", utterance.language, "-i", volume, "-e"};
  if (!child_.start(std::move(words), reading.get())) {
    if (!std::exchange(failed_, true)) log::warning("the voice cannot be started", {{"program", program_}});
    return;
  }
  // For spd-say each line is a sentence of its own, and some are commands to it.
  std::string text = espeak ? utterance.text : " " + utterance.text;
  std::ranges::replace(text, '\n', ' ');
  const std::size_t length = std::min(text.size(), text_max);
  const ssize_t written = ::write(writing.get(), text.data(), length);
  if (written < 0 && !std::exchange(failed_, true)) log::warning("the voice does not listen", {{"program", program_}});
}

}  // namespace vitrine::kiosk
