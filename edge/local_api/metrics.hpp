// SPDX-License-Identifier: Apache-2.0
// Figures for operators in Prometheus' text format; no figure names a person.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "edge/database/returns.hpp"
#include "edge/local_api/alerts.hpp"
#include "edge/local_api/answers.hpp"
#include "edge/local_api/cases.hpp"
#include "edge/local_api/help.hpp"
#include "edge/local_api/screen_figures.hpp"
#include "edge/local_api/stock.hpp"
#include "sync/model/offer.hpp"
#include "sync/rules/order_state.hpp"

namespace vitrine::edge::local_api {

struct RouteFigures {
  std::string_view method;
  std::string_view path;
  std::uint64_t answered = 0;
};

// How many orders are here, by what people are shown of them.
using OrderFigures = std::array<std::uint64_t, sync::rules::order_statuses>;

// What is counted when it is asked for.
struct ShopFigures {
  OrderFigures orders{};
  StockFigures stock;
  std::vector<std::pair<std::string, std::uint64_t>> tickets;  // by state
  HelpFigures help;
  CaseFigures cases;
  AlertFigures alerts{};
  database::ReturnCounts returns;
  std::uint64_t audit_entries = 0;
  std::uint64_t erasures = 0;  // of customers, that the store has heard of
  std::uint64_t scrubbed = 0;  // kept operations whose bodies went with them
};

// Since the start of the process.
struct ApiFigures {
  std::uint64_t refused = 0;
  std::uint64_t searches_empty = 0;
  std::uint64_t searches_forgiven = 0;
  std::uint64_t sign_ins = 0;
  std::uint64_t sign_ins_refused = 0;
  std::size_t sessions = 0;                                              // now
  std::array<std::pair<std::string_view, std::uint64_t>, 5> look_ups{};  // of customers, by what became of them
  std::uint64_t panels_shown = 0;
  std::uint64_t panels_without_consent = 0;
  std::uint64_t cases_opened = 0;
  std::uint64_t case_acts = 0;
  std::array<std::uint64_t, sync::offer_outcomes.size()> offer_outcomes{};
  std::uint64_t returns = 0;
  std::array<std::uint64_t, 4> nearby{};  // other stores that were shown, by Freshness; what was never known is `check`
  std::uint64_t holds_kept = 0;           // by other stores, for carts that are open here
  std::uint64_t holds_refused = 0;
};

std::string metrics_text(const Health& health, const ShopFigures& shop, const std::vector<RouteFigures>& routes,
                         const ApiFigures& figures, const std::map<std::string, ScreenBoard::Screen>& screens);

}  // namespace vitrine::edge::local_api
