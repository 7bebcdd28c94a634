// SPDX-License-Identifier: Apache-2.0
// Finds the codes in a picture: QR, DataMatrix, EAN, UPC and Code 128, and nothing else (all formats at once cost seven times as
// much and find codes that are not there).
#pragma once

#include <string>
#include <vector>

#include "kiosk/input/scan.hpp"
#include "kiosk/io/frame_source.hpp"

namespace vitrine::kiosk {

struct CodeSeen {
  std::string text;
  Symbology symbology = Symbology::other;
};

enum class Effort { quick, thorough };

// At most four; article numbers with a wrong check digit are left out.
[[nodiscard]] std::vector<CodeSeen> read_codes(const LumaFrame& frame, Effort effort);

}  // namespace vitrine::kiosk
