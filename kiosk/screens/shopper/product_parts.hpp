// SPDX-License-Identifier: Apache-2.0
// Pieces of the product page, from its head down to what goes well with it. Each draws at the top of its place and returns the
// height it used.
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {

// The arch with the product in it; 432 wide, 485 high at scale 1.
void draw_product_niche(Stage& stage, Point top_left, float scale, const ProductCard& card);
// Age, title, price and number.
float draw_product_head(Stage& stage, const Model& model, const ProductPage& page, const Box& place);
// The others of its style.
float draw_variants(Stage& stage, const Model& model, const ProductPage& page, const Box& place);
float draw_description(Stage& stage, const ProductPage& page, const Box& place);
// What is here, and below it what other stores have.
float draw_availability(Stage& stage, const Model& model, const ProductPage& page, const Box& place);
// product_nearby.cpp: the rows of other stores; 0 where nobody has to be told of one.
float nearby_height(Stage& stage, const Model& model, const ProductPage& page, float width);
void draw_nearby(Stage& stage, const Model& model, const ProductPage& page, const Box& place);
// As the rows say it, for who hears; empty: there is none.
std::string nearby_spoken(Stage& stage, const Model& model, const ProductPage& page);
// The code that shows it in the room, on a phone.
float draw_room_code(Stage& stage, const ProductPage& page, const Box& place);
float draw_goes_with(Stage& stage, const Model& model, const ProductPage& page, const Box& place);

}  // namespace vitrine::kiosk::shopper
