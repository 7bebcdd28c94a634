// SPDX-License-Identifier: Apache-2.0
// Heads of PNG (IHDR) and JPEG (the first frame header), read with a bound at every step.
#include "sync/model/picture.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace vitrine::sync {
namespace {

using namespace std::string_view_literals;

struct Size {
  int width = 0, height = 0;
};

// Big-endian, of bytes that are there.
int number_at(std::string_view bytes, std::size_t at, std::size_t length) {
  std::size_t number = 0;
  for (std::size_t i = 0; i < length; ++i) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  return number > 0x7FFFFFFF ? 0x7FFFFFFF : static_cast<int>(number);
}

std::optional<Size> size_of_png(std::string_view bytes) {
  if (bytes.size() < 33 || bytes.substr(8, 8) != "\0\0\0\x0dIHDR"sv) return std::nullopt;
  return Size{number_at(bytes, 16, 4), number_at(bytes, 20, 4)};
}

std::optional<Size> size_of_jpeg(std::string_view bytes) {
  std::size_t at = 2;
  while (at + 4 <= bytes.size()) {
    if (static_cast<unsigned char>(bytes[at]) != 0xFF) return std::nullopt;
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    if (marker == 0xFF) {  // a filler
      ++at;
      continue;
    }
    const auto length = static_cast<std::size_t>(number_at(bytes, at + 2, 2));
    if (length < 2 || marker == 0xD9 || marker == 0xDA) return std::nullopt;
    const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame && length >= 8 && at + 9 <= bytes.size()) return Size{number_at(bytes, at + 7, 2), number_at(bytes, at + 5, 2)};
    at += 2 + length;
  }
  return std::nullopt;
}

}  // namespace

Result<PictureFacts> judge_picture(std::string_view bytes) {
  const auto refuse = [](const char* why) { return fail("picture_refused", why); };
  if (bytes.size() > picture_bytes_max) return refuse("it is larger than 1 MiB");
  const bool png = bytes.starts_with("\x89PNG\r\n\x1a\n"sv);
  if (!png && !bytes.starts_with("\xFF\xD8\xFF"sv)) return refuse("it is neither a PNG nor a JPEG picture");
  const std::optional<Size> size = bytes.size() < picture_bytes_min ? std::nullopt
                                   : png                            ? size_of_png(bytes)
                                                                    : size_of_jpeg(bytes);
  if (!size || size->width < 1 || size->height < 1) return refuse("it breaks off, or does not say how large it is");
  if (std::max(size->width, size->height) > picture_px_max) return refuse("it has more than 1024 pixels a side");
  return PictureFacts{png ? PictureKind::png : PictureKind::jpeg, size->width, size->height};
}

bool is_picture_hash(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string_view content_type_of(PictureKind kind) { return kind == PictureKind::png ? "image/png" : "image/jpeg"; }

}  // namespace vitrine::sync
