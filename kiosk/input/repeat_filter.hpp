// SPDX-License-Identifier: Apache-2.0
// The same code seen again within two seconds, by whatever source, is the same showing of it: a phone held before the camera is
// read many times a second, and a person who scans twice in a row means it once. Each sighting starts the two seconds anew.
// Keeps a hash, not the text, so that it may outlive a visit: a phone left lying under the camera does not begin the next one.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "kiosk/input/scan.hpp"

namespace vitrine::kiosk {

class RepeatFilter {
 public:
  explicit RepeatFilter(std::int64_t same_within_ms = 2000) : same_within_ms_(same_within_ms) {}

  // False when this is the showing already counted.
  bool is_new(const Scan& scan) {
    const std::size_t hash = std::hash<std::string>{}(scan.text);
    const bool same = last_at_ && hash == last_hash_ && scan.at.value - last_at_->value < same_within_ms_;
    last_hash_ = hash;
    last_at_ = scan.at;
    return !same;
  }

 private:
  std::int64_t same_within_ms_;
  std::size_t last_hash_ = 0;
  std::optional<MonoMs> last_at_;
};

}  // namespace vitrine::kiosk
