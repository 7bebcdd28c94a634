// SPDX-License-Identifier: Apache-2.0
// Whether a headset is plugged in, as the kernel's input device of the sound card tells (SW_HEADPHONE_INSERT).
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "kiosk/io/descriptor.hpp"

namespace vitrine::kiosk {

class Headset {
 public:
  explicit Headset(std::string device) : device_(std::move(device)) {}
  // The state when it is another than at the last look. A device that is not there, or goes away, is a headset that is not
  // plugged.
  std::optional<bool> look();

 private:
  [[nodiscard]] bool plugged();

  std::string device_;
  Descriptor open_;
  bool known_ = false;
};

}  // namespace vitrine::kiosk
