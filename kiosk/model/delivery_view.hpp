// SPDX-License-Identifier: Apache-2.0
// An order that was asked for here, to be sent home, as the local API shows it. No address is ever among it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_point.hpp"
#include "kiosk/model/cart_view.hpp"

namespace vitrine::kiosk {

// `other`: it is no delivery any more, or a person has to look.
enum class DeliveryState { asked, confirmed, completed, cancelled, refused, other };

struct DeliveryLine {
  Words title;
  std::string pictogram;
  std::string tile;
  std::int64_t units = 0;
  std::int64_t total = 0;  // minor units
  bool operator==(const DeliveryLine&) const = default;
};

struct DeliveryView {
  std::string order;  // its number, in groups: "K7Q2-MN34-BCDF"
  DeliveryState state = DeliveryState::asked;
  bool at_hub = false;  // else it goes as soon as there is a line
  UtcMs asked_at;
  std::string currency;
  std::int64_t total = 0;  // minor units, as it was shown
  std::vector<DeliveryLine> lines;
  bool operator==(const DeliveryView&) const = default;
};

// Where sending it home stands: what the screen is about.
enum class DeliverStep {
  ask,      // what it is, before it is ordered
  nobody,   // whose cart it is is not known
  waiting,  // for the answer
  done,
  cancelled,
  refused,  // by the hub, later
  failed,   // there is no order; Delivering::failed says why
};

std::string_view name_of(DeliverStep step);

}  // namespace vitrine::kiosk
