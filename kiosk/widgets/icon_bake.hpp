// SPDX-License-Identifier: Apache-2.0
// Icons as pictures of their own. ImGui's builder writes beyond its buffer for a glyph of more than 256 KiB, which the large
// icons are on a 4K panel.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "kiosk/widgets/pictograms.hpp"
#include "kiosk/widgets/type.hpp"

namespace vitrine::kiosk {

struct IconPicture {
  Bitmap bitmap;   // white, the shape in its alpha
  float left = 0;  // pixels from the middle of the icon's square to the bitmap's left
  float top = 0;   // and to its top
};

using IconName = std::pair<std::size_t, Icon>;  // index into icon_sizes, icon

// Error "font_unreadable", also for an icon that the font lacks.
Result<std::map<IconName, IconPicture>> bake_icons(const std::string& font, float scale);

}  // namespace vitrine::kiosk
