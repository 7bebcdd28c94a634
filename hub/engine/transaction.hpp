// SPDX-License-Identifier: Apache-2.0
// One transaction of the hub. Nothing leaves before the commit: what may leave is the answer, and there is none without a commit.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "hub/database/authority.hpp"
#include "hub/database/rows.hpp"
#include "sync/ends/chance.hpp"
#include "sync/ends/hub_end.hpp"

namespace vitrine::hub {

// A message to carry out, with the correlation data of the request that it answers.
struct Outgoing {
  sync::ends::HubSend send;
  std::string correlation;
};

// What a piece of work may use inside its transaction.
struct Desk {
  sync::ends::HubEnd& end;
  database::SqlAuthority& authority;
  database::HubRows& rows;
  Now now;
};

struct Committed {
  std::vector<Outgoing> leaving;
  std::map<sync::StreamName, std::uint64_t> heads;  // of every stream, as committed
  std::vector<sync::ends::HubNotice> notices;
};

// Answers to `answered` (none: nobody asked) carry the correlation data. Errors: the database's; then nothing of it happened.
Result<Committed> in_one_transaction(database::SqlAuthority& authority, database::HubRows& rows, const sync::ends::Chance& chance,
                                     Now now, const std::function<void(Desk&)>& work, const sync::StoreId* answered = nullptr,
                                     const std::string& correlation = {}, sync::ends::Admissions* admissions = nullptr);

// What was written may or may not be there: only a fresh start reads what is true.
inline bool is_fatal(const Error& error) { return error.code == "disk_failed" || error.code == "commit_unknown"; }

}  // namespace vitrine::hub
