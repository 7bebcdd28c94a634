// SPDX-License-Identifier: Apache-2.0
// Switches of an input device; see headset.hpp.
#include "kiosk/io/headset.hpp"

#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>

namespace vitrine::kiosk {

bool Headset::plugged() {
  if (!open_) open_ = Descriptor(::open(device_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!open_) return false;
  unsigned char switches[SW_CNT / 8 + 1] = {};
  if (::ioctl(open_.get(), EVIOCGSW(sizeof switches), switches) < 0) {
    open_.close();
    return false;
  }
  return (switches[SW_HEADPHONE_INSERT / 8] >> (SW_HEADPHONE_INSERT % 8) & 1) != 0;
}

std::optional<bool> Headset::look() {
  const bool now = plugged();
  if (now == known_) return std::nullopt;
  known_ = now;
  return now;
}

}  // namespace vitrine::kiosk
