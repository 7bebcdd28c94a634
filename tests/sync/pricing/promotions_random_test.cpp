// SPDX-License-Identifier: Apache-2.0
// Random carts under random promotions: the engine against the slow reference, and the laws that hold for every cart.
#include <doctest/doctest.h>

#include <cstdlib>
#include <random>

#include "sync/protocol/promotion_codec.hpp"
#include "tests/sync/pricing/slow_reference.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::pricing;

namespace {

constexpr std::int64_t now_ms = 1'764'000'000'000;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::int64_t roll(std::int64_t from, std::int64_t to) {
    return from + static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(to - from + 1));
  }
  bool one_in(std::int64_t n) { return roll(1, n) == 1; }

 private:
  std::mt19937_64 engine_;
};

const std::vector<std::string> categories = {"candles", "glass", "food"};
const std::vector<std::string> segments = {"gold", "staff"};

PriceDocument any_price(Dice& dice, const std::string& sku) {
  PriceDocument price{Sku{sku}, dice.one_in(20) ? "EUR" : "GBP", !dice.one_in(4), {}};
  const std::int64_t amount = dice.one_in(10) ? 0 : dice.roll(1, 3000);
  price.entries.push_back({{0}, std::nullopt, amount, amount});
  if (dice.one_in(4)) price.entries.push_back({{now_ms - dice.roll(0, 5)}, UtcMs{now_ms + dice.roll(-2, 5)}, amount, amount / 2});
  return price;
}

std::vector<LineToPrice> any_lines(Dice& dice) {
  std::vector<LineToPrice> lines;
  for (std::int64_t i = 0, count = dice.roll(0, 6); i < count; ++i) {
    const std::string sku(1, static_cast<char>('A' + dice.roll(0, 5)));
    LineToPrice line;
    line.key = sku + "/" + std::to_string(i);  // the same article may stand in several lines, with other options
    line.sku = Sku{sku};
    line.units = dice.roll(0, 7);
    if (!dice.one_in(15)) line.price = any_price(dice, sku);
    line.available = !dice.one_in(10);
    if (!dice.one_in(3)) line.categories.push_back(categories[static_cast<std::size_t>(dice.roll(0, 2))]);
    line.tax_class = dice.one_in(3) ? "reduced" : "standard";
    lines.push_back(std::move(line));
  }
  return lines;
}

Promotion any_promotion(Dice& dice, std::int64_t number) {
  Promotion p;
  p.id = "p" + std::to_string(number);
  p.title = {{"en", "Promotion " + p.id}};
  p.currency = dice.one_in(20) ? "EUR" : "GBP";
  p.from = {now_ms + (dice.one_in(10) ? dice.roll(-1, 2) : -1000)};
  if (dice.one_in(5)) p.to = UtcMs{p.from.value + dice.roll(1, 3)};
  if (dice.one_in(6))
    p.schedule = Schedule{
        {static_cast<int>(dice.roll(1, 7)), 3}, static_cast<int>(dice.roll(500, 610)), static_cast<int>(dice.roll(611, 1440))};
  if (dice.one_in(5)) p.channels = {dice.one_in(2) ? "web" : "store"};
  if (dice.one_in(4)) p.segment = segments[static_cast<std::size_t>(dice.roll(0, 1))];
  if (p.segment) p.when_unverified = dice.one_in(2);
  if (dice.one_in(6)) p.coupon = dice.one_in(2) ? "SAVE" : "OTHER";
  for (std::int64_t i = dice.roll(0, 2); i > 0 && dice.one_in(2); --i)
    p.goods.skus.emplace_back(std::string(1, static_cast<char>('A' + dice.roll(0, 5))));
  if (dice.one_in(3)) p.goods.categories.push_back(categories[static_cast<std::size_t>(dice.roll(0, 2))]);
  if (dice.one_in(6)) p.goods.without.emplace_back("B");
  if (dice.one_in(4)) p.units_min = dice.roll(1, 6);
  if (dice.one_in(4)) p.basket_minor_min = dice.roll(1, 12000);
  p.reward.kind = static_cast<RewardKind>(dice.roll(0, 7));
  switch (p.reward.kind) {
    case RewardKind::percent_off:
    case RewardKind::basket_percent:
      p.reward.basis_points = dice.one_in(6) ? 10000 : dice.roll(1, 9999);
      break;
    case RewardKind::n_for_m:
      p.reward.n = dice.roll(2, 5);
      p.reward.m = dice.roll(1, p.reward.n - 1);
      break;
    case RewardKind::cheapest_free:
      p.reward.n = dice.roll(2, 5);
      break;
    case RewardKind::bundle_price:
      p.reward.n = dice.roll(2, 5);
      p.reward.minor = dice.roll(0, 5000);
      break;
    default:
      p.reward.minor = dice.roll(1, 4000);
  }
  p.priority = dice.roll(-2, 2);
  p.exclusive = dice.one_in(5);
  return p;
}

