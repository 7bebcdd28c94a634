// SPDX-License-Identifier: Apache-2.0
// The ticket for a till, on paper.
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::shopper {

// In the person's language, with what is in the cart; no name.
Paper ticket_paper(Stage& stage, const Model& model, const TicketView& ticket);

}  // namespace vitrine::kiosk::shopper
