// SPDX-License-Identifier: Apache-2.0
// Reads the screen to a person: on arrival the screen's announcement, then each control that gets the focus, its new value, and
// what changes by itself (a banner, the countdown). A key or a touch interrupts. What is personal goes to a headset alone.
#pragma once

#include <string>
#include <vector>

#include "kiosk/speech/voice.hpp"
#include "kiosk/widgets/semantic_tree.hpp"

namespace vitrine::kiosk {

struct Listening {
  bool on = false;
  bool headset = false;
  int volume = 60;  // per cent
};

class Narrator {
 public:
  explicit Narrator(Voice& voice) : voice_(voice) {}

  // What a frame shows.
  void hear(const SemanticTree& tree, const Listening& listening);
  // A touch or a key: silence. What the next frame shows new is said.
  void interrupt();
  // Says the last thing again.
  void repeat();
  // The person has left: nothing of them is kept.
  void forget();

  // What a node says: its words, its value, and that it cannot be used.
  [[nodiscard]] static std::string words_of(const SemanticNode& node, const SemanticTree& tree);

 private:
  void say(const std::string& text, bool personal, const SemanticTree& tree);

  Voice& voice_;
  Listening listening_;
  std::string language_;
  std::string screen_;
  std::string focus_;
  std::string focus_words_;
  std::vector<std::string> statuses_;
  std::vector<Utterance> last_;  // what was said last, for repeating
  bool begins_ = false;          // the next thing said is a new last
};

}  // namespace vitrine::kiosk
