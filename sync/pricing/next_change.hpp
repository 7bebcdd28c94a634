// SPDX-License-Identifier: Apache-2.0
// When a priced cart may come to something else with no message arriving and nobody touching it.
#pragma once

#include <optional>

#include "sync/pricing/pricing.hpp"

namespace vitrine::sync::pricing {

// The first time after `now` at which a price, promotion, tax rate or quote begins or ends; none: never. With promotions that
// keep days and hours, at most an hour away, because clocks are put forward and back.
std::optional<UtcMs> next_change(const std::vector<LineToPrice>& lines, const PriceBook& book, const LocalTime& local, UtcMs now,
                                 const std::optional<Quote>& quote);

}  // namespace vitrine::sync::pricing
