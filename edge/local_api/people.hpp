// SPDX-License-Identifier: Apache-2.0
// Customers at the counter: found by what they show, masked first; each look-up and each panel stands in the audit before it is
// answered, and consent is asked for at each panel when it is shown (docs/openapi-edge.yaml, docs/PRIVACY.md).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/local_api/cases.hpp"
#include "edge/local_api/commands.hpp"
#include "edge/local_api/look_ups.hpp"
#include "edge/local_api/offers.hpp"
#include "edge/local_api/surroundings.hpp"
#include "edge/local_api/timeline.hpp"
#include "sync/model/consent.hpp"
#include "sync/model/customer.hpp"
#include "sync/model/order.hpp"
#include "sync/rules/consent.hpp"

namespace vitrine::edge::local_api {

// In an hour, counted on the disk by clocks that nobody sets. People at a counter are a few an hour; who goes through a list is
// more.
inline constexpr std::int64_t look_ups_within_ms = 3'600'000;
inline constexpr std::size_t look_ups_of_person_max = 30;
inline constexpr std::size_t look_ups_at_device_max = 60;
inline constexpr std::size_t look_ups_missed_max = 10;  // of one person: keys that are nobody's

inline constexpr std::array<std::string_view, 4> look_up_keys = {"pass", "loyalty", "email", "phone"};
inline constexpr std::array<std::string_view, 5> look_up_reasons = {"collecting", "returning", "advice", "complaint",
                                                                    "data_request"};

struct FindCustomer {
  sync::TransactionId request;
  std::string device;
  std::string by;
  std::string key;  // as scanned or typed; nowhere kept
  std::string reason;
  std::string staff = {};  // whoever is signed in; filled in by the route
};

// What became of it: of both the audit has a line by now.
struct FoundCustomer {
  std::optional<sync::CustomerId> customer;
  Error refused;
};

// A panel, and the purpose that its showing needs consent for; empty: none, it is what serving them takes.
struct Panel {
  std::string_view name;
  std::string_view purpose;
};
inline constexpr std::string_view taste_purpose = "personalisation";  // of sizes and preferences
inline constexpr auto panels = std::to_array<Panel>({{"profile", ""},
                                                     {"carts", ""},
                                                     {"orders", ""},
                                                     {"history", "history"},
                                                     {"timeline", sync::rules::activity_purpose},
                                                     {"cases", ""},
                                                     {"conversations", sync::rules::case_purpose},
                                                     {"offers", sync::rules::offer_purpose},
                                                     {"preferences", taste_purpose},
                                                     {"consents", ""}});
const Panel* panel_named(std::string_view name);

struct CartHead {
  sync::CartId id;
  std::int64_t lines = 0;
  std::int64_t units = 0;
  UtcMs changed_at;
};

// A customer as a panel shows them. Which parts are filled follows from the panel.
struct CustomerView {
  std::string look_up;
  std::string_view panel;  // empty: the masked head
  bool shown = true;       // false: they have not agreed to it
  sync::Customer customer;
  sync::ConsentRegister consents;
  std::vector<CartHead> carts;
  std::vector<sync::Order> orders;
  Timeline timeline;
  std::vector<CaseView> cases;
  std::vector<OfferView> offers;
  UtcMs until;  // of the look-up
};

struct ChangeConsent {
  sync::TransactionId request;
  std::string device;
  std::string purpose;
  bool grants = false;
  std::vector<std::string> shown;       // the withdrawals that the panel named
  std::string_view source = "counter";  // where they said so
};
struct ConsentReceipt {
  sync::TransactionId number;
  std::string purpose;
  bool granted = false;
  UtcMs at;
};

// Errors of decoding: "invalid_request" with the field.
Result<FindCustomer> decode_find_customer(std::string_view json);
Result<ChangeConsent> decode_change_consent(std::string_view json);

// Refused with: "invalid_request" (no such key), "too_many_look_ups", "customer_unknown", "customer_needs_hub" (not here, and the
// hub does not answer), "not_permitted" (the hub says so), those of opening a pass, "store_not_ready".
FoundCustomer find_customer(Desk& desk, const FindCustomer& asked, const std::string& boot);

// Whoever is here and whose time has not run out.
std::optional<sync::Customer> customer_here(database::Reader& reader, const sync::CustomerId& customer, UtcMs now);
// A line of the audit about a customer, who is named by a hash.
void note_in_audit(Desk& desk, const std::string& staff, const std::string& device, const char* action,
                   const sync::CustomerId& customer, std::string_view what, const std::string& outcome);

// The line of the audit about a panel that is about to be shown. Errors: "customer_unknown" (they have left this store),
// "store_not_ready".
Result<bool> note_view(Desk& desk, const LookUp& look_up, std::string_view panel);
// `timeline`: which of it. Errors: as note_view.
Result<CustomerView> customer_view(database::Reader& reader, const Surroundings& around, const LookUp& look_up,
                                   const Panel* panel, const TimelineAsk& timeline);

// In one commit with its line of the audit. Errors: those of the rules, "customer_unknown", "store_not_ready".
Result<ConsentReceipt> change_consent(Desk& desk, const LookUp& look_up, const ChangeConsent& asked);

std::string to_json(const CustomerView& view);
// All that they agree to, without a receipt.
std::string choices_json(const CustomerView& consents);
std::string receipt_json(const ConsentReceipt& receipt, const sync::StoreId& store, const CustomerView& consents);

}  // namespace vitrine::edge::local_api
