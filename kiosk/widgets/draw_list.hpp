// SPDX-License-Identifier: Apache-2.0
// From the kiosk's types to ImGui's; included only by the files that draw.
#pragma once

#include <imgui/imgui.h>

#include "kiosk/theme/colour.hpp"

namespace vitrine::kiosk {

inline ImU32 packed(Colour colour) { return IM_COL32(colour.r, colour.g, colour.b, colour.a); }

}  // namespace vitrine::kiosk
