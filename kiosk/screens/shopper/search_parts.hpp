// SPDX-License-Identifier: Apache-2.0
// What the search screen is made of: chips that narrow, rows of what was found, and what stands there when nothing was.
#pragma once

#include <string>
#include <vector>

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/parts.hpp"

namespace vitrine::kiosk::shopper {

// A chip and the filter that pressing it makes.
struct FilterChip {
  ChoiceSpec spec;
  SearchFilter filter;
};
std::vector<FilterChip> filter_chips(Stage& stage, const Model& model);
float draw_filters(Stage& stage, const Model& model, const Box& place, int rows_max);

// "5 products", and how old their stock is.
float draw_count(Stage& stage, const Model& model, const Box& place);

// Rows of what was found, in a list; with keys beside it for who cannot drag.
void draw_rows(Stage& stage, const Model& model, const Box& place);
// The same as plain text, where nothing can be touched.
void draw_preview(Stage& stage, const Model& model, const Box& place);

// Before anything was typed, while it is looked for, when there is nothing, and when it failed.
void draw_nothing(Stage& stage, const Model& model, const Box& place);

}  // namespace vitrine::kiosk::shopper
