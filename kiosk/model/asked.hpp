// SPDX-License-Identifier: Apache-2.0
// Who asked: what a request carries and its answer brings back.
#pragma once

#include <cstdint>

namespace vitrine::kiosk {

// Which visit asked, and its how-manieth request. An answer to an earlier visit is dropped: nothing of the last person appears.
struct Asked {
  std::uint64_t visit = 0;
  std::uint64_t number = 0;
  bool operator==(const Asked&) const = default;
};

}  // namespace vitrine::kiosk
