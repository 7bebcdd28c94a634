// SPDX-License-Identifier: Apache-2.0
// Whether words that somebody types name a thing: each begins one of its words; capitals and marks on letters make no difference.
// In scripts without spaces they may stand anywhere.
#pragma once

#include <string_view>

namespace vitrine::kiosk {

// "bes" and "zahl beste" both name "Bestand zählen". Nothing typed names nothing.
[[nodiscard]] bool names(std::string_view typed, std::string_view thing);

}  // namespace vitrine::kiosk
