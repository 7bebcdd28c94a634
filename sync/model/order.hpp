// SPDX-License-Identifier: Apache-2.0
// An order that is collected in a store, or was asked for in one and is sent home, as two registers. Commercial: what was
// ordered, paid, cancelled, refunded; the hub's. Custody: where the goods are, unit by unit; the store's. Everything that is kept
// here only grows, or is the latest or the first of its kind by a stamp, so that two places that did something at once come to
// the same order. What people are shown is computed from it: sync/rules/order_state.hpp. Rules: sync/rules/order.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"
#include "sync/model/stamp.hpp"

namespace vitrine::sync {

// Who may collect: what a counter may show, and no more.
struct PickupPerson {
  std::string name;         // first name
  std::string initial;      // of the surname; may be empty
  std::string phone_last2;  // two digits, or empty
  std::string language;     // BCP 47, or empty
  bool operator==(const PickupPerson&) const = default;
};

// Units of one line, each a sum of all that was ever said. What does not add up stays as it was said: order_state.hpp tells.
struct OrderTally {
  std::int64_t picked = 0;       // taken from the shelf for this order
  std::int64_t missing = 0;      // looked for and not found
  std::int64_t handed = 0;       // given to the buyer
  std::int64_t refused = 0;      // the buyer did not want them at the counter
  std::int64_t returned = 0;     // brought back
  std::int64_t restocked = 0;    // of what the store has, on the shelf again
  std::int64_t written_off = 0;  // of what the store has, not to be sold any more
  bool operator==(const OrderTally&) const = default;
};

// Somebody is picking this line; an empty name: not any more.
struct PickingMark {
  std::string who;
  Stamp stamp;
  bool operator==(const PickingMark&) const = default;
};

// What the buyer wants instead of missing units.
struct OrderChoice {
  enum class What { wait, substitute, refund } what = What::wait;
  std::int64_t units = 0;
  Sku sku;  // of a substitute
  Stamp stamp;
  bool operator==(const OrderChoice&) const = default;
};

struct OrderLine {
  std::int64_t number = 0;  // the retailer's, from 1
  Sku sku;                  // empty: goods were named here under a number that the order does not have
  std::int64_t ordered = 0;
  std::int64_t unit_price = 0;      // minor units, as paid, tax included
  std::int64_t refunded_units = 0;  // the hub's
  OrderTally tally;
  std::optional<PickingMark> mark;
  std::optional<OrderChoice> choice;
  std::string more = {};  // members of a newer version, as JSON: "a":1; kept and passed on
  bool operator==(const OrderLine&) const = default;
};

// A hand-over, a refusal, a return, as it was witnessed; for staff, and for whoever asks later.
struct OrderEvent {
  enum class What { handed_over, refused, returned } what = What::handed_over;
  Stamp stamp;
  StoreId store;
  std::string actor;      // the device
  std::string proof;      // of a hand-over: "pass", "code" or "staff"
  bool delegate = false;  // given to the person whom the buyer named
  std::string reason;     // of a refusal or a return: "damaged", "not_wanted" …
  std::string condition;  // of a return, where it was said: "resell", "damaged" …
  std::map<std::int64_t, std::int64_t> lines;
  bool operator==(const OrderEvent&) const = default;
};

// What a person says where they are; a place in the shop or outside.
struct OrderPlace {
  std::string place;
  Stamp stamp;
  bool operator==(const OrderPlace&) const = default;
};

struct OrderReason {
  std::string reason;
  Stamp stamp;
  bool operator==(const OrderReason&) const = default;
};

// A shopper asked for it in a shop, to be sent home.
struct OrderAsked {
  StoreId store;                 // where they asked
  CartId cart;                   // out of which its units were taken
  std::int64_t total_minor = 0;  // as they were shown it, with what holds for the whole cart
  Stamp stamp;
  bool operator==(const OrderAsked&) const = default;
};

struct Order {
  OrderId id;

  // Commercial, as the platform placed it: the highest revision stands.
  std::int64_t revision = 0;  // 0: goods were handled that no order is known for yet
  Stamp placed;
  UtcMs placed_at;
  std::string channel;
  std::string currency;
  std::optional<StoreId> store;  // where it is collected; none: sent home
  std::optional<CustomerId> customer;
  std::optional<PickupPerson> buyer;
  std::string code;       // six digits that the buyer shows or types; may be empty
  UtcMs promise_at;       // when it is promised to be ready; 0: nothing was promised
  UtcMs hold_until;       // as placed; 0: nothing was said
  bool archived = false;  // long over: it stands with no store
  bool erased = false;    // whose it was is erased: it names nobody, whatever is said of it later
  std::optional<OrderAsked> asked;

  // Commercial, as it goes on.
  std::int64_t paid_minor = 0;
  std::int64_t refunded_minor = 0;
  std::optional<OrderReason> cancelled;         // the first time that it took effect
  std::optional<OrderReason> cancel_requested;  // the first time that the store was asked to agree
  UtcMs leased_until;                           // until then a cancel is a request to the store; 0: never was
  std::optional<PickupPerson> delegate;
  std::optional<Stamp> delegated;
  std::map<std::string, OrderReason> resolved;  // exception → how

  // Custody.
  std::vector<OrderLine> lines;  // by number
  std::optional<OrderPlace> staged;
  std::optional<Stamp> ready;  // the first time
  std::optional<OrderPlace> arrived;
  std::optional<Stamp> reminded;
  UtcMs held_until;                     // what the store promised beyond hold_until
  std::optional<OrderReason> released;  // the first time: the store gave up holding it
  std::vector<OrderEvent> events;       // by stamp

  UtcMs changed_at;
  std::string unknown_fields = "{}";  // JSON object: fields of a newer version, kept and passed on
  bool operator==(const Order&) const = default;
};

}  // namespace vitrine::sync
