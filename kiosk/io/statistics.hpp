// SPDX-License-Identifier: Apache-2.0
// What frames cost and how long a scan takes to show, over the last few hundred.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace vitrine::kiosk {

// The last `most` measurements, in milliseconds.
class Measured {
 public:
  explicit Measured(std::size_t most) : most_(most) {}
  void add(double ms) {
    if (values_.size() < most_) {
      values_.push_back(ms);
    } else {
      values_[next_] = ms;
    }
    next_ = (next_ + 1) % most_;
    ++count_;
  }
  // Oldest first.
  [[nodiscard]] std::vector<double> values() const {
    std::vector<double> ordered = values_;
    if (count_ > most_) std::ranges::rotate(ordered, ordered.begin() + static_cast<std::ptrdiff_t>(next_));
    return ordered;
  }
  [[nodiscard]] std::uint64_t count() const { return count_; }
  // The smallest value that at least `share` of all do not exceed; 0 when there is none.
  [[nodiscard]] double percentile(double share) const {
    if (values_.empty()) return 0;
    std::vector<double> sorted = values_;
    std::ranges::sort(sorted);
    const double rank = share * static_cast<double>(sorted.size());
    auto at = static_cast<std::size_t>(rank);
    if (static_cast<double>(at) < rank) ++at;
    return sorted[std::clamp<std::size_t>(at, 1, sorted.size()) - 1];
  }

 private:
  std::size_t most_;
  std::size_t next_ = 0;
  std::uint64_t count_ = 0;
  std::vector<double> values_;
};

struct Statistics {
  std::uint64_t frames = 0;        // built
  std::uint64_t frames_shown = 0;  // of them, different from the one before
  Measured build{512};             // model and screen, each frame
  Measured shown{512};             // begin of the frame to the swapped window, shown frames only
  Measured share_drawn{512};       // of the picture's pixels, in percent, shown frames only
  Measured scan_to_answer{64};     // the scanner's last character to the first picture that differs
  Measured scan_to_cart{64};       // … to the picture that shows the cart
  Measured scan_to_customer{64};   // … at a counter, to the picture that shows what the customer did
};

}  // namespace vitrine::kiosk
