// SPDX-License-Identifier: Apache-2.0
// The panels of a customer at the counter.
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::counter {

inline constexpr float part_pad = 28;
// Its heading; returns where what is below begins.
float part_heading(Stage& stage, const Box& box, const std::string& words, const std::string& id, float room);
// Words where there is no list.
void part_empty(Stage& stage, const Box& box, float y, const std::string& words, const std::string& id);
// What is here is as the hub last said it: nobody can ask it.
bool is_cut_off(const Model& model);

void draw_cart(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box);
void draw_timeline(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box);
// They share nothing else: what there would be, and how to ask for it.
void draw_limited(Stage& stage, const CustomerOnScreen& screen, const Box& box);
void draw_orders(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box);
// customer_cart.cpp: it is being changed; and goods for it are looked for.
void draw_cart_work(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box);
void draw_goods_finder(Stage& stage, const CustomerOnScreen& screen, const Box& free);
// customer_offer.cpp: what may please them next; its height is 0 where there is nothing.
float offer_height(Stage& stage, const Model& model, const CustomerOnScreen& screen, float width);
void draw_offer(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box);
// customer_tastes.cpp: their sizes and what they wish, as wide as `at`; returns the height, 0 where there is nothing.
float draw_tastes(Stage& stage, const CustomerOnScreen& screen, const Box& at);
// customer_cases.cpp
void draw_notes(Stage& stage, const Model& model, const CustomerOnScreen& screen, const Box& box);
void draw_conversation(Stage& stage, const Model& model, const CustomerOnScreen& screen, const CaseSeen& one, const Box& box);
void draw_note_writer(Stage& stage, const CustomerOnScreen& screen, const Box& free);
// "Web chat", "Phone" …; a channel of a later edge as it is.
std::string case_channel_words(Stage& stage, const std::string& channel);

}  // namespace vitrine::kiosk::counter
