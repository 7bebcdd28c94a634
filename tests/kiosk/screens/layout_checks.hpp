// SPDX-License-Identifier: Apache-2.0
// What every screen's layout is held to, of shoppers and of staff.
#pragma once

#include "tests/kiosk/screens/headless.hpp"

namespace vitrine::kiosk {

// Each is on the screen, large enough for a finger, apart from the others, and says what it does.
void check_targets(const SemanticTree& tree, const Panel& panel);
// No text is cut, each is on the screen, and there is a heading and something to say aloud.
void check_words(const SemanticTree& tree, const Panel& panel);
void check_no_overlap(const SemanticTree& tree);

}  // namespace vitrine::kiosk
