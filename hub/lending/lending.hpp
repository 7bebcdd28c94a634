// SPDX-License-Identifier: Apache-2.0
// Which units of its stock a store may promise by itself for a while: a few of each product, by one rule for the chain. A store
// that is cut off promises of them, and the web sells the rest (sync/rules/stock.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time_point.hpp"
#include "hub/database/authority.hpp"
#include "sync/ends/chance.hpp"
#include "sync/ends/hub_end.hpp"
#include "sync/model/stock.hpp"
#include "sync/rules/stock.hpp"

namespace vitrine::hub {

struct LendingRule {
  std::int64_t share_percent = 20;  // of what nobody has been promised
  std::int64_t units_max = 2;       // of one product; 0: nothing is lent
  std::int64_t hours = 48;          // a right is made longer when half of them are over
};

// What this store should be lent of this product now; none: it has what it should have. `id` is used when a right begins.
std::optional<sync::rules::StockLend> due_loan(const sync::Stock& stock, const LendingRule& rule, const sync::RightId& id,
                                               UtcMs now);

// How far a round over all stock of all stores has come.
struct LendingPlace {
  sync::StoreId store;  // empty: at the beginning
  std::string id;       // of the last document that was looked at
};
// What was found due in a stretch of it.
struct Loan {
  sync::StoreId store;
  sync::Sku sku;
  sync::rules::StockLend lend;
};
struct Stretch {
  std::size_t looked_at = 0;
  std::vector<Loan> due;
};

// Reads the next stretch of the round, `bytes_max` of documents; at the end `place` is the beginning again.
Stretch look_for_loans(database::SqlAuthority& authority, const sync::ends::Chance& chance, const LendingRule& rule,
                       LendingPlace& place, std::size_t bytes_max, UtcMs now);
// Inside a transaction. Answers how many took effect: what has changed meanwhile is looked at in the next round.
std::size_t lend_to_stores(sync::ends::HubEnd& end, const sync::ends::Chance& chance, const std::vector<Loan>& due, Now now);

}  // namespace vitrine::hub
