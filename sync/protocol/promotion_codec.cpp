// SPDX-License-Identifier: Apache-2.0
// Promotions and tax tables as JSON.
#include "sync/protocol/promotion_codec.hpp"

#include <algorithm>
#include <array>

#include "sync/pricing/pricing.hpp"
#include "sync/protocol/cart_fields.hpp"
#include "sync/protocol/json_input.hpp"

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;
using pricing::RewardKind;

constexpr std::size_t promotion_bytes_max = 256 * 1024;
constexpr std::size_t goods_max = 5000;
constexpr std::size_t rates_max = 500;
constexpr std::int64_t group_max = 100;
constexpr std::int64_t priority_max = 1'000'000;
constexpr int minutes_an_hour = 60;
constexpr int minutes_a_day = 1440;

struct RewardName {
  RewardKind kind;
  std::string_view name;
};
constexpr std::array reward_names = {
    RewardName{RewardKind::percent_off, "percent_off"},       RewardName{RewardKind::amount_off, "amount_off"},
    RewardName{RewardKind::fixed_price, "fixed_price"},       RewardName{RewardKind::n_for_m, "n_for_m"},
    RewardName{RewardKind::cheapest_free, "cheapest_free"},   RewardName{RewardKind::bundle_price, "bundle_price"},
    RewardName{RewardKind::basket_percent, "basket_percent"}, RewardName{RewardKind::basket_amount, "basket_amount"},
};

bool is_currency(std::string_view text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127; });
}

