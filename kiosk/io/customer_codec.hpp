// SPDX-License-Identifier: Apache-2.0
// Customers in a counter's half of the local API; for counter_codec.cpp alone. Each throws answer::Misshapen at what is not
// agreed.
#pragma once

#include <string>

#include "kiosk/io/answer_fields.hpp"
#include "kiosk/model/counter_request.hpp"

namespace vitrine::kiosk::answer {

inline constexpr const char* purpose_of_history = "history";  // what was bought and looked at

CustomerSeen customer(const json& object);
CustomerPart customer_part(const json& object, const std::string& panel);
// Of what was done in a conversation: the part in which it stands now.
CustomerPart part_of_case(const json& object);
CaseCard case_card(const json& object);
Offers offers(const json& object);  // of a request or a conversation that waits
SharingChanged sharing(const json& object, const ChangeSharing& change);

}  // namespace vitrine::kiosk::answer
