// SPDX-License-Identifier: Apache-2.0
// Parts that several answers share.
#pragma once

#include "edge/database/projections/reader.hpp"
#include "edge/local_api/answers.hpp"
#include "edge/local_api/surroundings.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::int64_t fresh_ms = 2 * 60'000;     // kiosk-ui.md section 8: up to here a figure needs no time
inline constexpr std::int64_t recent_ms = 30 * 60'000;   // up to here it is shown with its time
inline constexpr std::int64_t old_ms = 2 * 60 * 60'000;  // up to here as "last seen"; then "check first"

// Of a figure that is so old.
Freshness freshness_of(std::int64_t age_ms);

struct Age {
  UtcMs as_of;
  Freshness freshness = Freshness::unknown;
};
// Of a figure of this store: as old as the last word of the hub, whose promises are in it.
Age age_of(const Surroundings& around);

// The stock of a product here, as old as the last word of the hub. `purpose`: for whom; what they are promised counts.
std::optional<StockAnswer> stock_of(database::Reader& reader, const Surroundings& around, const sync::Sku& sku,
                                    std::string_view purpose = {});

std::optional<ProductCard> card_of(database::Reader& reader, const Surroundings& around, const sync::Sku& sku);

}  // namespace vitrine::edge::local_api
