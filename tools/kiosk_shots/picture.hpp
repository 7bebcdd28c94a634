// SPDX-License-Identifier: Apache-2.0
// A picture of a screen, and its file.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace vitrine::kiosk {

struct Picture {
  int width = 0, height = 0;
  std::vector<unsigned char> rgb;  // rows from the lowest up
};

// Each pixel the mean of times × times; what is left over at the right and above is a pixel of its own.
Picture shrunk(const Picture& picture, int times);

// Of equal height, with a gap between.
Picture side_by_side(const Picture& left, const Picture& right);

// Nothing where there is no picture, or none that can be read.
std::optional<Picture> read_png(const std::string& file);

enum class Packing { quick, small };
// Whether it could be written.
[[nodiscard]] bool write_png(const std::string& file, const Picture& picture, Packing packing);

}  // namespace vitrine::kiosk
