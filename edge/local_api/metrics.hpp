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
#include "edge/local_api/coupons.hpp"
#include "edge/local_api/drill.hpp"
#include "edge/local_api/help.hpp"
#include "edge/local_api/screen_figures.hpp"
#include "edge/local_api/stock.hpp"
#include "sync/model/measures.hpp"
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
  std::uint64_t returns_questioned = 0;  // of the newest by receipt
  std::uint64_t audit_entries = 0;
  std::uint64_t audit_untold = 0;  // that no word to the hub names yet
  std::uint64_t erasures = 0;      // of customers, that the store has heard of
  std::uint64_t scrubbed = 0;      // kept operations whose bodies went with them
  sync::Measures today;
};

// Pictures of products on this disk, and since the start what became of those that were fetched.
struct PictureFigures {
  std::uint64_t kept = 0;
  std::uint64_t kept_bytes = 0;
  std::uint64_t fetched = 0;
  std::uint64_t failed = 0;
  std::uint64_t refused = 0;  // not what their names say, or no pictures
  std::uint64_t evicted = 0;
};

// What shoppers did with their own choices at kiosks.
enum class ChoiceAct : std::uint8_t { shown, granted, withdrawn, refused };
inline constexpr std::array<std::string_view, 4> choice_acts = {"shown", "granted", "withdrawn", "refused"};

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
  std::array<std::uint64_t, choice_acts.size()> choices{};
  std::uint64_t returns = 0;
  std::array<std::uint64_t, 4> nearby{};  // other stores that were shown, by Freshness; what was never known is `check`
  std::uint64_t holds_kept = 0;           // by other stores, for carts that are open here
  std::uint64_t holds_refused = 0;
  std::uint64_t deliveries_asked = 0;  // orders that are to be sent home
  std::uint64_t deliveries_refused = 0;
  std::uint64_t staff_unlocked = 0;
  std::array<std::uint64_t, coupon_ends.size()> coupons{};  // that people entered or took off, by what became of it
  std::array<std::uint64_t, 3> lamp{};                      // runs that were done, failed, took too long
  DrillBoard drill{};
  PictureFigures pictures{};
};

std::string metrics_text(const Health& health, const ShopFigures& shop, const std::vector<RouteFigures>& routes,
                         const ApiFigures& figures, const std::map<std::string, ScreenBoard::Screen>& screens);

}  // namespace vitrine::edge::local_api
