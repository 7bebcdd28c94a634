// SPDX-License-Identifier: Apache-2.0
// What was bought and may come back, as the local API tells it (docs/openapi-edge.yaml: Purchase, Return).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "kiosk/model/cart_view.hpp"

namespace vitrine::kiosk {

enum class Barred { no, nothing_left, not_taken_back, too_late };

struct PurchaseLine {
  std::int64_t line = 0;
  std::string sku;
  Words title;
  std::string pictogram;
  std::string tile;
  std::int64_t bought = 0;
  std::int64_t returned = 0;
  std::int64_t paid = 0;  // for all that was bought, minor units
  UtcMs until;            // the first moment that is too late
  Barred barred = Barred::no;
  bool operator==(const PurchaseLine&) const = default;
};

struct ReturnCondition {
  std::string name;
  bool restock = true;  // else it is written off
  bool operator==(const ReturnCondition&) const = default;
};

struct PurchaseSeen {
  std::string name;       // what asks for it again
  bool by_order = false;  // else by a receipt
  std::string currency;
  std::string channel;
  UtcMs bought_at;
  std::int64_t unpaid = 0;  // comes off the next refund
  bool right_here = true;
  bool questioned = false;  // the order contradicts itself: a person must look before money goes back
  std::vector<PurchaseLine> lines;
  std::vector<std::string> reasons;
  std::vector<ReturnCondition> conditions;
  bool operator==(const PurchaseSeen&) const = default;
};

enum class ReturnState { settled, pending, questioned, denied };

struct ReturnDone {
  std::string id;
  ReturnState state = ReturnState::settled;
  std::string currency;
  std::int64_t refund = 0;
  bool by_hub = false;  // goes back the way it was paid; else a till gives it
  std::int64_t goods = 0;
  std::string ticket;       // that a till settles; empty: none
  std::string code;         // of it, to be typed
  std::string qr;           // of it
  bool settled = false;     // the till has
  std::int64_t to_pay = 0;  // by it; below nothing: to be given back
  bool operator==(const ReturnDone&) const = default;
};

}  // namespace vitrine::kiosk
