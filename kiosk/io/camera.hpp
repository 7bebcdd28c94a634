// SPDX-License-Identifier: Apache-2.0
// Looks at the camera's pictures and reports the codes in them, on a thread of its own. The camera may be missing, go and come
// back.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

#include "kiosk/input/scan.hpp"
#include "kiosk/io/descriptor.hpp"
#include "kiosk/io/frame_source.hpp"

namespace vitrine::kiosk {

// True when the two differ by more than a sensor's noise, looking at an eighth of the rows and columns.
[[nodiscard]] bool pictures_differ(const LumaFrame& a, const LumaFrame& b);

class Camera {
 public:
  // `seen` is called on the camera's thread, for each code of each picture; telling repeats apart is the listener's.
  Camera(std::string name, OpenFrameSource open, std::function<void(Scan)> seen);
  ~Camera();
  Camera(const Camera&) = delete;
  Camera& operator=(const Camera&) = delete;

  [[nodiscard]] bool present() const { return present_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t pictures() const { return pictures_.load(std::memory_order_relaxed); }

 private:
  void run();
  void look_through(FrameSource& source);
  void pause(int ms);

  std::string name_;
  OpenFrameSource open_;
  std::function<void(Scan)> seen_;
  WakeUp wake_;
  std::atomic<bool> stop_ = false;
  std::atomic<bool> present_ = false;
  std::atomic<std::uint64_t> pictures_ = 0;
  std::thread thread_;
};

}  // namespace vitrine::kiosk
