// SPDX-License-Identifier: Apache-2.0
// Columns that a kind of reward does not need stay empty.
#include "hub/import/promotion_rows.hpp"

#include <array>

#include "sync/model/coupon.hpp"
#include "sync/protocol/promotion_codec.hpp"

namespace vitrine::hub {

namespace {

namespace pricing = sync::pricing;
namespace protocol = sync::protocol;

constexpr std::array<std::string_view, 5> taxes = {"zone", "class", "percent", "valid_from", "valid_to"};
constexpr std::array<std::string_view, 26> promotions = {
    "zone",     "promotion", "currency", "title_en", "title_de", "valid_from",  "valid_to",     "days",           "hours_from",
    "hours_to", "channels",  "segment",  "coupon",   "skus",     "departments", "without_skus", "units_min",      "basket_min",
    "reward",   "percent",   "amount",   "n",        "m",        "priority",    "exclusive",    "when_unverified"};

constexpr std::int64_t group_max = 100;
constexpr std::int64_t units_max = 1'000'000;
constexpr std::size_t code_bytes_max = 64;

bool given(Fields& fields, std::string_view column) { return !fields.optional_text(column, 200).empty(); }

std::int64_t whole_or(Fields& fields, std::string_view column, std::int64_t least, std::int64_t most) {
  return given(fields, column) ? fields.whole(column, least, most) : 0;
}

std::int64_t amount_or_nothing(Fields& fields, std::string_view column) {
  return given(fields, column) ? fields.minor_units(column) : 0;
}

// "17.5" → 1750.
std::int64_t basis_points_or_nothing(Fields& fields, std::string_view column) {
  const std::int64_t basis_points = amount_or_nothing(fields, column);
  if (basis_points > pricing::whole_basis_points) fields.refuse(std::string(column) + " is above 100");
  return basis_points;
}

int clock_or(Fields& fields, std::string_view column, int otherwise) {
  const std::string text = fields.optional_text(column, 5);
  if (text.empty()) return otherwise;
  const auto minute = protocol::minute_of_day(text);
  if (!minute) fields.refuse(std::string(column) + " '" + text + "' is not a time such as 09:30");
  return minute.value_or(otherwise);
}

std::optional<pricing::Schedule> read_schedule(Fields& fields) {
  if (!given(fields, "days") && !given(fields, "hours_from") && !given(fields, "hours_to")) return std::nullopt;
  pricing::Schedule schedule;
  for (const std::string& day : fields.words("days")) {
    if (day.size() != 1 || day[0] < '1' || day[0] > '7') {
      fields.refuse("days holds '" + day.substr(0, 10) + "'; they are 1 (Monday) to 7");
    } else {
      schedule.days.push_back(day[0] - '0');
    }
  }
  schedule.from_minute = clock_or(fields, "hours_from", schedule.from_minute);
  schedule.to_minute = clock_or(fields, "hours_to", schedule.to_minute);
  return schedule;
}

std::vector<sync::Sku> skus(Fields& fields, std::string_view column) {
  std::vector<sync::Sku> result;
  for (std::string& sku : fields.words(column)) result.emplace_back(std::move(sku));
  return result;
}

std::optional<std::string> text_if_given(Fields& fields, std::string_view column) {
  std::string text = fields.optional_text(column, code_bytes_max);
  if (text.empty()) return std::nullopt;
  return text;
}

pricing::Reward read_reward(Fields& fields) {
  pricing::Reward reward;
  const std::string name = fields.text("reward", 32);
  const auto kind = protocol::reward_named(name);
  if (!kind) {
    fields.refuse("reward '" + name +
                  "' is none of percent_off, amount_off, fixed_price, n_for_m, cheapest_free, bundle_price, "
                  "basket_percent, basket_amount");
    return reward;
  }
  reward.kind = *kind;
  reward.basis_points = basis_points_or_nothing(fields, "percent");
  reward.minor = amount_or_nothing(fields, "amount");
  reward.n = whole_or(fields, "n", 2, group_max);
  reward.m = whole_or(fields, "m", 1, group_max);
  return reward;
}

}  // namespace

std::span<const std::string_view> tax_columns() { return taxes; }
std::span<const std::string_view> promotion_columns() { return promotions; }

TaxRow read_tax(Fields& fields) {
  TaxRow row;
  row.zone = fields.name("zone");
  row.rate.tax_class = fields.name("class");
  if (!given(fields, "percent")) fields.refuse("percent is empty");
  row.rate.basis_points = basis_points_or_nothing(fields, "percent");
  row.rate.from = fields.optional_time("valid_from").value_or(UtcMs{});
  row.rate.to = fields.optional_time("valid_to");
  if (row.rate.to && *row.rate.to <= row.rate.from) fields.refuse("valid_to is not later than valid_from");
  return row;
}

PromotionRow read_promotion(Fields& fields) {
  PromotionRow row;
  row.zone = fields.name("zone");
  pricing::Promotion& promotion = row.promotion;
  promotion.id = fields.name("promotion");
  promotion.currency = fields.currency();
  promotion.title["en"] = fields.text("title_en", 200);
  if (std::string german = fields.optional_text("title_de", 200); !german.empty()) promotion.title["de"] = std::move(german);
  promotion.from = fields.optional_time("valid_from").value_or(UtcMs{});
  promotion.to = fields.optional_time("valid_to");
  promotion.schedule = read_schedule(fields);
  promotion.channels = fields.words("channels");
  promotion.segment = text_if_given(fields, "segment");
  promotion.when_unverified = fields.truth("when_unverified");
  promotion.coupon = text_if_given(fields, "coupon");
  if (promotion.coupon && !sync::is_coupon_code(*promotion.coupon))
    fields.refuse("coupon has not 3 to 32 of A to Z, 0 to 9 and '-'");
  promotion.goods = {skus(fields, "skus"), fields.words("departments"), skus(fields, "without_skus")};
  promotion.units_min = whole_or(fields, "units_min", 0, units_max);
  promotion.basket_minor_min = amount_or_nothing(fields, "basket_min");
  promotion.reward = read_reward(fields);
  promotion.priority = given(fields, "priority") ? fields.whole("priority", -units_max, units_max) : 0;
  promotion.exclusive = fields.truth("exclusive");
  if (fields.refusal()) return row;
  const auto read = protocol::decode_promotion(protocol::encode_promotion(promotion, row.zone));
  if (!read) {
    fields.refuse(read.error().message);
  } else if (read->reward != promotion.reward) {
    fields.refuse("percent, amount, n or m is given that reward " + std::string(protocol::reward_name(promotion.reward.kind)) +
                  " does not have");
  }
  return row;
}

}  // namespace vitrine::hub
