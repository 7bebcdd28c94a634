// SPDX-License-Identifier: Apache-2.0
// Cuts the bytes of a serial scanner into codes: each ends with CR, LF or both, or with a silence (many scanners are delivered
// without a suffix). STX and ETX around a code are taken off; a code that is too long is dropped as a whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_point.hpp"
#include "kiosk/input/scan.hpp"

namespace vitrine::kiosk {

class LineDecoder {
 public:
  explicit LineDecoder(std::int64_t silence_ms = 150, std::size_t length_max = scan_length_max)
      : silence_ms_(silence_ms), length_max_(length_max) {}

  std::vector<Scan> bytes(std::string_view bytes, MonoMs at);
  std::vector<Scan> passed(MonoMs now);
  [[nodiscard]] std::optional<MonoMs> deadline() const;

  // The device went away or a visit ended: what was half read is no code.
  void wipe();

  [[nodiscard]] std::uint64_t dropped_as_too_long() const { return dropped_; }

 private:
  void end_line(std::vector<Scan>& out);

  std::int64_t silence_ms_;
  std::size_t length_max_;
  std::string line_;
  bool too_long_ = false;
  MonoMs last_{};
  std::uint64_t dropped_ = 0;
};

}  // namespace vitrine::kiosk
