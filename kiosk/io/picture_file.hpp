// SPDX-License-Identifier: Apache-2.0
// Screenshots to PNG files, written beside the frames.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/result.hpp"
#include "kiosk/io/painter.hpp"

namespace vitrine::kiosk {

// Written under another name first: who reads the file sees a whole picture. Errors: "picture_not_written".
Result<void> write_picture(const Picture& picture, const std::string& file);

// A thread that writes the newest picture it was given.
class PictureWriter {
 public:
  explicit PictureWriter(std::string file);
  ~PictureWriter();
  PictureWriter(const PictureWriter&) = delete;
  PictureWriter& operator=(const PictureWriter&) = delete;
  void write(Picture picture);

 private:
  void run();
  std::string file_;
  std::mutex mutex_;
  std::condition_variable given_;
  std::optional<Picture> newest_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace vitrine::kiosk
