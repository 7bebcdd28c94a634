// SPDX-License-Identifier: Apache-2.0
// Whether a buyer who is here may have shown their code at a kiosk already; the edge knows, and is asked with the hand-over.
#pragma once

#include "kiosk/model/model.hpp"

namespace vitrine::kiosk {

// They arrived so short a time ago that the edge would still know, and it has not said that it does not.
[[nodiscard]] bool may_have_shown_code(const Model& model, const OrderOnScreen& screen);

}  // namespace vitrine::kiosk
