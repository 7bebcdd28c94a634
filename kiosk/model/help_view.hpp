// SPDX-License-Identifier: Apache-2.0
// A request for a person as the edge tells it (docs/openapi-edge.yaml, HelpRequest).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time_point.hpp"

namespace vitrine::kiosk {

// Whom it is for, before somebody goes: the best match first, in the end anybody.
struct Offer {
  std::string who;
  std::string name;
  UtcMs at;  // from then on
  bool operator==(const Offer&) const = default;
};
struct Offers {
  std::vector<Offer> people{};
  UtcMs all_at{};  // then it is anybody's; 0: nothing is said
  bool operator==(const Offers&) const = default;
};

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
