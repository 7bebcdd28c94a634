// SPDX-License-Identifier: Apache-2.0
// Pictures that somebody has looked at and found good, at an eighth of their size: what is drawn is held against them.
#pragma once

#include <string>

#include "tools/kiosk_shots/contact_sheet.hpp"

namespace vitrine::kiosk {

// How much of the picture is not as approved: the share of an eighth's pixels that differ by more than the eye overlooks and
// other versions of a font or rasteriser cause. 1 where sizes differ or no picture was approved under this name.
double difference(const std::string& approved_file, const Picture& drawn);

void approve(const std::string& file, const Picture& drawn);

}  // namespace vitrine::kiosk
