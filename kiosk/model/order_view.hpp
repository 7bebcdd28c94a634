// SPDX-License-Identifier: Apache-2.0
// An order that is collected here, as far as its buyer is shown it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "kiosk/model/cart_view.hpp"

namespace vitrine::kiosk {

// What the edge says to a code: with `needs_phone` the code is right, and nothing else is told yet.
struct Pickup {
  bool needs_phone = false;
  std::string order;
  std::int64_t ahead = 0;  // people who have been here longer
  std::int64_t balance_due = 0;
  std::string currency;
  bool operator==(const Pickup&) const = default;
};

enum class OrderStage { ready, arrived, part_collected, collected, over };

struct OrderViewLine {
  Words title;
  std::string pictogram;
  std::string tile;
  std::int64_t units = 0;
  bool operator==(const OrderViewLine&) const = default;
};

// No name, no number, no address: the kiosk confirms, it does not reveal.
struct OrderView {
  std::string order;
  OrderStage stage = OrderStage::ready;
  std::int64_t balance_due = 0;
  std::string currency;
  std::int64_t units = 0;
  UtcMs arrived_at;  // 0: not yet
  std::vector<OrderViewLine> lines;
  bool operator==(const OrderView&) const = default;
};

}  // namespace vitrine::kiosk
