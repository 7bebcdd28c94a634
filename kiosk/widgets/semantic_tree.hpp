// SPDX-License-Identifier: Apache-2.0
// What a frame says and offers, for screen readers, automation and tests. Filled by the same calls that draw, so that nothing
// that can be touched or read is missing from it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/widgets/input.hpp"

namespace vitrine::kiosk {

enum class Role { heading, text, status, button, image, list, dialog, timer, field };

struct PixelRect {
  float x = 0, y = 0, width = 0, height = 0;  // window pixels, origin top left
  bool operator==(const PixelRect&) const = default;
};

// A list that scrolls: what lies in its box has moved up so many pixels since its beginning.
struct ScrolledList {
  std::string id;
  PixelRect box;
  int at_px = 0;
};

struct SemanticNode {
  std::string id;  // stable: "scan.start", "line.<key>.more"; texts that cannot be touched may have none
  Role role = Role::text;
  std::string label;   // what is seen or, for an icon button, what it does
  std::string value;   // "6" for a stepper's count, "16" for a countdown
  std::string spoken;  // what is said aloud; empty: the label
  PixelRect rect;      // what of it can be seen
  int order = 0;       // reading and focus order
  bool interactive = false;
  bool enabled = true;
  bool focused = false;
  bool pressed = false;
  bool selected = false;
  bool visible = true;       // false: scrolled out of its list
  bool cut = false;          // partly scrolled out of it
  bool personal = false;     // of the person: said to the headset alone
  std::optional<Key> key{};  // that acts on it, or on the next of its kind
  bool clipped = false;      // a text that does not fit its place: a mistake of the layout, looked for by tests
};

struct SemanticTree {
  std::string screen;  // name_of(Route), or the dialog or sheet above it
  std::string language;
  std::string announcement;  // said when the screen is entered
  bool announcement_personal = false;
  std::string unavailable;  // said after a control that cannot be used
  std::string headphones;   // said aloud in place of what is personal
  std::vector<SemanticNode> nodes;

  [[nodiscard]] const SemanticNode* find(std::string_view id) const {
    for (const SemanticNode& node : nodes) {
      if (node.id == id) return &node;
    }
    return nullptr;
  }
};

}  // namespace vitrine::kiosk
