// SPDX-License-Identifier: Apache-2.0
// What several screens share: margins, the bar on top and the utility bar below.
#pragma once

#include "kiosk/model/model.hpp"
#include "kiosk/widgets/stage.hpp"

namespace vitrine::kiosk::shopper {

inline constexpr float margin = 56;
inline constexpr float top_height = 144;
inline constexpr float utility_height = 136;

// Back button (when `back`) and the wordmark. Returns what is free between them.
Box draw_top(Stage& stage, const Model& model, bool back);
// Start over (not on welcome) and the language. Returns the area above it.
Box draw_utility(Stage& stage, const Model& model, bool start_over);

// The opening hours in one line, or empty when they are not known.
std::string opening_words(Stage& stage, const StoreInfo& store);

}  // namespace vitrine::kiosk::shopper
