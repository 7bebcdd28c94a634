// SPDX-License-Identifier: Apache-2.0
// See bitmap_file.hpp. Heads are looked at first: of stb_image's formats PNG alone is let in, for products JPEG too.
#include "kiosk/widgets/bitmap_file.hpp"

#include <stb_image.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string_view>

#include "sync/model/picture.hpp"

namespace vitrine::kiosk {
namespace {

using namespace std::string_view_literals;

// Of one pixel that stands for a box of others, weighted by how much of each it covers.
struct Mean {
  double alpha = 0, red = 0, green = 0, blue = 0, weight = 0;
  void add(const std::uint8_t* pixel, double share) {
    const double opaque = pixel[3] * share;
    alpha += opaque;
    red += pixel[0] * opaque;
    green += pixel[1] * opaque;
    blue += pixel[2] * opaque;
    weight += share;
  }
  void put(std::uint8_t* pixel) const {
    const auto byte = [](double value) { return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0, 255.0))); };
    pixel[0] = byte(alpha > 0 ? red / alpha : 0);
    pixel[1] = byte(alpha > 0 ? green / alpha : 0);
    pixel[2] = byte(alpha > 0 ? blue / alpha : 0);
    pixel[3] = byte(weight > 0 ? alpha / weight : 0);
  }
};

// How much of pixel `at` lies between `from` and `to`.
double covered(int at, double from, double to) { return std::min<double>(at + 1, to) - std::max<double>(at, from); }

}  // namespace

Result<Bitmap> read_bitmap(const std::string& file, int width_max, int height_max) {
  const auto unusable = [&](std::string_view why) { return fail("picture_unusable", file + ": " + std::string(why)); };
  std::error_code error;
  const bool regular = std::filesystem::is_regular_file(file, error);
  const std::uintmax_t there = regular ? std::filesystem::file_size(file, error) : 0;
  if (!regular || error) return unusable("cannot be read");
  if (there > picture_bytes_max) return unusable("is larger than 8 MiB");
  std::string bytes(there, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (!bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return unusable("is no PNG picture");
  const auto* data = reinterpret_cast<const stbi_uc*>(bytes.data());
  const int size = static_cast<int>(bytes.size());
  int width = 0;
  int height = 0;
  int channels = 0;
  if (stbi_info_from_memory(data, size, &width, &height, &channels) == 0 || width < 1 || height < 1) {
    return unusable("is no PNG picture");
  }
  if (width > width_max || height > height_max) {
    return unusable("has more than " + std::to_string(width_max) + " × " + std::to_string(height_max) + " pixels");
  }
  const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(stbi_load_from_memory(data, size, &width, &height, &channels, 4),
                                                         stbi_image_free);
  if (!pixels) return unusable("breaks off");
  const std::size_t length = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
  return Bitmap{width, height, {pixels.get(), pixels.get() + length}};
}

Result<Bitmap> decode_picture(std::string_view bytes) {
  if (auto judged = sync::judge_picture(bytes); !judged) return fail("picture_unusable", judged.error().message);
  const auto* data = reinterpret_cast<const stbi_uc*>(bytes.data());
  const int size = static_cast<int>(bytes.size());
  int width = 0;
  int height = 0;
  int channels = 0;
  const bool told = stbi_info_from_memory(data, size, &width, &height, &channels) != 0;
  // What the decoder reads is what was judged.
  if (!told || width < 1 || height < 1 || std::max(width, height) > sync::picture_px_max)
    return fail("picture_unusable", "its head contradicts itself");
  const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(stbi_load_from_memory(data, size, &width, &height, &channels, 4),
                                                         stbi_image_free);
  if (!pixels) return fail("picture_unusable", "it breaks off");
  const std::size_t length = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
  return Bitmap{width, height, {pixels.get(), pixels.get() + length}};
}

Bitmap shrunk_to_fit(const Bitmap& from, int width, int height) {
  const double factor = std::max({1.0, static_cast<double>(from.width) / width, static_cast<double>(from.height) / height});
  if (factor == 1.0) return from;
  Bitmap to{std::max(1, static_cast<int>(from.width / factor)), std::max(1, static_cast<int>(from.height / factor)), {}};
  to.rgba.resize(static_cast<std::size_t>(to.width) * static_cast<std::size_t>(to.height) * 4);
  const double across = static_cast<double>(from.width) / to.width;
  const double down = static_cast<double>(from.height) / to.height;
  for (int y = 0; y < to.height; ++y) {
    for (int x = 0; x < to.width; ++x) {
      Mean mean;
      const int bottom = std::min(from.height, static_cast<int>(std::ceil((y + 1) * down)));
      const int right = std::min(from.width, static_cast<int>(std::ceil((x + 1) * across)));
      for (int row = static_cast<int>(y * down); row < bottom; ++row) {
        for (int column = static_cast<int>(x * across); column < right; ++column) {
          const double share = covered(row, y * down, (y + 1) * down) * covered(column, x * across, (x + 1) * across);
          mean.add(from.rgba.data() + (static_cast<std::ptrdiff_t>(row) * from.width + column) * 4, share);
        }
      }
      mean.put(to.rgba.data() + (static_cast<std::ptrdiff_t>(y) * to.width + x) * 4);
    }
  }
  return to;
}

}  // namespace vitrine::kiosk
