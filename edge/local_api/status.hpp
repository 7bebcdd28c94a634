// SPDX-License-Identifier: Apache-2.0
// How the store stands, for whoever works in it: the line to the hub, what waits to be sent, what needs a person, devices and who
// is signed in at them (docs/openapi-edge.yaml).
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/local_api/access.hpp"
#include "edge/local_api/answers.hpp"
#include "edge/local_api/sessions.hpp"
#include "edge/local_api/sign_in.hpp"
#include "edge/local_api/surroundings.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::size_t refused_shown_max = 50;  // the newest
inline constexpr std::size_t devices_max = 64;

// A transaction that could not have its effect, as the hub says.
struct RefusedView {
  std::string transaction;
  std::string reason;
  UtcMs at;
  std::vector<std::pair<std::string, std::string>> documents;  // collection, and the id of an order or a product; else empty
};

struct DeviceView {
  std::string name;
  DeviceRole role = DeviceRole::kiosk;
  UtcMs seen_at;  // 0: not since the daemon started
  std::optional<Session> session;
  std::string staff_name;
};

struct StatusView {
  Health health;
  std::vector<std::pair<std::string, std::uint64_t>> waiting;  // operations that the hub has not applied, by collection
  std::vector<RefusedView> refused;
  std::vector<std::pair<std::string, std::string>> exceptions;  // orders that contradict themselves, and how
  std::vector<std::pair<std::string, UtcMs>> questioned;        // returns: how their receipts end, and when
  std::vector<DeviceView> devices;
  std::vector<LockedOut> locked_out;  // of the staff
  std::optional<DrillReport> drill;   // none since the daemon started
};

// Which devices asked for something since the daemon started, and when.
class DevicesSeen {
 public:
  void see(const std::string& device, DeviceRole role, UtcMs now);
  [[nodiscard]] std::map<std::string, std::pair<DeviceRole, UtcMs>> all() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::pair<DeviceRole, UtcMs>> seen_;
};

// Why the hub has refused what named this order; none: it has refused nothing of the kind. Inside a begin().
std::optional<std::string> refusal_of(database::Reader& reader, const sync::OrderId& order);

// All but the health and the devices. Errors: SQLite's.
Result<StatusView> store_status(database::Reader& reader);
std::string to_json(const StatusView& view);

}  // namespace vitrine::edge::local_api
