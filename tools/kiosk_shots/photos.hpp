// SPDX-License-Identifier: Apache-2.0
// Pictures of products as a retailer's photographer would hand them in, made by this program: things on a lathe, lit from the
// left. Nobody's photo, nobody's licence.
#pragma once

#include <optional>
#include <string>

#include "kiosk/widgets/pictograms.hpp"

namespace vitrine::kiosk::samples {

// "vase" (tall), "jar" (wide, on white), "candle" (on black), "clock", "mug" (its background clear). Nothing for other names.
std::optional<Bitmap> photo(const std::string& name);

}  // namespace vitrine::kiosk::samples
