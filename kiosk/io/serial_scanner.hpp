// SPDX-License-Identifier: Apache-2.0
// A scanner on a serial line (RS-232 or USB CDC), read by a thread of its own. The device may be missing at start, go and come
// back: it is looked for again twice a second.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>

#include "kiosk/input/line_decoder.hpp"
#include "kiosk/input/scan.hpp"
#include "kiosk/io/descriptor.hpp"

namespace vitrine::kiosk {

class SerialScanner {
 public:
  // `seen` is called on the scanner's thread.
  SerialScanner(std::string device, std::int64_t baud, std::function<void(Scan)> seen);
  ~SerialScanner();
  SerialScanner(const SerialScanner&) = delete;
  SerialScanner& operator=(const SerialScanner&) = delete;

  // Forgets what is half read (end of a visit).
  void wipe();
  [[nodiscard]] bool present() const { return present_.load(std::memory_order_relaxed); }

 private:
  void run();
  void listen(int device);
  bool wait_for_wake(int ms);

  std::string device_;
  std::int64_t baud_;
  std::function<void(Scan)> seen_;
  LineDecoder decoder_;
  WakeUp wake_;
  std::atomic<bool> stop_ = false;
  std::atomic<bool> wipe_ = false;
  std::atomic<bool> present_ = false;
  std::thread thread_;
};

}  // namespace vitrine::kiosk
