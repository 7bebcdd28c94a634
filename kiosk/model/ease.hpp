// SPDX-License-Identifier: Apache-2.0
// What makes the kiosk easier for one person. It belongs to the visit and ends with it.
#pragma once

#include <cstdint>

namespace vitrine::kiosk {

enum class TextSize : std::uint8_t { standard, large, largest };

inline constexpr std::int32_t volume_normal = 60;
inline constexpr std::int32_t volume_most = 100;
inline constexpr std::int32_t volume_step = 20;

struct Ease {
  TextSize text = TextSize::standard;
  bool high_contrast = false;
  bool reach = false;  // every control in the lower half
  bool read_aloud = false;
  bool less_movement = false;
  bool more_time = false;
  std::int32_t volume = volume_normal;  // of what is read aloud, per cent
  bool operator==(const Ease&) const = default;
};

}  // namespace vitrine::kiosk
