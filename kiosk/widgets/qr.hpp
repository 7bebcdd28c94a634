// SPDX-License-Identifier: Apache-2.0
// A QR code's modules for a text.
#pragma once

#include <string>
#include <vector>

namespace vitrine::kiosk {

struct QrModules {
  int size = 0;  // 0: the text does not fit a code
  std::vector<bool> dark;
};

QrModules make_qr(const std::string& text);

}  // namespace vitrine::kiosk