bool is_coupon(std::string_view text) {
  return is_code(text) && std::ranges::none_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string clock_text(int minute) {
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(minute / minutes_an_hour) + ":" + two(minute % minutes_an_hour);
}

std::vector<std::string> words(const Fields& fields, const char* name, bool (*good)(std::string_view)) {
  std::vector<std::string> result;
  if (!fields.has(name)) return result;
  for (const json& one : fields.array(name, goods_max)) {
    if (!one.is_string() || !good(one.get_ref<const std::string&>())) {
      fields.wrong(name, "holds something that is none");
      break;
    }
    result.push_back(one.get<std::string>());
  }
  return result;
}

std::vector<Sku> skus(const Fields& fields, const char* name) {
  std::vector<Sku> result;
  for (std::string& text : words(fields, name, is_sku)) result.emplace_back(std::move(text));
  return result;
}

int minute(const Fields& fields, const char* name) {
  const auto value = minute_of_day(fields.text(name, 5, 5));
  if (!value) fields.wrong(name, "not a time of day");
  return value.value_or(0);
}

pricing::Schedule decode_schedule(const Fields& fields) {
  pricing::Schedule schedule;
  if (fields.has("days")) {
    for (const json& day : fields.array("days", 7)) {
      const auto value = integer_of(day, 1, 7);
      if (!value) fields.wrong("days", "not 1 to 7");
      schedule.days.push_back(static_cast<int>(value.value_or(1)));
    }
  }
  schedule.from_minute = minute(fields, "from");
  schedule.to_minute = minute(fields, "to");
  if (schedule.to_minute <= schedule.from_minute) fields.wrong("to", "not after from");
  return schedule;
}

pricing::Reward decode_reward(const Fields& fields) {
  pricing::Reward reward;
  const auto kind = reward_named(fields.text("kind", 1, 32));
  if (!kind) {
    fields.wrong("kind", "not known");
    return reward;
  }
  reward.kind = *kind;
  switch (*kind) {
    case RewardKind::percent_off:
    case RewardKind::basket_percent:
      reward.basis_points = fields.integer("basis_points", 1, pricing::whole_basis_points);
      break;
    case RewardKind::amount_off:
    case RewardKind::basket_amount:
      reward.minor = fields.integer("minor", 1, pricing::price_minor_max);
      break;
    case RewardKind::fixed_price:
      reward.minor = fields.integer("minor", 0, pricing::price_minor_max);
      break;
    case RewardKind::n_for_m:
      reward.n = fields.integer("n", 2, group_max);
      reward.m = fields.integer("m", 1, group_max);
      if (reward.m >= reward.n) fields.wrong("m", "not below n");
      break;
    case RewardKind::cheapest_free:
      reward.n = fields.integer("n", 2, group_max);
      break;
    case RewardKind::bundle_price:
      reward.n = fields.integer("n", 2, group_max);
      reward.minor = fields.integer("minor", 0, pricing::price_minor_max);
      break;
  }
  return reward;
}

std::map<std::string, std::string> decode_title(const Fields& fields) {
  std::map<std::string, std::string> title;
  if (!fields.has("title")) {
    fields.wrong("title", "missing");
    return title;
  }
  const Fields languages = fields.object("title");
  for (const char* language : {"en", "de", "fr", "es", "pl", "ja"}) {
    if (auto text = languages.text_if_any(language, 1, 200)) title.emplace(language, std::move(*text));
  }
  if (title.empty()) fields.wrong("title", "in no language");
  return title;
}

void decode_conditions(const Fields& fields, pricing::Promotion& promotion) {
  promotion.from = {fields.integer("from", 0, time_ms_max)};
  if (const auto to = fields.integer_if_any("to", 0, time_ms_max)) promotion.to = UtcMs{*to};
  if (promotion.to && *promotion.to <= promotion.from) fields.wrong("to", "not after from");
  if (fields.has("schedule")) promotion.schedule = decode_schedule(fields.object("schedule"));
  promotion.channels = words(fields, "channels", is_code);
  promotion.segment = fields.text_if_any("segment", is_code);
  if (fields.has("when_unverified")) promotion.when_unverified = fields.boolean("when_unverified");
  promotion.coupon = fields.text_if_any("coupon", is_coupon);
  if (fields.has("goods")) {
    const Fields goods = fields.object("goods");
    promotion.goods = {skus(goods, "skus"),
                       words(goods, "categories", [](std::string_view t) { return !t.empty() && t.size() <= 100; }),
                       skus(goods, "without")};
  }
  promotion.units_min = fields.integer_if_any("units_min", 0, pricing::price_minor_max).value_or(0);
  promotion.basket_minor_min = fields.integer_if_any("basket_min", 0, 1000 * pricing::price_minor_max).value_or(0);
}

json encode_reward(const pricing::Reward& reward) {
  json result = {{"kind", reward_name(reward.kind)}};
  if (reward.basis_points != 0) result["basis_points"] = reward.basis_points;
  const bool priced = reward.kind == RewardKind::fixed_price || reward.kind == RewardKind::bundle_price;
  if (reward.minor != 0 || priced) result["minor"] = reward.minor;
  if (reward.n != 0) result["n"] = reward.n;
  if (reward.m != 0) result["m"] = reward.m;
  return result;
}

json encode_goods(const pricing::Goods& goods) {
  json result = json::object();
  const auto texts = [](const std::vector<Sku>& of) {
    json list = json::array();
    for (const Sku& sku : of) list.push_back(sku.text);
    return list;
  };
  if (!goods.skus.empty()) result["skus"] = texts(goods.skus);
  if (!goods.categories.empty()) result["categories"] = goods.categories;
  if (!goods.without.empty()) result["without"] = texts(goods.without);
  return result;
}

}  // namespace

std::string_view reward_name(RewardKind kind) {
  const auto* const found = std::ranges::find(reward_names, kind, &RewardName::kind);
  return found->name;
}

std::optional<RewardKind> reward_named(std::string_view name) {
  const auto* const found = std::ranges::find(reward_names, name, &RewardName::name);
  if (found == reward_names.end()) return std::nullopt;
  return found->kind;
}

std::optional<int> minute_of_day(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : minutes_a_day; };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int minutes = digit(3) * 10 + digit(4);
  const int result = (digit(0) * 10 + digit(1)) * minutes_an_hour + minutes;
  if (minutes >= minutes_an_hour || result > minutes_a_day) return std::nullopt;
  return result;
}

