// SPDX-License-Identifier: Apache-2.0
// What the kiosk knows about the shop it stands in and about the store's link to the hub, as the local API tells it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "kiosk/model/cart_view.hpp"

namespace vitrine::kiosk {

// The store's connection to the hub. `since` is when `online` last changed; `last_contact` 0 means never.
struct Link {
  bool online = false;
  UtcMs since;
  UtcMs last_contact;
  std::string reason;
  bool operator==(const Link&) const = default;
};

// Progress of a first fill.
struct Fill {
  std::string stream;
  std::int64_t have = 0;
  std::int64_t of = 0;  // 0: not known yet
  bool operator==(const Fill&) const = default;
};

struct StoreInfo {
  std::string store;
  std::string name;
  std::string brand;
  Words tagline;
  std::vector<std::string> languages;
  std::string default_language = "en";
  std::map<std::string, std::string> colours;  // of the chain: "primary" → "#0B5754"
  std::string currency;
  bool in_miles = false;  // how far another store is
  std::string time_zone;
  bool open_now = false;
  std::string opens_at;   // "07:00"; empty: not today
  std::string closes_at;  // "18:00"; empty: not known
  bool greet_by_name = true;
  bool ready = false;  // catalogue and prices were filled once
  std::optional<Fill> fill;
  std::string phone_page;    // address of the phone page; empty: none
  bool keeps_carts = false;  // a cart may go to a phone
  bool delivers = false;     // and to its owner's home
  bool operator==(const StoreInfo&) const = default;
};

}  // namespace vitrine::kiosk
