// SPDX-License-Identifier: Apache-2.0
// A retailer's pictures, that nobody vouches for: logo and slides from PNG files, products from the bytes of a PNG or JPEG.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "kiosk/widgets/pictograms.hpp"

namespace vitrine::kiosk {

inline constexpr std::size_t picture_bytes_max = 8UL * 1024 * 1024;

// Error "picture_unusable": it is no PNG, breaks off, is larger than `width_max` × `height_max` pixels or than 8 MiB.
Result<Bitmap> read_bitmap(const std::string& file, int width_max, int height_max);

// A product's. Error "picture_unusable": it is none (sync::judge_picture), or breaks off.
Result<Bitmap> decode_picture(std::string_view bytes);

// As small as it must be to fit into these pixels, each the mean of those it stands for. Never larger than it was.
Bitmap shrunk_to_fit(const Bitmap& from, int width, int height);

}  // namespace vitrine::kiosk
