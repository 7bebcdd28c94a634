// SPDX-License-Identifier: Apache-2.0
// Example followed: the hub offers Maya a cake stand, twice at most; Nadia shows it without a line and hears "not now", another
// store hears "no" on the same day. Both stand, and it is not shown again.
#include "sync/rules/offer.hpp"

#include <algorithm>

#include "sync/planted.hpp"
#include "sync/rules/stamps.hpp"

namespace vitrine::sync::rules {

namespace {

constexpr std::int64_t day_ms = 86'400'000;

Stamp stamp_of(const ApplyContext& context) {
  return {context.at, context.transaction.text + "." + std::to_string(context.operation_index)};
}

// CONFLICT: the hub says it twice. RESOLUTION: what it said last; what came of it stays.
void act(Offer& offer, const OfferPut& put, const Stamp& stamp) {
  keep_last(offer.head,
            {put.sku, put.title, put.why, put.score, put.from, put.until, put.times, put.rest_days, put.reference, stamp});
}

// CONFLICT: two stores put it to them. RESOLUTION: both outcomes stand, each once, and both count.
void act(Offer& offer, const OfferTold& told, const Stamp& stamp) {
  const auto place = std::ranges::lower_bound(offer.outcomes, stamp, {}, &OfferOutcome::stamp);
  if (place != offer.outcomes.end() && place->stamp == stamp) return;
  if (planted(Bug::offer_outcome_replaced)) {
    offer.outcomes = {{told.what, told.store, stamp}};
    return;
  }
  offer.outcomes.insert(place, {told.what, told.store, stamp});
  if (offer.outcomes.size() > offer_outcomes_max) offer.outcomes.erase(offer.outcomes.begin());
}

}  // namespace

std::optional<Offer> apply(const std::optional<Offer>& before, const CustomerId& customer, const OfferOperation& operation,
                           const ApplyContext& context) {
  // CONFLICT: it is spoken of after its time, or after somebody was erased. RESOLUTION: what is forgotten stays forgotten.
  if (!before && context.lineage.now.number > 0) return std::nullopt;
  Offer after = before.value_or(Offer{customer, context.at, {}, {}});
  after.since = std::min(after.since, context.at);
  std::visit([&](const auto& op) { act(after, op, stamp_of(context)); }, operation);
  return after;
}

bool is_over(const Offer& offer) {
  const auto decided = [](const OfferOutcome& one) { return one.what != "not_now"; };
  const auto most = static_cast<std::size_t>(offer.head ? offer.head->times : offer_times_max);
  return std::ranges::any_of(offer.outcomes, decided) || offer.outcomes.size() >= most;
}

bool may_show(const Offer& offer, UtcMs now) {
  if (!offer.head || is_over(offer) || now < offer.head->from || now >= offer.head->until) return false;
  return offer.outcomes.empty() || now >= offer.outcomes.back().stamp.at.plus(offer.head->rest_days * day_ms);
}

UtcMs expires_at(const Offer& offer) { return (offer.head ? offer.head->until : offer.since).plus(offer_kept_ms); }

}  // namespace vitrine::sync::rules
