// SPDX-License-Identifier: Apache-2.0
// Promotions, taxes and quotes against the golden vectors, which are part of the protocol; and how the documents are judged.
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "sync/pricing/groups.hpp"
#include "sync/pricing/pricing.hpp"
#include "sync/pricing/share_out.hpp"
#include "sync/protocol/promotion_codec.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::pricing;
using nlohmann::json;

namespace {

LineToPrice line_from(const json& line) {
  LineToPrice result;
  result.sku = Sku{line.at("sku")};
  result.key = result.sku.text;
  result.units = line.at("units");
  result.available = line.value("available", true);
  result.categories = line.value("categories", std::vector<std::string>{});
  result.tax_class = line.value("tax_class", "standard");
  const std::int64_t minor = line.at("minor");
  result.price = PriceDocument{result.sku, "GBP", line.value("tax_included", true), {{{0}, std::nullopt, minor, minor}}};
  return result;
}

PriceBook book_from(const json& vector) {
  PriceBook book;
  book.currency = "GBP";
  for (const json& promotion : vector.at("promotions")) {
    const auto read = protocol::decode_promotion(promotion.dump());
    REQUIRE(read);
    book.promotions.push_back(*read);
  }
  if (vector.contains("taxes")) {
    const auto read = protocol::decode_taxes(vector.at("taxes").dump());
    REQUIRE(read);
    book.taxes = *read;
    CHECK(protocol::decode_taxes(protocol::encode_taxes(*read, "uk")).value() == *read);
  }
  return book;
}

Shopper shopper_from(const json& vector) {
  Shopper shopper;
  if (!vector.contains("shopper")) return shopper;
  const json& from = vector.at("shopper");
  shopper.channel = from.value("channel", "store");
  if (from.contains("segments")) shopper.segments = from.at("segments").get<std::set<std::string>>();
  shopper.coupons = from.value("coupons", std::set<std::string>{});
  if (from.contains("local")) shopper.local = {from.at("local")[0], from.at("local")[1]};
  return shopper;
}

std::optional<Quote> quote_from(const json& vector) {
  if (!vector.contains("quote")) return std::nullopt;
  return Quote{{vector.at("quote").at("valid_until").get<std::int64_t>()},
               vector.at("quote").at("unit").get<std::map<std::string, std::int64_t>>()};
}

void check_lines(const json& expect, const PricedCart& cart) {
  REQUIRE(expect.at("lines").size() == cart.lines.size());
  for (std::size_t i = 0; i < cart.lines.size(); ++i) {
    CHECK(cart.lines[i].reduced_minor == expect.at("lines")[i][0].get<std::int64_t>());
    CHECK(cart.lines[i].to_pay_minor == expect.at("lines")[i][1].get<std::int64_t>());
    CHECK(cart.lines[i].tax_minor == expect.at("lines")[i][2].get<std::int64_t>());
  }
  CHECK(cart.totals.to_pay_minor == expect.at("to_pay").get<std::int64_t>());
}

void check_promotions(const json& expect, const PricedCart& cart) {
  json reductions = json::array();
  json unverified = json::array();
  for (const Reduction& one : cart.reductions) {
    reductions.push_back({one.promotion, one.minor});
    if (one.unverified) unverified.push_back(one.promotion);
  }
  json withheld = json::array();
  for (const Withheld& one : cart.withheld) withheld.push_back(one.promotion);
  CHECK(reductions.dump() == expect.at("reductions").dump());
  CHECK(unverified.dump() == expect.value("unverified", json::array()).dump());
  CHECK(withheld.dump() == expect.value("withheld", json::array()).dump());
}

void check_taxes_and_times(const json& expect, const PricedCart& cart) {
  if (expect.contains("tax_sums")) {
    json sums = json::array();
    for (const TaxSum& one : cart.totals.taxes) sums.push_back({one.tax_class, one.basis_points, one.net_minor, one.tax_minor});
    CHECK(sums.dump() == expect.at("tax_sums").dump());
  }
  if (expect.contains("coupons")) {
    json coupons = json::array();
    for (const CouponUse& one : cart.coupons) {
      coupons.push_back({one.code, word_of(one.state), word_of(one.need), one.minor + one.missing});
      if (one.at) coupons.back().push_back(one.at->value);
    }
    CHECK(coupons.dump() == expect.at("coupons").dump());
  }
  if (expect.contains("changes_at")) {
    REQUIRE(cart.changes_at);
    CHECK(cart.changes_at->value == expect.at("changes_at").get<std::int64_t>());
  }
  CHECK(cart.quote_mismatches == expect.value("mismatches", 0));
}

const std::string good =
    R"({"basket_min":100,"channels":["store"],"coupon":"SAVE10","currency":"GBP","exclusive":true,"from":5,"goods":{"categories":["candles"],"skus":["A"],"without":["B"]},"priority":3,"promotion":"three-for-two","reward":{"kind":"n_for_m","m":2,"n":3},"schedule":{"days":[1,7],"from":"09:00","to":"24:00"},"segment":"gold","title":{"de":"3 für 2","en":"3 for 2"},"to":9,"units_min":3,"when_unverified":true,"zone":"uk"})";

}  // namespace

