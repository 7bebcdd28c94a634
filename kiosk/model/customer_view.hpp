// SPDX-License-Identifier: Apache-2.0
// A customer at the counter as the local API tells them, part by part (docs/openapi-edge.yaml: CustomerHead, CustomerPanel).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "kiosk/model/cart_view.hpp"
#include "kiosk/model/help_view.hpp"
#include "kiosk/model/product_view.hpp"

namespace vitrine::kiosk {

// Masked: "M…", an initial, two digits.
struct CustomerSeen {
  std::string look_up;  // opens this one customer, here, for a quarter of an hour
  std::string name;
  std::string initial;
  std::string phone_last2;
  std::string language;         // BCP 47
  bool shares_history = false;  // what they bought and did may be seen now
  bool shares_offers = false;   // and what may please them
  bool shares_tastes = false;   // and their sizes and preferences
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

// One thing that was said in a conversation.
struct CaseWord {
  std::string id;
  bool by_customer = false;
  std::string name;  // who of the staff; may be empty
  std::string text;
  UtcMs at;
  bool operator==(const CaseWord&) const = default;
};

enum class CaseState { open, taken, closed };

// A conversation, or a note of staff.
struct CaseSeen {
  std::string id;
  CaseState state = CaseState::open;
  std::string channel;  // "chat", "phone", "email", "counter" …; a later edge may know others
  std::string summary;  // may be empty
  bool waits = false;   // for this store
  UtcMs since;
  std::string owner;       // the number of who of the staff sees to it; empty: nobody
  std::string owner_name;  // and what they are called
  std::vector<CaseWord> words;
  bool operator==(const CaseSeen&) const = default;
};

// One that waits for this store, of whom nothing is said before it is opened.
struct CaseCard {
  std::string id;
  bool taken = false;
  std::string channel;
  std::string language;  // BCP 47; empty: not known
  UtcMs since;
  std::string owner, owner_name;
  Offers offers{};  // while nobody has taken it
  bool operator==(const CaseCard&) const = default;
};

// What may please them next.
struct OfferSeen {
  std::string id;
  Words title;
  Words why;
  std::optional<ProductCard> product;
  bool operator==(const OfferSeen&) const = default;
};

struct WornSize {
  std::string what;  // in the retailer's own words, as are all of these
  std::string size;
  bool operator==(const WornSize&) const = default;
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
  std::vector<CaseSeen> cases;
  std::vector<OfferSeen> offers;  // the best first
  std::vector<WornSize> sizes;
  std::vector<std::string> preferences;
  bool operator==(const CustomerPart&) const = default;
};

// They agree that what they bought and did is seen, or no longer.
struct SharingChanged {
  bool granted = false;
  bool operator==(const SharingChanged&) const = default;
};

}  // namespace vitrine::kiosk
