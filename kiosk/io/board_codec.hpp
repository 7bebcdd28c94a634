// SPDX-License-Identifier: Apache-2.0
// What the store measures, in a counter's half of the local API; for counter_codec.cpp alone. Throws answer::Misshapen at what is
// not agreed.
#pragma once

#include "kiosk/io/answer_fields.hpp"
#include "kiosk/model/board_view.hpp"

namespace vitrine::kiosk::answer {

BoardSeen board(const json& object);

}  // namespace vitrine::kiosk::answer
