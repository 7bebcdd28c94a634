// SPDX-License-Identifier: Apache-2.0
// What comes back over the counter, as JSON; for counter_codec.cpp alone.
#pragma once

#include <string>

#include "kiosk/io/answer_fields.hpp"
#include "kiosk/model/counter_request.hpp"

namespace vitrine::kiosk::answer {

// A purchase's name as one part of a path.
std::string in_path(const std::string& name);
void write(json& body, const TakeBack& act);
// They throw Misshapen.
PurchaseSeen purchase(const json& object);
ReturnDone done(const json& object);

}  // namespace vitrine::kiosk::answer
