// SPDX-License-Identifier: Apache-2.0
// PNG files; see picture_file.hpp.
#include "kiosk/io/picture_file.hpp"

#include <stb_image_write.h>

#include <cstdio>
#include <utility>

#include "base/log.hpp"

namespace vitrine::kiosk {

Result<void> write_picture(const Picture& picture, const std::string& file) {
  if (picture.width < 1 || picture.height < 1) return fail("picture_not_written", "nothing was drawn yet");
  const std::string part = file + ".part";
  if (stbi_write_png(part.c_str(), picture.width, picture.height, 3, picture.rgb.data(), picture.width * 3) == 0 ||
      std::rename(part.c_str(), file.c_str()) != 0) {
    return fail("picture_not_written", "cannot write " + file);
  }
  return {};
}

PictureWriter::PictureWriter(std::string file) : file_(std::move(file)), thread_([this] { run(); }) {}

PictureWriter::~PictureWriter() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  given_.notify_one();
  thread_.join();
}

void PictureWriter::write(Picture picture) {
  {
    const std::lock_guard lock(mutex_);
    newest_ = std::move(picture);
  }
  given_.notify_one();
}

void PictureWriter::run() {
  bool said = false;
  while (true) {
    std::optional<Picture> picture;
    {
      std::unique_lock lock(mutex_);
      given_.wait(lock, [&] { return stop_ || newest_; });
      if (stop_) return;
      picture.swap(newest_);
    }
    if (auto written = write_picture(*picture, file_); !written && !std::exchange(said, true)) {
      log::warning("a picture of the screen could not be written", {{"why", written.error().message}});
    }
  }
}

}  // namespace vitrine::kiosk
