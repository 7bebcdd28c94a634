// SPDX-License-Identifier: Apache-2.0
// What the client must know of a request: whose it is, how long it lives, what of it is private, and what its answer says.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "kiosk/model/event.hpp"
#include "kiosk/model/request.hpp"

namespace vitrine::kiosk {

Asked asked_of(const Request& request);
// Only a change of a cart or of its ticket, and that nobody is needed any more, outlive the visit that asked for it.
bool outlives_visit(const Request& request);
// Overwrites what a person showed or typed.
void wipe_request(Request& request);
// An answer that is not what was agreed is an error.
Result<std::vector<Event>> events_of(const Request& request, const std::string& body);

}  // namespace vitrine::kiosk
