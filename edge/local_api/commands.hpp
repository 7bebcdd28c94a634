// SPDX-License-Identifier: Apache-2.0
// What people do: runs on the loop, inside its transaction, through store_end. The answer is read after the commit.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "edge/database/projections/reader.hpp"
#include "edge/database/replica.hpp"
#include "edge/local_api/requests.hpp"
#include "sync/ends/store_end.hpp"

namespace vitrine::edge::local_api {

// What a command may touch. `reader` reads through the writer's own connection.
struct Desk {
  database::SqliteReplica& replica;
  database::Reader& reader;
  sync::ends::StoreEnd& end;
  sync::StoreId store;
  std::string zone;
  Now now;
  sync::ends::StoreEffects effects;                             // of what was performed
  bool performed = false;                                       // effects are new
  bool may_wait = true;                                         // false: it has waited for the hub already
  std::optional<sync::TransactionId> waits_for = std::nullopt;  // the hub was asked under this id: try again when it answers
  bool hears_refusal = false;                                   // try again also when it says no, or nothing
  std::string hub_said = {};                                    // then: its code; empty: it has sent what was asked for
  bool alerts_changed = false;                                  // somebody sees to what needs it
};

// The cart that the pass opens. A pass of the reference form whose cart is not here is asked for while the hub is there. Errors:
// those of open_pass, "pass_needs_hub", "store_not_ready", a refusal's reason.
Result<sync::CartId> open_pass(Desk& desk, const OpenPass& request);

// Errors: "cart_unknown", "product_unknown", "changed_meanwhile", those of enter_coupon, a refusal's reason.
Result<sync::CartId> act(Desk& desk, const CartAction& request);

// "store_not_ready": the database may be older than it should be.
std::unexpected<Error> in_doubt();
// The action is in the outbox, now or since earlier. Errors: a refusal's reason, with this sentence.
Result<void> perform(Desk& desk, const sync::ends::LocalAction& action, const char* refused);
// The pass that named one of these dots, and opened this cart here.
std::optional<sync::rules::PassReference> pass_of(Desk& desk, const sync::CartId& cart, const std::vector<sync::DotId>& shown);

}  // namespace vitrine::edge::local_api
