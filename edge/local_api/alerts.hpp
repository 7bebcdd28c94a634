// SPDX-License-Identifier: Apache-2.0
// What needs somebody, as the loop looks for it and the local API answers it (docs/openapi-edge.yaml).
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/local_api/alert_rules.hpp"
#include "edge/local_api/commands.hpp"
#include "edge/local_api/surroundings.hpp"

namespace vitrine::edge::local_api {

struct AlertView {
  Alert alert;
  std::string name;  // of who sees to it; empty: nobody does, or it is not known here
};
struct AlertList {
  std::vector<AlertView> alerts;  // the most urgent first
  bool more = false;
};

struct AlertName {
  std::string kind;
  std::string subject;
};
struct AlertAction {
  sync::TransactionId request;
  std::string device;
  bool acknowledges = false;  // else: they were shown
  std::vector<AlertName> alerts;
  std::string staff = {};  // filled in by the route
};

// For the figures: by kind, and in each by state.
using AlertFigures = std::array<std::array<std::uint64_t, alert_states.size()>, alert_kinds.size()>;

// What the loop keeps of its last look. Of fifty thousand stock records only those are read again that have changed.
class AlertWatch {
 public:
  struct Looked {
    bool changed = false;
    std::optional<UtcMs> next_at;  // the hub's time; none: not before something happens
  };
  // Inside the writer's transaction: what is wrong now becomes the table of alerts. `offline_since`: the line is cut since then.
  Looked look(database::Connection& connection, database::Reader& reader, std::optional<UtcMs> offline_since, UtcMs now);
  // The document of this id has changed.
  void stock_changed(const std::string& id) { changed_.push_back(id); }
  // What the last look did was undone.
  void forget() { scanned_ = false; }

 private:
  std::map<std::string, Trouble> odd_;  // by the document's id
  std::vector<std::string> changed_;
  bool scanned_ = false;
};

// Errors: SQLite's.
Result<AlertList> alert_list(database::Reader& reader, const Surroundings& around, std::size_t limit);
AlertFigures count_alerts(database::Reader& reader);
// Errors: "invalid_request" with the field.
Result<AlertAction> decode_alert_action(std::string_view json);
// What is over by now is left out. How many there were.
Result<std::size_t> act(Desk& desk, const AlertAction& request);

std::string to_json(const AlertList& list);

// What nobody sees to, by kind and without what it is about: for a screen that anybody may read.
struct AlertKinds {
  struct Kind {
    std::string kind;
    std::uint64_t count = 0;
    bool escalated = false;
    UtcMs since;  // of the oldest
  };
  std::vector<Kind> kinds;  // in the order of urgency
};
// Errors: SQLite's.
Result<AlertKinds> alert_kinds_waiting(database::Reader& reader);
std::string to_json(const AlertKinds& kinds);

}  // namespace vitrine::edge::local_api
