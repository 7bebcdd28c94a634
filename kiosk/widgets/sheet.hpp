// SPDX-License-Identifier: Apache-2.0
// A sheet that comes from below over a screen: title, a body that scrolls when it is too high, a foot, and a button to close.
#pragma once

#include <string>

#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk {

struct SheetSpec {
  std::string id{};  // the close button is <id>.close, the body's list <id>.list
  std::string title{};
  std::string line{};  // under the title; may be empty
  float width = 1080;
  float foot = 0;  // height kept below the body
};

class Sheet {
 public:
  Sheet(Stage& stage, SheetSpec spec);
  // Of the body, when it needs no keys for scrolling.
  [[nodiscard]] float inner_width() const;
  // Draws scrim, sheet and head for a body of that height; returns where the body begins, moved by what was scrolled.
  Box begin(float body);
  // Ends the body; returns the foot.
  Box end_body();
  // True when the close button was pressed. The screen's name is `id`.
  bool end(const std::string& close);

 private:
  Stage& stage_;
  SheetSpec spec_;
  Box sheet_;
  Box body_;
  float content_ = 0;
  float head_ = 0;
  bool scrolls_ = false;
  int mark_ = 0;
};

}  // namespace vitrine::kiosk
