// SPDX-License-Identifier: Apache-2.0
// Shoppers who ask for a person, as the local API answers them: the queue of whoever waits, and one of them for the kiosk that
// asked (docs/openapi-edge.yaml).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/local_api/commands.hpp"
#include "edge/local_api/routing.hpp"
#include "edge/local_api/surroundings.hpp"
#include "sync/model/request.hpp"
#include "sync/rules/request.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::size_t help_limit_max = 200;
inline constexpr std::int64_t help_goal_ms = 2L * 60'000;  // somebody should be on their way by then

struct HelpView {
  sync::RequestId id;
  sync::HelpRequest request;
  std::string tag;   // ETag
  std::string name;  // what the member of staff who goes there is called; empty: nobody does, or it is not known here
  UtcMs now;
  std::optional<Routing> routing = {};  // while it waits, in a queue
};

struct HelpQueue {
  std::vector<HelpView> requests;  // the longest waiting first
  bool more = false;
};

// For the figures.
struct HelpFigures {
  std::array<std::uint64_t, 3> by_state{};      // in the order of RequestState; what ended in the last two days
  std::map<std::string, std::uint64_t> by_end;  // of those, how
  std::int64_t oldest_ms = 0;                   // that the longest waiting has waited; 0: nobody waits
};

struct RaiseHelp {
  sync::TransactionId request;
  std::string device;
  std::string where;
  std::string language;
  std::string context;
  std::string about;
};

struct HelpAction {
  sync::TransactionId request;
  std::string device;
  sync::RequestId id;
  sync::rules::RequestOperation operation;
  bool takes = false;         // whoever is signed in goes there; filled in by the route
  std::string if_match = {};  // the ETag that the person saw; empty: whatever it is now
};

// Errors of all reads: SQLite's, and "store_not_ready" while the database is in doubt.
// Without a state: whoever waits, and who is being helped.
Result<HelpQueue> help_queue(database::Reader& reader, const Surroundings& around, std::optional<sync::rules::RequestState> state,
                             std::size_t limit);
// "request_unknown"
Result<HelpView> help_view(database::Reader& reader, const Surroundings& around, const sync::RequestId& id);
HelpFigures count_help(database::Reader& reader, UtcMs now);

// Errors: "invalid_request" with the field.
Result<RaiseHelp> decode_raise_help(std::string_view json);
Result<HelpAction> decode_help_action(std::string_view id, std::string_view json);

// The request of this device that is still open, or a new one under the request's own id. One with another context was somebody
// else's, whom the device forgot: it ends. Errors: "store_not_ready".
Result<sync::RequestId> raise_help(Desk& desk, const RaiseHelp& asked);
// Errors: "request_unknown", "request_over", "request_taken" (somebody else goes there), "changed_meanwhile", "store_not_ready".
Result<sync::RequestId> act(Desk& desk, const HelpAction& asked);

// Fills in the offers of what waits. `people`: who is signed in.
void route(HelpQueue& queue, std::vector<Available> people, const RoutingRules& rules);

std::string to_json(const HelpQueue& queue);
std::string to_json(const HelpView& view);

}  // namespace vitrine::edge::local_api
