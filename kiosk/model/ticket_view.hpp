// SPDX-License-Identifier: Apache-2.0
// A cart on its way over a till, as the local API shows it (docs/TILL.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_point.hpp"
#include "kiosk/model/cart_view.hpp"

namespace vitrine::kiosk {

enum class TicketState { open, taken, paid, returned, cancelled, expired };

struct TicketLine {
  std::string key;  // of the cart's line
  std::string pictogram;
  std::string tile;
  std::int64_t units = 0;
  bool operator==(const TicketLine&) const = default;
};

struct TicketView {
  std::string ticket;  // 32 hex digits
  std::string code;    // six characters, for a person to say
  std::string qr;      // what its QR carries
  sync::CartId cart;
  TicketState state = TicketState::open;
  UtcMs valid_until;
  std::int64_t valid_for_ms = 0;  // from the answer on
  UtcMs made_at;
  UtcMs changed_at;
  std::vector<TicketLine> lines;
  std::string currency;
  std::int64_t units = 0;
  std::int64_t to_pay = 0;   // minor units
  std::int64_t savings = 0;  // how many promotions took something off
  std::int64_t lines_left_out = 0;
  bool operator==(const TicketView&) const = default;
};

// What a counter says of one: nobody's cart, only how it stands.
struct TicketSeen {
  std::string code;
  TicketState state = TicketState::open;
  std::string currency;
  std::int64_t to_pay = 0;  // minor units
  std::string receipt;      // once it is paid: by it goods come back
  bool operator==(const TicketSeen&) const = default;
};

// Where paying stands: what the screen is about.
enum class PayStep {
  waiting,  // for the ticket
  refused,  // there is none; Paying::failed says why
  open,
  taken,
  paid,
  returned,
  cancelled,
  expired,
  stale,  // the cart has less than the ticket says
};

std::string_view name_of(PayStep step);

}  // namespace vitrine::kiosk
