// SPDX-License-Identifier: Apache-2.0
// A request for a person as the edge tells it (docs/openapi-edge.yaml, HelpRequest).
#pragma once

#include <cstdint>
#include <string>

#include "base/time_point.hpp"

namespace vitrine::kiosk {

enum class HelpState { waiting, taken, ended };

struct HelpView {
  std::string id;  // 32 hex digits
  HelpState state = HelpState::waiting;
  std::string about;         // "finding", "reach", "paying", "access"; empty: nobody said
  std::string name;          // of who comes; empty: not known
  std::int64_t minutes = 0;  // until they are there, from taken_at; 0: nobody said
  UtcMs taken_at;
  bool operator==(const HelpView&) const = default;
};

}  // namespace vitrine::kiosk
