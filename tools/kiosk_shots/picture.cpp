// SPDX-License-Identifier: Apache-2.0
// See picture.hpp.
#include "tools/kiosk_shots/picture.hpp"

#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>

namespace {

// In place of stb's own packing, which makes files a third larger.
unsigned char* pack(unsigned char* bytes, int count, int* packed, int level) {
  uLongf size = compressBound(static_cast<uLong>(count));
  auto* out = static_cast<unsigned char*>(std::malloc(size));
  if (out == nullptr) return nullptr;
  if (compress2(out, &size, bytes, static_cast<uLong>(count), level) != Z_OK) {
    std::free(out);
    return nullptr;
  }
  *packed = static_cast<int>(size);
  return out;
}

}  // namespace

#define STBIW_ZLIB_COMPRESS pack
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_IMPLEMENTATION
#include <stb/stb_image.h>
#include <stb/stb_image_write.h>

namespace vitrine::kiosk {
namespace {

constexpr int gap = 40;

struct Free {
  void operator()(unsigned char* pixels) const { stbi_image_free(pixels); }
};

std::size_t index(const Picture& picture, int x, int y, int channel) {
  return (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x)) * 3 +
         static_cast<std::size_t>(channel);
}

unsigned char mean_of(const Picture& picture, int times, int x, int y, int channel) {
  const int right = std::min(picture.width, (x + 1) * times);
  const int top = std::min(picture.height, (y + 1) * times);
  int sum = 0;
  for (int row = y * times; row < top; ++row) {
    for (int column = x * times; column < right; ++column) sum += picture.rgb[index(picture, column, row, channel)];
  }
  const int pixels = (right - x * times) * (top - y * times);
  return static_cast<unsigned char>((sum + pixels / 2) / pixels);
}

void paste(const Picture& from, Picture& to, int left) {
  for (int y = 0; y < from.height; ++y) {
    std::copy_n(from.rgb.begin() + static_cast<std::ptrdiff_t>(index(from, 0, y, 0)), static_cast<std::ptrdiff_t>(from.width) * 3,
                to.rgb.begin() + static_cast<std::ptrdiff_t>(index(to, left, y + to.height - from.height, 0)));
  }
}

}  // namespace

Picture shrunk(const Picture& picture, int times) {
  Picture small{(picture.width + times - 1) / times, (picture.height + times - 1) / times, {}};
  small.rgb.resize(static_cast<std::size_t>(small.width) * static_cast<std::size_t>(small.height) * 3);
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) {
      for (int channel = 0; channel < 3; ++channel)
        small.rgb[index(small, x, y, channel)] = mean_of(picture, times, x, y, channel);
    }
  }
  return small;
}

Picture side_by_side(const Picture& left, const Picture& right) {
  Picture both{left.width + gap + right.width, std::max(left.height, right.height), {}};
  both.rgb.assign(static_cast<std::size_t>(both.width) * static_cast<std::size_t>(both.height) * 3, 255);
  paste(left, both, 0);
  paste(right, both, left.width + gap);
  return both;
}

std::optional<Picture> read_png(const std::string& file) {
  Picture picture;
  int channels = 0;
  stbi_set_flip_vertically_on_load(1);
  const std::unique_ptr<unsigned char, Free> pixels(stbi_load(file.c_str(), &picture.width, &picture.height, &channels, 3));
  if (!pixels) return std::nullopt;
  picture.rgb.assign(pixels.get(),
                     pixels.get() + static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * 3);
  return picture;
}

bool write_png(const std::string& file, const Picture& picture, Packing packing) {
  stbi_flip_vertically_on_write(1);
  stbi_write_png_compression_level = packing == Packing::small ? Z_BEST_COMPRESSION : 3;
  stbi_write_force_png_filter = packing == Packing::small ? 1 : -1;  // the difference to the left packs best in screens
  return stbi_write_png(file.c_str(), picture.width, picture.height, 3, picture.rgb.data(), picture.width * 3) != 0;
}

}  // namespace vitrine::kiosk