Result<pricing::Promotion> decode_promotion(std::string_view text) {
  const auto body = parse_object(text, promotion_bytes_max, "promotion_malformed");
  if (!body) return std::unexpected(body.error());
  Mistake mistake("promotion_malformed");
  const Fields fields(*body, "", mistake);
  pricing::Promotion promotion;
  promotion.id = fields.text("promotion", is_code);
  promotion.title = decode_title(fields);
  promotion.currency = fields.text("currency", is_currency);
  decode_conditions(fields, promotion);
  if (fields.has("reward")) {
    promotion.reward = decode_reward(fields.object("reward"));
  } else {
    fields.wrong("reward", "missing");
  }
  promotion.priority = fields.integer_if_any("priority", -priority_max, priority_max).value_or(0);
  if (fields.has("exclusive")) promotion.exclusive = fields.boolean("exclusive");
  if (mistake.made()) return mistake.error();
  return promotion;
}

std::string encode_promotion(const pricing::Promotion& promotion, std::string_view zone) {
  json result = {{"promotion", promotion.id},        {"zone", std::string(zone)},
                 {"title", promotion.title},         {"currency", promotion.currency},
                 {"from", promotion.from.value},     {"reward", encode_reward(promotion.reward)},
                 {"exclusive", promotion.exclusive}, {"priority", promotion.priority},
                 {"units_min", promotion.units_min}, {"basket_min", promotion.basket_minor_min}};
  if (promotion.to) result["to"] = promotion.to->value;
  if (promotion.schedule) {
    result["schedule"] = {{"from", clock_text(promotion.schedule->from_minute)},
                          {"to", clock_text(promotion.schedule->to_minute)}};
    if (!promotion.schedule->days.empty()) result["schedule"]["days"] = promotion.schedule->days;
  }
  if (!promotion.channels.empty()) result["channels"] = promotion.channels;
  if (promotion.segment) result["segment"] = *promotion.segment;
  if (promotion.segment) result["when_unverified"] = promotion.when_unverified;
  if (promotion.coupon) result["coupon"] = *promotion.coupon;
  if (json goods = encode_goods(promotion.goods); !goods.empty()) result["goods"] = std::move(goods);
  return dump(result);
}

Result<pricing::TaxTable> decode_taxes(std::string_view text) {
  const auto body = parse_object(text, promotion_bytes_max, "tax_malformed");
  if (!body) return std::unexpected(body.error());
  Mistake mistake("tax_malformed");
  const Fields fields(*body, "", mistake);
  pricing::TaxTable taxes;
  const json& rates = fields.array("rates", rates_max);
  for (std::size_t i = 0; i < rates.size(); ++i) {
    const Fields rate(rates[i], "rates[" + std::to_string(i) + "]", mistake);
    pricing::TaxRate& one = taxes.rates.emplace_back();
    one.tax_class = rate.text("class", is_code);
    one.basis_points = rate.integer("basis_points", 0, pricing::whole_basis_points);
    one.from = {rate.integer("from", 0, time_ms_max)};
    if (const auto to = rate.integer_if_any("to", 0, time_ms_max)) one.to = UtcMs{*to};
    if (one.to && *one.to <= one.from) rate.wrong("to", "not after from");
  }
  if (mistake.made()) return mistake.error();
  return taxes;
}

std::string encode_taxes(const pricing::TaxTable& taxes, std::string_view zone) {
  json rates = json::array();
  for (const pricing::TaxRate& rate : taxes.rates) {
    json one = {{"class", rate.tax_class}, {"basis_points", rate.basis_points}, {"from", rate.from.value}};
    if (rate.to) one["to"] = rate.to->value;
    rates.push_back(std::move(one));
  }
  return dump({{"zone", std::string(zone)}, {"rates", std::move(rates)}});
}

}  // namespace vitrine::sync::protocol
