// SPDX-License-Identifier: Apache-2.0
// Table of contents of the counter: one screen, one function, one file, as for shoppers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::counter {

void draw_sign_in(Stage& stage, const Model& model);       // 15
void draw_queue(Stage& stage, const Model& model);         // 16
void draw_order(Stage& stage, const Model& model);         // 19, and the picking before it
void draw_customer(Stage& stage, const Model& model);      // 17 and 18, and who is looked for
void draw_take_back(Stage& stage, const Model& model);     // 20
void draw_stock(Stage& stage, const Model& model);         // 21
void draw_status(Stage& stage, const Model& model);        // 22
void draw_board(Stage& stage, const Model& model);         // what the store measures
void draw_picking_list(Stage& stage, const Model& model);  // what is to be fetched for all orders
void draw_audit(Stage& stage, const Model& model);         // who did and saw what

// Over any of them.
void draw_commands(Stage& stage, const Model& model);    // F2: commands, the queue, tickets, products
void draw_keys_sheet(Stage& stage, const Model& model);  // F1: which keys there are

// keys.cpp: the key of what bears this name; none: it is typed, or has one of its own.
[[nodiscard]] std::optional<Key> key_of(std::string_view id);
// As it stands on the keyboard: "F3", "Alt G", "Enter".
[[nodiscard]] std::string key_words(Stage& stage, Key key);
// A key's cap with its words, right-aligned at `right`; returns its width.
float key_cap(Stage& stage, Point right_middle, const std::string& words);

}  // namespace vitrine::kiosk::counter
