// SPDX-License-Identifier: Apache-2.0
// What vitrine-kiosk-gallery is asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "kiosk/screens/frame.hpp"
#include "tools/kiosk_shots/looks.hpp"

namespace vitrine::kiosk {

struct GalleryOrder {
  std::string folder;
  std::optional<samples::Look> look;  // nothing: each screen in six looks of its own
  std::vector<std::string> only;      // "=cart" is the one of that name, "cart" each whose name has it; empty: all
  std::string beside;                 // folder of reference pictures
  std::string against, approve;       // folder of approved pictures
  std::string sheet;
  bool names = false;
  UiOptions options;

  [[nodiscard]] bool wants(const std::string& name) const;
};

extern const char* const gallery_help;

// Errors: "usage".
Result<GalleryOrder> read_gallery_order(int count, char** words);

}  // namespace vitrine::kiosk
