// SPDX-License-Identifier: Apache-2.0
// The one place where the hub's changes become true.
#include "hub/engine/transaction.hpp"

#include "sync/planted.hpp"

namespace vitrine::hub {

using sync::ends::HubEnd;
using sync::ends::HubSend;

Result<Committed> in_one_transaction(database::SqlAuthority& authority, database::HubRows& rows, const sync::ends::Chance& chance,
                                     Now now, const std::function<void(Desk&)>& work, const sync::StoreId* answered,
                                     const std::string& correlation, sync::ends::Admissions* admissions) {
  Committed out;
  HubEnd end(authority, chance, admissions);
  authority.begin();
  Desk desk{end, authority, rows, now};
  work(desk);
  for (HubSend& send : end.finish(now)) {
    const bool answer = answered != nullptr && send.to == HubSend::To::reply && send.store == *answered;
    out.leaving.push_back({std::move(send), answer ? correlation : std::string()});
  }
  out.notices = end.take_notices();
  for (auto& head : authority.heads()) out.heads.emplace(head.stream, head.head);
  if (auto failed = authority.commit(); failed && !planted(sync::Bug::hub_sends_before_commit))
    return std::unexpected(std::move(*failed));
  return out;
}

}  // namespace vitrine::hub
