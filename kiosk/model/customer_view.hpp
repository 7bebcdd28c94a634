// SPDX-License-Identifier: Apache-2.0
// A customer at the counter as the local API tells them, part by part (docs/openapi-edge.yaml: CustomerHead, CustomerPanel).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "kiosk/model/cart_view.hpp"

namespace vitrine::kiosk {

// Masked: "M…", an initial, two digits.
struct CustomerSeen {
  std::string look_up;  // opens this one customer, here, for a quarter of an hour
  std::string name;
  std::string initial;
  std::string phone_last2;
  std::string language;         // BCP 47
  bool shares_history = false;  // what they bought and did may be seen now
  bool operator==(const CustomerSeen&) const = default;
};

struct CustomerCart {
  std::string cart;
  std::int64_t units = 0;
  UtcMs changed_at;
  bool operator==(const CustomerCart&) const = default;
};

struct CustomerOrder {
  std::string order;
  std::string status;  // "placed", "ready", "collected" …
  UtcMs placed_at;
  std::int64_t units = 0;
  bool operator==(const CustomerOrder&) const = default;
};

// One thing that they did.
struct Doing {
  std::string id;
  std::string kind;     // "viewed", "searched" …; a later edge may know others
  std::string channel;  // "web", "app", "store" …
  UtcMs at;
  Words title;  // of the product; empty: it is about none of this shop
  std::string sku, order, store, text;
  bool operator==(const Doing&) const = default;
};

// What one panel says; which of these are filled follows from `panel`.
struct CustomerPart {
  std::string panel;
  bool shown = false;  // false: they have not agreed to it
  std::string first_name, initial;
  std::vector<CustomerCart> carts;
  std::vector<CustomerOrder> orders;
  std::vector<Doing> doings;
  std::string next;                      // of the timeline, the place of what is older; empty: there is nothing
  std::vector<std::string> withdrawals;  // of `history`: what a grant names
  bool operator==(const CustomerPart&) const = default;
};

// They agree that what they bought and did is seen, or no longer.
struct SharingChanged {
  bool granted = false;
  bool operator==(const SharingChanged&) const = default;
};

}  // namespace vitrine::kiosk