Shopper any_shopper(Dice& dice) {
  Shopper shopper;
  shopper.channel = dice.one_in(2) ? "web" : "store";
  if (!dice.one_in(3)) shopper.segments.emplace();
  if (shopper.segments && dice.one_in(2)) shopper.segments->insert(segments[static_cast<std::size_t>(dice.roll(0, 1))]);
  if (dice.one_in(2)) shopper.coupons.insert("SAVE");
  shopper.local = {static_cast<int>(dice.roll(1, 7)), static_cast<int>(dice.roll(450, 700))};
  return shopper;
}

void check_laws(const std::vector<LineToPrice>& lines, const PricedCart& cart) {
  std::vector<std::int64_t> reduced(lines.size(), 0);
  std::vector<std::int64_t> used(lines.size(), 0);
  for (const Reduction& reduction : cart.reductions) {
    std::int64_t sum = 0;
    for (const LineShare& share : reduction.shares) {
      CHECK(share.minor >= 0);
      sum += share.minor;
      reduced[share.line] += share.minor;
      used[share.line] += share.units;
    }
    CHECK(sum == reduction.minor);
    CHECK(sum > 0);
  }
  std::int64_t to_pay = 0;
  std::int64_t taxes = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const PricedLine& line = cart.lines[i];
    CHECK(line.reduced_minor == reduced[i]);
    CHECK(used[i] <= std::max<std::int64_t>(0, lines[i].units));
    CHECK(line.to_pay_minor >= 0);
    if (line.counted) CHECK(line.reduced_minor <= line.total->minor);
    to_pay += line.to_pay_minor;
    taxes += line.tax_minor;
  }
  CHECK(to_pay == cart.totals.to_pay_minor);
  std::int64_t summary = 0;
  std::int64_t on_top = 0;
  for (const TaxSum& tax : cart.totals.taxes) {
    summary += tax.tax_minor;
    if (!tax.included) on_top += tax.tax_minor;
  }
  CHECK(taxes == summary);
  CHECK(cart.totals.to_pay_minor == cart.totals.subtotal_minor - cart.totals.reduced_minor + on_top);
}

}  // namespace

TEST_CASE("random carts cost what the slow reference says") {
  const char* wanted = std::getenv("VITRINE_SEED");
  const std::uint64_t seed = wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : std::random_device{}();
  MESSAGE("seed " << seed << " (VITRINE_SEED=" << seed << " repeats it)");
  Dice dice(seed);
  std::map<RewardKind, int> seen;
  int withheld = 0;
  for (int round = 0; round < 20'000; ++round) {
    CAPTURE(round);
    const auto lines = any_lines(dice);
    PriceBook book;
    book.currency = "GBP";
    for (std::int64_t i = 0, count = dice.roll(0, 5); i < count; ++i) book.promotions.push_back(any_promotion(dice, i));
    book.taxes.rates = {{"standard", 2000, {0}, std::nullopt}, {"standard", 1750, {now_ms}, UtcMs{now_ms + dice.roll(1, 2)}}};
    if (dice.one_in(2)) book.taxes.rates.push_back({"reduced", 500, {0}, std::nullopt});
    const Shopper shopper = any_shopper(dice);
    const UtcMs now{now_ms};
    const PricedCart cart = price(lines, book, shopper, now);
    const tests::SlowCart slow = tests::SlowEvaluator(lines, book, shopper, now).run();

    REQUIRE(cart.reductions.size() == slow.given.size());
    for (std::size_t i = 0; i < slow.given.size(); ++i) {
      REQUIRE(cart.reductions[i].promotion == slow.given[i].first);
      REQUIRE(cart.reductions[i].minor == slow.given[i].second);
      ++seen[cart.reductions[i].reward.kind];
    }
    REQUIRE(cart.withheld.size() == slow.withheld.size());
    withheld += static_cast<int>(cart.withheld.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      REQUIRE(cart.lines[i].counted == slow.lines[i].counted);
      if (!slow.lines[i].counted) continue;
      REQUIRE(cart.lines[i].to_pay_minor == slow.lines[i].left);
      REQUIRE(cart.lines[i].tax_minor == slow.lines[i].tax);
    }
    REQUIRE(cart.totals.to_pay_minor == slow.to_pay);
    check_laws(lines, cart);

    // Until changes_at nothing changes; the order of promotions in the book does not matter; JSON keeps every promotion.
    if (cart.changes_at && !book.promotions.empty() && book.promotions.front().schedule == std::nullopt) {
      const PricedCart later = price(lines, book, shopper, UtcMs{cart.changes_at->value - 1});
      CHECK(later.totals.to_pay_minor == cart.totals.to_pay_minor);
    }
    PriceBook turned = book;
    std::ranges::reverse(turned.promotions);
    CHECK(price(lines, turned, shopper, now).reductions == cart.reductions);
    for (const Promotion& promotion : book.promotions) {
      const auto read = protocol::decode_promotion(protocol::encode_promotion(promotion, "uk"));
      REQUIRE(read);
      CHECK(*read == promotion);
    }
  }
  for (int kind = 0; kind < 8; ++kind) CHECK(seen[static_cast<RewardKind>(kind)] > 100);  // the dice reach every kind
  CHECK(withheld > 100);
}
