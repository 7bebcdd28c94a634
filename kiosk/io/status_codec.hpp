// SPDX-License-Identifier: Apache-2.0
// How the store stands and what is wrong, in a counter's half of the local API; for counter_codec.cpp alone. Throws
// answer::Misshapen at what is not agreed.
#pragma once

#include "kiosk/io/answer_fields.hpp"
#include "kiosk/model/alert_view.hpp"
#include "kiosk/model/status_view.hpp"

namespace vitrine::kiosk::answer {

StoreStatus store_status(const json& object);
StoreAlert alert(const json& object);
AlertKindSeen alert_kind(const json& object);

}  // namespace vitrine::kiosk::answer
