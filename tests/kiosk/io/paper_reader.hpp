// SPDX-License-Identifier: Apache-2.0
// A printer's ears: ESC/POS bytes → what stands on the paper. Knows the commands that the reference names for a ticket and no
// more; what it does not know, it says.
#pragma once

#include <string>
#include <vector>

#include "kiosk/io/frame_source.hpp"

namespace vitrine::kiosk {

struct PrintedLine {
  std::string bytes;  // in the code page
  int align = 0;      // 1: in the middle
  int times = 1;      // as wide and as high
  bool strong = false;
};

struct Printed {
  std::vector<PrintedLine> lines;
  std::vector<std::string> codes;   // that the printer drew by itself
  std::vector<int> module_dots;     // of these
  std::vector<LumaFrame> pictures;  // that were sent, on white
  int page = -1;
  bool japanese = false;
  bool cut = false;
  std::string unknown;  // the first thing that it does not know

  // As a person sees it, in so many columns; a code stands as "[what it says]".
  [[nodiscard]] std::string as_text(std::size_t columns) const;
};

Printed read_paper(const std::string& bytes);

}  // namespace vitrine::kiosk
