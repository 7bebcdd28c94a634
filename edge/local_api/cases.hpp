// SPDX-License-Identifier: Apache-2.0
// Conversations with customers, as the local API answers them: those that wait for this store, of whom nothing is said before one
// is opened; a customer's, which staff take, add to and close; and notes that are taken at the counter (docs/openapi-edge.yaml).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/local_api/commands.hpp"
#include "edge/local_api/look_ups.hpp"
#include "edge/local_api/routing.hpp"
#include "edge/local_api/surroundings.hpp"
#include "sync/model/case.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/rules/case.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::size_t cases_limit_max = 200;

struct CaseView {
  sync::CaseId id;
  sync::Case one;
  bool waits = false;  // for this store
};

struct CaseQueue {
  std::vector<CaseView> cases;              // those that nobody has taken first; of these, who waits longest
  std::vector<std::string> languages = {};  // of their customers, in the same order
  std::vector<Routing> routings = {};       // of those that nobody has taken; the first ones
  bool more = false;
};

// For the figures: what waits for this store, by CaseState (closed: none), and for how long the longest has waited.
struct CaseFigures {
  std::array<std::uint64_t, 2> waiting{};
  std::int64_t oldest_ms = 0;
};

// Of which of a customer's conversations a panel tells.
enum class CasesOf { waiting, others };

struct NewNote {
  sync::TransactionId request;
  std::string device;
  std::string text;
};
struct CaseAction {
  sync::TransactionId request;
  std::string device;
  sync::CaseId id;
  enum class What { note, take, put_back, close } what = What::note;
  std::string text;               // note
  std::string how;                // close
  std::vector<std::string> seen;  // close: the customer's messages that the screen showed
};

// Errors: SQLite's, "store_not_ready".
// Whom they are for, of those that nobody has taken. `people`: who is signed in.
void route(CaseQueue& queue, const std::vector<Available>& people, const RoutingRules& rules);
Result<CaseQueue> case_queue(database::Reader& reader, const Surroundings& around, std::size_t limit);
CaseFigures count_cases(database::Reader& reader, const sync::StoreId& store, UtcMs now);
// The newest first. Whether it may be shown is the caller's to ask.
std::vector<CaseView> cases_of(database::Reader& reader, const sync::CustomerId& customer, const sync::StoreId& store, UtcMs now,
                               CasesOf which);
void write_cases(sync::protocol::JsonWriter& out, const std::vector<CaseView>& cases);
std::string to_json(const CaseQueue& queue);

// Errors: "invalid_request" with the field.
Result<NewNote> decode_new_note(std::string_view json);
Result<CaseAction> decode_case_action(std::string_view id, std::string_view json);

// Whose conversation it is that waits here, with its line of the audit. Errors: "case_unknown", "case_closed",
// "customer_unknown", "store_not_ready".
Result<sync::CustomerId> open_case(Desk& desk, const sync::CaseId& id, const std::string& staff, const std::string& device);
// In one commit with its line of the audit. Errors: "not_shared" (they do not agree to it, or no longer), "customer_unknown",
// "store_not_ready".
Result<sync::CaseId> take_note(Desk& desk, const LookUp& look_up, const NewNote& asked);
// Errors besides: "case_unknown", "case_closed", "case_taken" (by somebody else), "case_changed" (they wrote something that the
// screen did not show).
Result<sync::CaseId> act(Desk& desk, const LookUp& look_up, const CaseAction& asked);

}  // namespace vitrine::edge::local_api
