// SPDX-License-Identifier: Apache-2.0
// A cart that goes to the person's phone, as the local API gives it.
#pragma once

#include <cstdint>
#include <string>

#include "base/time_point.hpp"

namespace vitrine::kiosk {

struct KeptCode {
  std::string qr;  // what its QR carries: a link that a phone's camera opens
  UtcMs valid_until;
  std::int64_t valid_for_ms = 0;  // from the answer on
  std::int64_t units = 0;
  bool operator==(const KeptCode&) const = default;
};

}  // namespace vitrine::kiosk
