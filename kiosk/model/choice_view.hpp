// SPDX-License-Identifier: Apache-2.0
// What the owner of the open cart agreed to, as the local API gives it to them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"

namespace vitrine::kiosk {

// One purpose; they agree to it, or do not, or nobody has asked them.
struct Choice {
  std::string purpose;  // one of sync::consent_purposes, or of a later edge
  bool granted = false;
  std::vector<std::string> withdrawals;  // that it shows; sent back with a grant
  bool operator==(const Choice&) const = default;
};

// Of one change: what they can keep.
struct ChoiceReceipt {
  std::string number;  // 32 hex digits
  std::string purpose;
  bool granted = false;
  UtcMs at;
  bool operator==(const ChoiceReceipt&) const = default;
};

}  // namespace vitrine::kiosk
