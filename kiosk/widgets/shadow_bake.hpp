// SPDX-License-Identifier: Apache-2.0
// Bakes a shadow (kiosk-ui section 3.5: stacked rounded rectangles, no blur) into one small picture that is stretched round a
// card.
#pragma once

#include "kiosk/widgets/atlas.hpp"

namespace vitrine::kiosk {

struct ShadowPicture {
  int size = 0;  // square, pixels
  float grow = 0;
  float corner = 0;
  std::vector<unsigned char> alpha;
};

ShadowPicture bake_shadow(Shadow shadow, float scale, float corner_scale);

}  // namespace vitrine::kiosk
