// SPDX-License-Identifier: Apache-2.0
// The rules of an offer. All operations are facts: none is refused, and each comes to the same in every order. The laws:
// sync/rules/README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "sync/model/offer.hpp"
#include "sync/rules/apply.hpp"

namespace vitrine::sync::rules {

inline constexpr std::int64_t offer_kept_ms = 14LL * 86'400'000;  // after its time: what came of it can be read so long
inline constexpr std::size_t offers_max = 20;                     // the newest of one customer
inline constexpr std::size_t offer_outcomes_max = 20;             // the newest of one offer
inline constexpr std::int64_t offer_times_max = 20;
inline constexpr std::int64_t offer_rest_days_max = 90;
inline constexpr std::int64_t offer_score_max = 1000;
inline constexpr std::size_t offer_text_bytes_max = 200;
inline constexpr std::size_t offer_languages_max = 16;
inline constexpr std::size_t offer_reference_bytes_max = 64;
inline constexpr std::string_view offer_purpose = "personalisation";  // whose consent lets it stand with a store and be shown

// "offer.put": the hub's alone; said again, as it is now.
struct OfferPut {
  std::optional<Sku> sku;
  std::map<std::string, std::string> title, why;
  std::int64_t score = 0;
  UtcMs from, until;
  std::int64_t times = 1;
  std::int64_t rest_days = 0;
  std::string reference;
};
// "offer.outcome": it was put to them.
struct OfferTold {
  std::string what;
  StoreId store;
};

using OfferOperation = std::variant<OfferPut, OfferTold>;

// Total. None: it was forgotten here, and does not come back.
std::optional<Offer> apply(const std::optional<Offer>& before, const CustomerId& customer, const OfferOperation& operation,
                           const ApplyContext& context);

// They took or declined it, or it was put to them as often as it may be: no time brings it back.
bool is_over(const Offer& offer);
// It may be put to them now.
bool may_show(const Offer& offer, UtcMs now);

// When every copy forgets it.
UtcMs expires_at(const Offer& offer);

}  // namespace vitrine::sync::rules
