// SPDX-License-Identifier: Apache-2.0
// Speaks through espeak-ng or spd-say, run as a child for each sentence. Without either the kiosk is silent and goes on.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "kiosk/io/child.hpp"
#include "kiosk/speech/voice.hpp"

namespace vitrine::kiosk {

class ChildVoice final : public Voice {
 public:
  // `program` empty: the first of the two that is installed. Error "no_voice" when there is none.
  static Result<std::unique_ptr<ChildVoice>> open(const std::string& program);
  ~ChildVoice() override;
  ChildVoice(const ChildVoice&) = delete;
  ChildVoice& operator=(const ChildVoice&) = delete;

  void say(const Utterance& utterance) override;
  void stop() override;
  // Starts the next sentence when the last has ended. To be called from time to time while is_busy().
  void go_on();
  [[nodiscard]] bool is_busy() const { return child_.runs() || silencer_.runs() || !waiting_.empty(); }

 private:
  explicit ChildVoice(std::string program) : program_(std::move(program)) {}
  void start(const Utterance& utterance);
  [[nodiscard]] bool is_espeak() const { return program_.ends_with("espeak-ng"); }

  std::string program_;
  std::deque<Utterance> waiting_;
  Child child_;
  Child silencer_;  // of speech-dispatcher, which outlives the child that spoke through it
  std::chrono::steady_clock::time_point silencing_since_;
  bool failed_ = false;  // said once in the log
};

}  // namespace vitrine::kiosk
