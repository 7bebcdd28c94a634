// SPDX-License-Identifier: Apache-2.0
// A folder that stands in for a camera: inotify says when something appeared, a look through the folder says what.
#include <poll.h>
#include <stb_image.h>
#include <sys/inotify.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <deque>
#include <filesystem>
#include <fstream>
#include <map>
#include <system_error>

#include "base/log.hpp"
#include "kiosk/io/descriptor.hpp"
#include "kiosk/io/frame_source.hpp"

namespace vitrine::kiosk {
namespace {

namespace fs = std::filesystem;

bool is_picture(const fs::path& path) {
  std::string ending = path.extension().string();
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return ending == ".png" || ending == ".pgm" || ending == ".jpg" || ending == ".jpeg";
}

// What makes a file the same file: written anew, it is another picture.
struct Stamp {
  fs::file_time_type changed;
  std::uintmax_t size = 0;
  bool operator==(const Stamp&) const = default;
};

class PictureFolder final : public FrameSource {
 public:
  PictureFolder(fs::path folder, Descriptor watch) : folder_(std::move(folder)), watch_(std::move(watch)) {}

  void take_as_seen(fs::file_time_type older_than) {
    for (const auto& [path, stamp] : present()) {
      if (stamp.changed < older_than) seen_[path] = stamp;
    }
    look();
  }

  Result<bool> next(LumaFrame& into, int at_most_ms) override {
    if (waiting_.empty()) {
      pollfd wait{.fd = watch_.get(), .events = POLLIN, .revents = 0};
      const bool changed = ::poll(&wait, 1, at_most_ms) > 0;
      if (changed) {
        alignas(inotify_event) std::array<char, 4096> notes{};
        while (::read(watch_.get(), notes.data(), notes.size()) > 0) {
        }
      }
      if (!fs::is_directory(folder_)) return fail("folder_missing", "the camera's folder went away");
      if (changed) look();
    }
    if (waiting_.empty()) return false;
    const fs::path path = waiting_.front();
    waiting_.pop_front();
    Result<LumaFrame> picture = read_picture(path.string());
    if (!picture) {
      log::warning("picture is left out", {{"code", picture.error().code}});
      return false;
    }
    into = std::move(*picture);
    return true;
  }

  [[nodiscard]] bool single_pictures() const override { return true; }

 private:
  [[nodiscard]] std::map<fs::path, Stamp> present() const {
    std::map<fs::path, Stamp> found;
    std::error_code failed;
    for (fs::directory_iterator it(folder_, failed), end; !failed && it != end; it.increment(failed)) {
      std::error_code gone;
      if (!is_picture(it->path()) || !it->is_regular_file(gone) || gone) continue;
      const auto changed = it->last_write_time(gone);
      const auto size = gone ? 0 : it->file_size(gone);
      if (!gone) found[it->path()] = {changed, size};
    }
    return found;
  }

  void look() {
    std::vector<std::pair<fs::file_time_type, fs::path>> fresh;
    const auto found = present();
    for (const auto& [path, stamp] : found) {
      const auto known = seen_.find(path);
      if (known == seen_.end() || known->second != stamp) fresh.emplace_back(stamp.changed, path);
    }
    seen_ = found;
    std::ranges::sort(fresh);
    for (auto& [changed, path] : fresh) {
      if (std::ranges::find(waiting_, path) == waiting_.end()) waiting_.push_back(std::move(path));
    }
  }

  fs::path folder_;
  Descriptor watch_;
  std::map<fs::path, Stamp> seen_;
  std::deque<fs::path> waiting_;
};

}  // namespace

Result<std::unique_ptr<FrameSource>> open_picture_folder(const std::string& folder, int ignore_older_than_s) {
  Descriptor watch(inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
  if (!watch || inotify_add_watch(watch.get(), folder.c_str(),
                                  IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR) < 0) {
    return fail("folder_missing", "cannot watch the camera's folder " + folder);
  }
  auto source = std::make_unique<PictureFolder>(folder, std::move(watch));
  source->take_as_seen(fs::file_time_type::clock::now() - std::chrono::seconds(ignore_older_than_s));
  return source;
}

Result<LumaFrame> read_picture(const std::string& file) {
  int width = 0;
  int height = 0;
  int channels = 0;
  if (stbi_info(file.c_str(), &width, &height, &channels) == 0)
    return fail("picture_unreadable", "not a PNG, PGM or JPEG picture");
  if (width < 1 || height < 1 || std::int64_t{width} * height > frame_pixels_max) {
    return fail("picture_too_large", "the picture has more than 24 million pixels");
  }
  // The reader fills what is missing of a PGM with chance bytes instead of refusing it.
  std::ifstream head(file, std::ios::binary);
  std::error_code gone;
  if (head.get() == 'P' && fs::file_size(file, gone) < static_cast<std::uintmax_t>(std::int64_t{width} * height)) {
    return fail("picture_unreadable", "the picture breaks off");
  }
  const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(stbi_load(file.c_str(), &width, &height, &channels, 2), stbi_image_free);
  if (!pixels) return fail("picture_unreadable", "the picture breaks off");
  LumaFrame frame{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height))};
  for (std::size_t i = 0; i < frame.pixels.size(); ++i) {
    // What is transparent lies on white paper.
    const int grey = pixels.get()[2 * i];
    const int alpha = pixels.get()[2 * i + 1];
    frame.pixels[i] = static_cast<std::uint8_t>((grey * alpha + 255 * (255 - alpha)) / 255);
  }
  return frame;
}

}  // namespace vitrine::kiosk
