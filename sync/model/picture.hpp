// SPDX-License-Identifier: Apache-2.0
// A picture of a product: what may be one, judged by its bytes before anybody decodes them. Documents name pictures by the
// BLAKE2b hash of their bytes, 32 bytes long, in small hexadecimal digits.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.hpp"

namespace vitrine::sync {

inline constexpr std::size_t picture_bytes_max = 1024UL * 1024;
inline constexpr std::size_t picture_bytes_min = 32;
inline constexpr int picture_px_max = 1024;  // each way: more than a screen shows of it, and 4 MiB decoded

enum class PictureKind { png, jpeg };

struct PictureFacts {
  PictureKind kind = PictureKind::png;
  int width = 0, height = 0;  // as its head says
};

// Error "picture_refused": it is neither PNG nor JPEG, is too large in bytes or pixels, or its head breaks off.
Result<PictureFacts> judge_picture(std::string_view bytes);

bool is_picture_hash(std::string_view text);
std::string_view content_type_of(PictureKind kind);

}  // namespace vitrine::sync
