// SPDX-License-Identifier: Apache-2.0
// What is said when; see narrator.hpp.
#include "kiosk/speech/narrator.hpp"

#include <algorithm>
#include <array>

namespace vitrine::kiosk {
namespace {

// Seconds at which a countdown is heard again.
constexpr std::array<const char*, 3> heard_seconds = {"20", "10", "5"};

bool changes_are_said(const SemanticNode& node) {
  if (node.role == Role::timer) return std::find(heard_seconds.begin(), heard_seconds.end(), node.value) != heard_seconds.end();
  // Counts and prices are said with the control that changes them; a banner and the reader's state by themselves.
  return node.role == Role::status &&
         (node.id.starts_with("banner.") || node.id == "scan.status" || node.id == "cart.not_saved" || node.id == "cart.total" ||
          node.id == "undo.text" || node.id == "choices.undo.text" || node.id == "choices.refused");
}

std::string status_of(const SemanticNode& node) { return node.id + '\n' + (node.role == Role::timer ? node.value : node.label); }

}  // namespace

std::string Narrator::words_of(const SemanticNode& node, const SemanticTree& tree) {
  std::string words = node.spoken.empty() ? node.label : node.spoken;
  if (node.spoken.empty() && !node.value.empty() && node.value != node.label) words += ", " + node.value;
  if (node.interactive && !node.enabled) words += ", " + tree.unavailable;
  return words;
}

void Narrator::say(const std::string& text, bool personal, const SemanticTree& tree) {
  if (text.empty()) return;
  // Aloud, a shop may hear: only that there is something, never what.
  const bool kept = personal && !listening_.headset;
  const Utterance utterance{kept ? tree.headphones : text, tree.language, listening_.volume};
  if (begins_) last_.clear();
  begins_ = false;
  if (kept && !last_.empty() && last_.back().text == utterance.text) return;
  last_.push_back(utterance);
  voice_.say(utterance);
}

void Narrator::hear(const SemanticTree& tree, const Listening& listening) {
  const bool begins = listening.on && !listening_.on;
  // With the headset out, what was meant for it alone must not go on aloud.
  if (listening_.headset && !listening.headset) voice_.stop();
  if (listening_.on && !listening.on) voice_.stop();
  listening_ = listening;
  std::vector<std::string> statuses;
  for (const SemanticNode& node : tree.nodes) {
    if (changes_are_said(node)) statuses.push_back(status_of(node));
  }
  const auto focused = std::find_if(tree.nodes.begin(), tree.nodes.end(), [](const SemanticNode& node) { return node.focused; });
  const std::string focus = focused == tree.nodes.end() ? std::string() : focused->id;
  const std::string focus_words = focused == tree.nodes.end() ? std::string() : words_of(*focused, tree);
  const bool arrives = begins || tree.screen != screen_ || tree.language != language_;
  if (listening.on && arrives) {
    voice_.stop();
    begins_ = true;
    say(tree.announcement, tree.announcement_personal, tree);
    if (!focus.empty()) say(focus_words, focused->personal, tree);
  } else if (listening.on) {
    if (!focus.empty() && (focus != focus_ || focus_words != focus_words_)) {
      if (focus != focus_) voice_.stop();
      begins_ = true;
      say(focus_words, focused->personal, tree);
    }
    for (const SemanticNode& node : tree.nodes) {
      if (!changes_are_said(node)) continue;
      if (std::find(statuses_.begin(), statuses_.end(), status_of(node)) != statuses_.end()) continue;
      begins_ = true;
      say(node.role == Role::timer ? tree.announcement : words_of(node, tree), node.personal, tree);
    }
  }
  screen_ = tree.screen;
  language_ = tree.language;
  focus_ = focus;
  focus_words_ = focus_words;
  statuses_ = std::move(statuses);
}

void Narrator::interrupt() { voice_.stop(); }

void Narrator::repeat() {
  if (!listening_.on) return;
  voice_.stop();
  for (Utterance& utterance : last_) {
    utterance.volume = listening_.volume;
    voice_.say(utterance);
  }
}

void Narrator::forget() {
  voice_.stop();
  // Let go of with their room, which is overwritten then: a text that is only cleared leaves its letters behind.
  std::vector<Utterance>().swap(last_);
  std::vector<std::string>().swap(statuses_);
  for (std::string* each : {&focus_, &focus_words_, &screen_}) {
    each->assign(each->capacity(), '\0');
    each->clear();
  }
  listening_ = {};
}

}  // namespace vitrine::kiosk
