// SPDX-License-Identifier: Apache-2.0
// The ticket that is taken to a till: its code to read and to say, what it comes to, and how long it holds.
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {

// A code is smaller than it would like to be where room is short; below that it is too small to be shown from a phone's photo.
inline constexpr float ticket_qr_most = 484;
inline constexpr float ticket_qr_least = 236;

// "T, 4, M, 9, R, X", for the ear.
std::string spelt(const std::string& code);
// "£22.30"
std::string ticket_total(Stage& stage, const TicketView& ticket);

// Without a ticket: the same in its layout, still empty.
// The code above what it is worth, with a tear line across. Height of all but its QR:
float ticket_words_height(Stage& stage, const TicketView* ticket, float width);
void draw_ticket(Stage& stage, const TicketView* ticket, const Box& box);
// The code beside it, with a tear line down.
void draw_ticket_beside(Stage& stage, const TicketView* ticket, const Box& box);

}  // namespace vitrine::kiosk::shopper