TEST_CASE("golden vectors: promotions, taxes, quotes") {
  std::ifstream file("tests/golden/promotions.json");
  const auto golden = json::parse(file);
  REQUIRE(golden.at("vectors").size() >= 50);
  for (const json& vector : golden.at("vectors")) {
    const std::string name = vector.at("name");
    CAPTURE(name);
    std::vector<LineToPrice> lines;
    for (const json& line : vector.at("lines")) lines.push_back(line_from(line));
    const PricedCart cart =
        price(lines, book_from(vector), shopper_from(vector), {vector.at("now").get<std::int64_t>()}, quote_from(vector));
    check_lines(vector.at("expect"), cart);
    check_promotions(vector.at("expect"), cart);
    check_taxes_and_times(vector.at("expect"), cart);
  }
}

TEST_CASE("a promotion goes there and back") {
  const auto promotion = protocol::decode_promotion(good);
  REQUIRE(promotion);
  CHECK(protocol::encode_promotion(*promotion, "uk") == good);
  CHECK(promotion->schedule->to_minute == 1440);
}

TEST_CASE("a promotion is judged field by field") {
  const auto refused = [&](const std::string& what, const std::string& with, const std::string& path) {
    std::string bad = good;
    const std::size_t at = bad.find(what);
    REQUIRE(at != std::string::npos);
    bad.replace(at, what.size(), with);
    const auto read = protocol::decode_promotion(bad);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == "promotion_malformed");
    CHECK(read.error().message.find(path) != std::string::npos);
  };
  refused("\"n_for_m\"", "\"buy_one_get_a_yacht\"", "reward.kind");
  refused("\"m\":2", "\"m\":3", "reward.m");
  refused("\"n\":3", "\"n\":101", "reward.n");
  refused("\"to\":9", "\"to\":5", "to");
  refused("\"24:00\"", "\"24:01\"", "schedule.to");
  refused("\"24:00\"", "\"08:00\"", "schedule.to");
  refused("\"09:00\"", "\"9:00 \"", "schedule.from");
  refused("[1,7]", "[0]", "schedule.days");
  refused("\"SAVE10\"", "\"save10\"", "coupon");
  refused("\"GBP\"", "\"pounds\"", "currency");
  refused("[\"A\"]", "[7]", "goods.skus");
  refused("\"title\":{\"de\":\"3 für 2\",\"en\":\"3 for 2\"}", "\"title\":{}", "title");
  refused("\"units_min\":3", "\"units_min\":-1", "units_min");
  refused("\"basket_min\":100", "\"basket_min\":1.5", "basket_min");
  CHECK_FALSE(protocol::decode_promotion("[]"));
  CHECK_FALSE(protocol::decode_taxes(R"({"rates":[{"class":"standard","basis_points":10001,"from":0}]})"));
  CHECK_FALSE(protocol::decode_taxes(R"({"rates":[{"class":"standard","basis_points":100,"from":5,"to":5}]})"));
}

TEST_CASE("shares add up and are fair") {
  CHECK(share_out(100, {1, 1, 1}) == std::vector<std::int64_t>{34, 33, 33});
  CHECK(share_out(0, {5, 5}) == std::vector<std::int64_t>{0, 0});
  CHECK(share_out(7, {0, 0}) == std::vector<std::int64_t>{7, 0});
  CHECK(share_out(7, {}).empty());
  CHECK(share_out(19'980'000'000'000, {19'980'000'000'000, 19'980'000'000'000}) ==
        std::vector<std::int64_t>{9'990'000'000'000, 9'990'000'000'000});
  CHECK(part_of(19'980'000'000'000, 9'999, 10'000) == 19'978'002'000'000);
}

TEST_CASE("the largest cart is counted by runs, not by units") {
  std::vector<UnitRun> runs;
  for (std::size_t i = 0; i < 200; ++i) runs.push_back({i, static_cast<std::int64_t>(i + 1), 999});
  const auto groups = group_units(runs, 100);
  CHECK(groups.size() <= 400);
  std::int64_t units = 0;
  for (const UnitGroup& group : groups) {
    std::int64_t in_group = 0;
    for (const UnitRun& run : group.runs) in_group += run.units;
    CHECK(in_group == 100);
    units += in_group * group.times;
  }
  CHECK(units == 199'800);
}
