// SPDX-License-Identifier: Apache-2.0
// What people do: runs on the loop, inside its transaction, through store_end. The answer is read after the commit.
#pragma once

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
  sync::ends::StoreEffects effects;  // of what was performed
  bool performed = false;            // effects are new
};

// The cart that the pass opens. Errors: those of open_pass, "pass_needs_hub", "store_not_ready", a refusal's reason.
Result<sync::CartId> open_pass(Desk& desk, const OpenPass& request);

// Errors: "cart_unknown", "product_unknown", a refusal's reason.
Result<sync::CartId> act(Desk& desk, const CartAction& request);

}  // namespace vitrine::edge::local_api
