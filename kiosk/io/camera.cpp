// SPDX-License-Identifier: Apache-2.0
// The camera's thread; see camera.hpp.
#include "kiosk/io/camera.hpp"

#include <poll.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "base/log.hpp"
#include "kiosk/io/code_reader.hpp"
#include "kiosk/io/system_clock.hpp"

namespace vitrine::kiosk {
namespace {

constexpr int wait_ms = 250;  // bounds how long the end takes
constexpr int look_again_ms = 1000;
constexpr std::int64_t between_pictures_ms = 80;   // a live camera is looked at 12 times a second at most
constexpr std::int64_t unchanged_again_ms = 1000;  // a still scene is searched once a second
constexpr std::uint64_t thorough_each = 3;

}  // namespace

bool pictures_differ(const LumaFrame& a, const LumaFrame& b) {
  if (a.width != b.width || a.height != b.height || a.pixels.size() != b.pixels.size()) return true;
  // In each block of 64 × 64 the mean of 8 × 8 places: noise evens out within a block, a phone that came does not.
  constexpr int block = 64;
  constexpr int step = 8;
  constexpr int noise = 4;
  for (int top = 0; top < a.height; top += block) {
    for (int left = 0; left < a.width; left += block) {
      const int from_y = std::max(0, std::min(top, a.height - block));
      const int from_x = std::max(0, std::min(left, a.width - block));
      int difference = 0;
      int count = 0;
      for (int y = from_y; y < std::min(from_y + block, a.height); y += step) {
        for (int x = from_x; x < std::min(from_x + block, a.width); x += step) {
          const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(a.width) + static_cast<std::size_t>(x);
          difference += int{a.pixels[at]} - int{b.pixels[at]};
          ++count;
        }
      }
      if (std::abs(difference) > noise * count) return true;
    }
  }
  return false;
}

Camera::Camera(std::string name, OpenFrameSource open, std::function<void(Scan)> seen)
    : name_(std::move(name)), open_(std::move(open)), seen_(std::move(seen)), thread_([this] { run(); }) {}

Camera::~Camera() {
  stop_ = true;
  wake_.wake();
  thread_.join();
}

void Camera::pause(int ms) {
  pollfd wait{.fd = wake_.get(), .events = POLLIN, .revents = 0};
  ::poll(&wait, 1, ms);
}

void Camera::run() {
  std::string said;
  while (!stop_) {
    auto source = open_();
    if (!source) {
      if (std::exchange(said, source.error().code) != source.error().code) {
        log::warning("camera is missing", {{"camera", name_}, {"code", source.error().code}, {"why", source.error().message}});
      }
      pause(look_again_ms);
      continue;
    }
    log::info("camera is there", {{"camera", name_}});
    said.clear();
    present_ = true;
    look_through(**source);
    present_ = false;
  }
}

void Camera::look_through(FrameSource& source) {
  LumaFrame frame;
  LumaFrame last_empty;  // the last picture without a code
  MonoMs searched{};
  std::uint64_t round = 0;
  while (!stop_) {
    const Result<bool> came = source.next(frame, wait_ms);
    if (!came) {
      log::warning("camera went away", {{"camera", name_}, {"code", came.error().code}});
      pause(look_again_ms);
      return;
    }
    if (!*came) continue;
    pictures_.fetch_add(1, std::memory_order_relaxed);
    const bool single = source.single_pictures();
    const bool still = !single && !pictures_differ(frame, last_empty);
    if (still && mono_now().value - searched.value < unchanged_again_ms) continue;
    searched = mono_now();
    const Effort effort = single || still || ++round % thorough_each == 0 ? Effort::thorough : Effort::quick;
    std::vector<CodeSeen> codes = single ? read_codes(frame, Effort::quick) : std::vector<CodeSeen>{};
    if (codes.empty()) codes = read_codes(frame, effort);
    for (CodeSeen& code : codes) {
      Scan scan = scan_from(std::move(code.text), ScanSource::camera, mono_now());
      scan.symbology = code.symbology;
      seen_(std::move(scan));
    }
    if (codes.empty() && !single) last_empty = frame;
    if (!codes.empty()) std::ranges::fill(frame.pixels, std::uint8_t{0});  // a code that was read is kept nowhere
    if (!single) pause(static_cast<int>(between_pictures_ms));
  }
}

}  // namespace vitrine::kiosk
