// SPDX-License-Identifier: Apache-2.0
// Pictures of QR codes as a camera would take them: scaled, turned, noised; and files of them.
#pragma once

#include <cstdint>
#include <string>

#include "kiosk/io/frame_source.hpp"

namespace vitrine::kiosk {

struct Shot {
  double pixels_per_module = 4;
  double turned_degrees = 0;
  double noise = 0;  // standard deviation of the brightness, 0 to 255
  unsigned seed = 1;
  int width = 1280;
  int height = 720;
};

// A link with the given number of digits in its fragment: bytes, then a numeric segment, error correction M.
std::string pass_link(std::size_t digits, unsigned seed = 1);
LumaFrame photograph_of(const std::string& link, const Shot& shot);

void write_pgm(const LumaFrame& frame, const std::string& file);
void write_png(const LumaFrame& frame, const std::string& file);
void write_jpeg(const LumaFrame& frame, const std::string& file);

}  // namespace vitrine::kiosk
