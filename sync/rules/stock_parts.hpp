// SPDX-License-Identifier: Apache-2.0
// The parts that the rules of stock are made of. Only sync/rules/stock*.cpp include this.
#pragma once

#include <cstdint>
#include <string>

#include "sync/rules/stock.hpp"

namespace vitrine::sync::rules {

// `units` came or left: into the figure, and into what a later count has to know.
void move_units(Stock& stock, std::int64_t units, const ApplyContext& context);
void note_discrepancy(Stock& stock, StockDiscrepancy discrepancy);
std::string discrepancy_id(const ApplyContext& context);

// Promises whose time is over at `at` end as expired, and old ends are forgotten.
void end_expired(Stock& stock, UtcMs at);

Verdict<Stock> apply_promise(Stock stock, const StockPost& post, const ApplyContext& context);
Verdict<Stock> apply_promise(Stock stock, const StockReserve& reserve, const ApplyContext& context);
Verdict<Stock> apply_promise(Stock stock, const StockRelease& release, const ApplyContext& context);
Verdict<Stock> apply_promise(Stock stock, const StockLend& lend, const ApplyContext& context);

}  // namespace vitrine::sync::rules
