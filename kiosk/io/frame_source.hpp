// SPDX-License-Identifier: Apache-2.0
// Where the camera's pictures come from: a V4L2 device, or a folder in which pictures appear. Only brightness is looked at.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace vitrine::kiosk {

struct LumaFrame {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;  // one byte each, rows without padding
};

// Larger pictures are refused before they are decoded.
inline constexpr std::int64_t frame_pixels_max = 24'000'000;

class FrameSource {
 public:
  virtual ~FrameSource() = default;
  // Waits up to `at_most_ms` for a picture. True: it is in `into`; false: none came. Error: the source is gone, open it anew.
  virtual Result<bool> next(LumaFrame& into, int at_most_ms) = 0;
  // Each picture comes once, so that it deserves every effort at once; false: there will be another one soon.
  [[nodiscard]] virtual bool single_pictures() const = 0;
};

using OpenFrameSource = std::function<Result<std::unique_ptr<FrameSource>>()>;

// Asks for 1280×720 in GREY, NV12 or YUYV. Errors: "camera_missing", "camera_unusable".
Result<std::unique_ptr<FrameSource>> open_v4l2_camera(const std::string& device);

// Each PNG, PGM or JPEG file that appears or changes in `folder` is one picture, oldest first; files that were there before
// `ignore_older_than_s` seconds ago are taken as seen: they belong to somebody who has left. Errors: "folder_missing".
Result<std::unique_ptr<FrameSource>> open_picture_folder(const std::string& folder, int ignore_older_than_s = 2);

// Errors: "picture_unreadable", "picture_too_large".
Result<LumaFrame> read_picture(const std::string& file);

}  // namespace vitrine::kiosk
