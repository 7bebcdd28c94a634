// SPDX-License-Identifier: Apache-2.0
// Stock in a counter's half of the local API; for counter_codec.cpp alone. Each throws answer::Misshapen at what is not agreed.
#pragma once

#include "kiosk/io/answer_fields.hpp"
#include "kiosk/model/counter_request.hpp"

namespace vitrine::kiosk::answer {

void write(json& body, const ActOnStock& act);
StockRecord stock_record(const json& object);
std::vector<StockCheck> stock_checks(const json& object);

}  // namespace vitrine::kiosk::answer
