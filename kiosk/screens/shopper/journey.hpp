// SPDX-License-Identifier: Apache-2.0
// How far something is that a person waits for: a dark panel with its number, and the stops it goes through.
#pragma once

#include <string>
#include <vector>

#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {

// Its number on the left, what there is to say on the right; one below the other where the words are long.
struct NightPanel {
  std::string id{};     // of the number: <id>.code; of the words: <id>.ahead
  std::string label{};  // above the number
  std::string code{};
  std::string words{};
  std::string line{};  // under the words
};
float night_panel_height(Stage& stage, const NightPanel& panel, float width);
void night_panel(Stage& stage, const NightPanel& panel, const Box& box);

enum class StopMark { done, now, later };
struct Stop {
  std::string title{}, line{};
  StopMark mark = StopMark::later;
  std::string id{};  // of its line
};
float stops_height(Stage& stage, const std::vector<Stop>& stops, float width);
// The title of the stop that is now has the id `now`.
void draw_stops(Stage& stage, const std::vector<Stop>& stops, const Box& box, const std::string& now, Icon walking);

// Codes of six are read three by three.
std::string spaced(const std::string& code);

}  // namespace vitrine::kiosk::shopper
