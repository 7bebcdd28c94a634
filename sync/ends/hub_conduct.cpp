// SPDX-License-Identifier: Apache-2.0
// Whom the hub hears: a store that sends what no honest one sends is refused with a reason, counted, and after three such
// messages not heard for a while; one whose certificate two boxes use is not heard until a person has looked. Nobody else
// notices.
#include "sync/ends/hub_end.hpp"
#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

using namespace protocol;

bool HubEnd::is_silent_for(const StoreId& store, Now now) {
  const Conduct conduct = authority_.conduct(store);
  return conduct.frozen_at.value != 0 || conduct.quarantined_until > now.utc;
}

// False: the hub does not hear this store; it is told why where it says hello.
bool HubEnd::hears(const StoreId& from, const StoreMessage& message, Now now) {
  if (!authority_.knows_store(from)) return false;
  if (!is_silent_for(from, now)) return true;
  if (std::holds_alternative<Hello>(message)) {
    const bool frozen = authority_.conduct(from).frozen_at.value != 0;
    reply(from, OpsRefused{authority_.era(), frozen ? "frozen" : "quarantined", 0});
  }
  return false;
}

void HubEnd::unreadable(const StoreId& from, const std::string& code, Now now) {
  if (!authority_.knows_store(from) || is_silent_for(from, now)) return;
  // A kind of message of a later version is no offence.
  if (code == "message_unknown") return reply(from, OpsRefused{authority_.era(), "unknown", 0});
  refuse(from, "malformed", code == "message_too_large" ? "too_large" : "malformed", now);
}

void HubEnd::refuse(const StoreId& from, const std::string& code, const std::string& offence, Now now) {
  offend(from, offence, now);
  reply(from, OpsRefused{authority_.era(), code, 0});
}

void HubEnd::offend(const StoreId& from, const std::string& offence, Now now) {
  Conduct conduct = authority_.conduct(from);
  if (now.utc.value - conduct.offence_at.value > tuning::quarantine_ms) conduct.offences = 0;
  ++conduct.offences;
  ++conduct.offences_total;
  conduct.offence = offence;
  conduct.offence_at = now.utc;
  if (conduct.offences >= tuning::offences_max) {
    conduct.offences = 0;
    conduct.quarantined_until = now.utc.plus(tuning::quarantine_ms);
    notices_.push_back({"store_quarantined", from, "three messages that no honest store sends, the last: " + offence});
  }
  authority_.put_conduct(from, conduct);
}

}  // namespace vitrine::sync::ends
