// SPDX-License-Identifier: Apache-2.0
// What a counter shows, as the local API tells it (docs/openapi-edge.yaml: Staff, StaffSession, HelpRequest, OrderHead,
// OrderLine).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "kiosk/model/cart_view.hpp"
#include "kiosk/model/help_view.hpp"

namespace vitrine::kiosk {

struct Colleague {
  std::string number;
  std::string name;
  std::string initial;
  std::string role;  // "sales", "shift_lead", "manager" …; a shop may have its own
  bool operator==(const Colleague&) const = default;
};

struct StaffSession {
  std::string token;  // said once, at sign-in
  Colleague who;
  std::vector<std::string> permissions;
  std::int64_t locks_in_ms = 0;  // without a touch
  bool operator==(const StaffSession&) const = default;
};

// A shopper who asks for a person.
struct HelpCall {
  std::string id;
  HelpState state = HelpState::waiting;
  UtcMs since;
  std::string device;
  std::string where;     // the device stands; empty: nobody said
  std::string language;  // BCP 47
  std::string context;   // "cart/<id>", "order/<id>", "product/<SKU>"; empty
  std::string about;     // empty: nobody said
  std::string who;       // goes there: their number
  std::string name;      // and what they are called; may be empty
  std::int64_t minutes = 0;
  UtcMs taken_at;
  Offers offers{};  // while it waits
  bool operator==(const HelpCall&) const = default;
};

enum class OrderStep { to_prepare, ready, here, over };

struct OrderCard {
  std::string order;
  OrderStep step = OrderStep::to_prepare;
  std::string name;  // of the buyer: first name
  std::string initial;
  std::string currency;
  std::int64_t balance_due = 0;
  std::int64_t units = 0;
  UtcMs placed_at;
  UtcMs promise_at;   // 0: none
  UtcMs arrived_at;   // 0: not here
  std::string shelf;  // empty: not staged
  UtcMs staged_at;
  bool cancel_asked = false;
  bool operator==(const OrderCard&) const = default;
};

// What the buyer wants instead of what is missing.
struct LineChoice {
  std::string what;  // "wait", "substitute", "refund"; empty: nothing was chosen
  std::int64_t units = 0;
  std::string sku;  // of a substitute
  bool operator==(const LineChoice&) const = default;
};

struct CounterLine {
  std::int64_t line = 0;
  std::string sku;
  Words title;
  std::string pictogram;
  std::string tile;
  std::string aisle;
  std::string bay;
  std::int64_t ordered = 0;
  std::int64_t unit_price = 0;
  std::int64_t waiting = 0;  // to be picked
  std::int64_t ready = 0;    // may be handed over now
  std::int64_t customer = 0;
  std::int64_t missing = 0;  // looked for, and not found
  std::int64_t refused = 0;  // the buyer did not want them
  std::int64_t back = 0;     // in the store's hands, and not for the buyer: refused, or brought back
  LineChoice choice;
  std::string picked_by;  // who goes for it; empty: nobody
  UtcMs picked_by_at;
  bool operator==(const CounterLine&) const = default;
};

// A line that is to be picked, of any order.
struct PickLine {
  std::string order;
  CounterLine line;
  bool operator==(const PickLine&) const = default;
};

struct CounterOrder {
  OrderCard card;
  std::vector<CounterLine> lines;
  bool operator==(const CounterOrder&) const = default;
};

// What signing in or another refusal tells beside its code.
struct RefusalHints {
  std::int64_t tries_left = -1;  // -1: not said
  std::int64_t wait_ms = 0;
  bool supervisor = false;                 // a colleague who may unlock helps sooner
  std::optional<UtcMs> begins{}, ended{};  // of a coupon
  bool operator==(const RefusalHints&) const = default;
};

}  // namespace vitrine::kiosk
