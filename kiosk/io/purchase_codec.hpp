// SPDX-License-Identifier: Apache-2.0
// What comes back over the counter, as JSON; for counter_codec.cpp alone.
#pragma once

#include "kiosk/io/answer_fields.hpp"
#include "kiosk/model/counter_request.hpp"

namespace vitrine::kiosk::answer {

void write(json& body, const TakeBack& act);
// They throw Misshapen.
PurchaseSeen purchase(const json& object);
ReturnDone done(const json& object);

}  // namespace vitrine::kiosk::answer
