// SPDX-License-Identifier: Apache-2.0
// See approved.hpp.
#include "tools/kiosk_shots/approved.hpp"

#define STB_IMAGE_IMPLEMENTATION
#include <stb/stb_image.h>
#include <stb/stb_image_write.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>

namespace vitrine::kiosk {
namespace {

constexpr int times = 8;
constexpr int overlooked = 28;  // of 255, in one channel

struct Free {
  void operator()(unsigned char* pixels) const { stbi_image_free(pixels); }
};

}  // namespace

double difference(const std::string& approved_file, const Picture& drawn) {
  const Picture small = shrunk(drawn, times);
  int width = 0;
  int height = 0;
  int channels = 0;
  stbi_set_flip_vertically_on_load(1);
  const std::unique_ptr<unsigned char, Free> approved(stbi_load(approved_file.c_str(), &width, &height, &channels, 3));
  if (!approved || width != small.width || height != small.height) return 1;
  const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  std::size_t differ = 0;
  for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
    int most = 0;
    for (std::size_t at = pixel * 3; at < pixel * 3 + 3; ++at)
      most = std::max(most, std::abs(static_cast<int>(approved.get()[at]) - static_cast<int>(small.rgb[at])));
    differ += most > overlooked ? 1U : 0U;
  }
  return static_cast<double>(differ) / static_cast<double>(pixels);
}

void approve(const std::string& file, const Picture& drawn) {
  const Picture small = shrunk(drawn, times);
  stbi_flip_vertically_on_write(1);
  stbi_write_png(file.c_str(), small.width, small.height, 3, small.rgb.data(), small.width * 3);
}

}  // namespace vitrine::kiosk
