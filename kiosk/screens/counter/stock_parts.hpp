// SPDX-License-Identifier: Apache-2.0
// The parts of what the store has: lists of products and of what does not add up, and what there is of one product.
#pragma once

#include <string>

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::counter {

// What was found, or else what was looked up before.
void draw_products(Stage& stage, const Model& model, const Box& place);
// What does not add up, of whichever product.
void draw_checks(Stage& stage, const Model& model, const Box& place);
// The product, its figures, what does not add up of it, and for whom some of it is held.
void draw_record(Stage& stage, const Model& model, const Box& place);
// The first part of it alone; returns the height.
float draw_record_head(Stage& stage, const Model& model, const Box& place);
// stock_nearby.cpp: what other stores have, under its own heading; returns the height, 0 where nothing is known.
float draw_nearby(Stage& stage, const Model& model, const Box& place);
// stock_work.cpp: what is to be done: count, take in, write off, until it is written down.
void draw_stock_work(Stage& stage, const Model& model, const Box& place);
float stock_work_height(const StockOnScreen& screen);

const std::string& title_of(Stage& stage, const ProductCard& card);
// "Item 22960 · aisle 7, bay C".
std::string item_words(Stage& stage, const std::string& sku, const std::string& aisle, const std::string& bay);
// What does not add up, in a sentence.
std::string discrepancy_words(Stage& stage, const Discrepancy& found);

}  // namespace vitrine::kiosk::counter
