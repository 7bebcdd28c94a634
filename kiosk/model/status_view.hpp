// SPDX-License-Identifier: Apache-2.0
// How the store stands, as the local API tells it (docs/openapi-edge.yaml: Status).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time_point.hpp"

namespace vitrine::kiosk {

// What the hub could not let have its effect.
struct RefusedSeen {
  std::string reason;
  UtcMs at;
  std::string collection;  // of the first document that it was about
  std::string id;          // of an order or a product; else empty
  bool operator==(const RefusedSeen&) const = default;
};

struct DeviceSeen {
  std::string name;
  std::string role;
  UtcMs seen_at;      // 0: not since the store's computer started
  std::string staff;  // number of who is signed in there; empty: nobody
  std::string staff_name;
  bool locked = false;
  bool operator==(const DeviceSeen&) const = default;
};

// Of the staff, after wrong PINs.
struct LockedOutSeen {
  std::string staff;
  std::string name;
  std::int64_t wait_ms = 0;
  bool day = false;  // only a colleague helps sooner
  bool operator==(const LockedOutSeen&) const = default;
};

// The store does without its line to the hub on purpose, for practice; or did.
struct DrillSeen {
  UtcMs began;
  UtcMs until;  // it ends by itself then, or ended
  bool runs = false;
  std::int64_t waited = 0;  // transactions, when it ended
  std::int64_t left = 0;    // of these, still to be sent
  bool operator==(const DrillSeen&) const = default;
};

struct StoreStatus {
  bool online = false;
  UtcMs since;  // of the line, as it is
  UtcMs last_contact;
  std::int64_t waiting = 0;  // transactions
  UtcMs oldest_at;           // of them; 0: none
  std::int64_t set_aside = 0;
  bool in_doubt = false;
  bool filled = false;  // every stream has come once
  bool behind = false;  // the hub has more than is here
  std::int64_t free_bytes = 0;
  std::vector<std::pair<std::string, std::int64_t>> kinds;      // of operations that wait, by collection
  std::vector<RefusedSeen> refused;                             // the newest first
  std::vector<std::pair<std::string, std::string>> exceptions;  // of orders
  std::vector<std::pair<std::string, UtcMs>> questioned;        // returns: how their receipts end, and when
  std::vector<DeviceSeen> devices;
  std::vector<LockedOutSeen> locked_out;
  std::optional<DrillSeen> drill;
  bool operator==(const StoreStatus&) const = default;
};

}  // namespace vitrine::kiosk
