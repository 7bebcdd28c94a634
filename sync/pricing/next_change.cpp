// SPDX-License-Identifier: Apache-2.0
// The earliest of all beginnings and ends that are still to come.
#include "sync/pricing/next_change.hpp"

#include <array>

namespace vitrine::sync::pricing {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr int minutes_a_day = 1440;

class Earliest {
 public:
  explicit Earliest(UtcMs now) : now_(now) {}
  void at(UtcMs time) {
    if (now_ < time && (!first_ || time < *first_)) first_ = time;
  }
  void at(const std::optional<UtcMs>& time) {
    if (time) at(*time);
  }
  [[nodiscard]] std::optional<UtcMs> first() const { return first_; }

 private:
  UtcMs now_;
  std::optional<UtcMs> first_;
};

}  // namespace

std::optional<UtcMs> next_change(const std::vector<LineToPrice>& lines, const PriceBook& book, const LocalTime& local, UtcMs now,
                                 const std::optional<Quote>& quote) {
  Earliest earliest(now);
  for (const LineToPrice& line : lines) {
    if (!line.price) continue;
    for (const PriceEntry& entry : line.price->entries) {
      earliest.at(entry.from);
      earliest.at(entry.to);
    }
  }
  if (quote) earliest.at(quote->valid_until);
  for (const TaxRate& rate : book.taxes.rates) {
    earliest.at(rate.from);
    earliest.at(rate.to);
  }
  const std::int64_t this_minute = now.value - now.value % minute_ms;
  for (const Promotion& promotion : book.promotions) {
    earliest.at(promotion.from);
    earliest.at(promotion.to);
    if (!promotion.schedule) continue;
    earliest.at(UtcMs{this_minute + 60 * minute_ms});
    for (const int boundary : std::array{promotion.schedule->from_minute, promotion.schedule->to_minute, minutes_a_day}) {
      if (boundary > local.minute) earliest.at(UtcMs{this_minute + (boundary - local.minute) * minute_ms});
    }
  }
  return earliest.first();
}

}  // namespace vitrine::sync::pricing
