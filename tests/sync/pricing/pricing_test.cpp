// SPDX-License-Identifier: Apache-2.0
// Prices against the golden vectors, which are part of the protocol: another hub or store must come to the same.
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "sync/pricing/pricing.hpp"
#include "sync/protocol/price_codec.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::pricing;

namespace {

LineToPrice line_from(const nlohmann::json& line) {
  LineToPrice result;
  result.sku = Sku{line.at("sku")};
  result.key = result.sku.text;
  result.units = line.at("units");
  result.available = line.at("available");
  if (line.contains("price")) {
    nlohmann::json document = line.at("price");
    document["sku"] = result.sku.text;
    document["zone"] = "uk";
    document["tax_included"] = true;
    const auto price = protocol::decode_price(document.dump());
    REQUIRE(price);
    result.price = *price;
  }
  return result;
}

std::optional<Money> money(const nlohmann::json& of, const char* name, const LineToPrice& line) {
  if (!of.contains(name)) return std::nullopt;
  return Money{of.at(name), line.price->currency};
}

}  // namespace

TEST_CASE("golden vectors: carts and what they come to") {
  std::ifstream file("tests/golden/pricing.json");
  const auto golden = nlohmann::json::parse(file);
  REQUIRE(golden.at("vectors").size() >= 20);
  for (const auto& vector : golden.at("vectors")) {
    const std::string name = vector.at("name");
    CAPTURE(name);
    std::vector<LineToPrice> lines;
    for (const auto& line : vector.at("lines")) lines.push_back(line_from(line));
    const PricedCart cart = price(lines, {vector.at("currency")}, {}, {vector.at("now").get<std::int64_t>()});
    const auto& expect = vector.at("expect");
    REQUIRE(cart.lines.size() == expect.at("lines").size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto& wanted = expect.at("lines")[i];
      const PricedLine& line = cart.lines[i];
      CHECK(line.key == lines[i].key);
      CHECK(line.units == lines[i].units);
      CHECK(line.unit_price == money(wanted, "unit", lines[i]));
      CHECK(line.list_price == money(wanted, "list", lines[i]));
      CHECK(line.total == money(wanted, "total", lines[i]));
      CHECK(line.counted == wanted.at("counted").get<bool>());
    }
    CHECK(cart.totals.currency == vector.at("currency").get<std::string>());
    CHECK(cart.totals.units == expect.at("units").get<std::int64_t>());
    CHECK(cart.totals.lines_left_out == expect.at("lines_left_out").get<std::int64_t>());
    CHECK(cart.totals.subtotal_minor == expect.at("subtotal").get<std::int64_t>());
    CHECK(cart.totals.to_pay_minor == expect.at("to_pay").get<std::int64_t>());
  }
}

TEST_CASE("a price document goes there and back, and is judged") {
  const std::string good =
      R"({"currency":"GBP","entries":[{"current":250,"from":5,"list":295,"to":9},{"current":1,"from":0,"list":1}],"sku":"85123A","tax_included":true,"zone":"uk"})";
  const auto price = protocol::decode_price(good);
  REQUIRE(price);
  CHECK(*price == PriceDocument{Sku{"85123A"}, "GBP", true, {{{5}, UtcMs{9}, 295, 250}, {{0}, std::nullopt, 1, 1}}});
  CHECK(protocol::encode_price(*price, "uk") == good);
  const auto spoilt = [&](const std::string& what, const std::string& with) {
    std::string bad = good;
    bad.replace(bad.find(what), what.size(), with);
    const auto judged = protocol::decode_price(bad);
    return judged ? std::string() : judged.error().code;
  };
  CHECK(spoilt("zone", "district").empty());  // unknown and unused fields are no mistake
  const std::pair<const char*, const char*> bad[] = {{"\"GBP\"", "\"gbp\""}, {"\"GBP\"", "826"},   {"250", "250.5"},
                                                     {"250", "-1"},          {"250", "100000001"}, {"\"to\":9", "\"to\":5"},
                                                     {"true", "\"yes\""},    {"85123A", ""},       {"\"sku\"", "\"number\""},
                                                     {"[{", "[7,{"},         {"}]", "}"}};
  for (const auto& [what, with] : bad) CHECK_MESSAGE(spoilt(what, with) == "price_malformed", what, " → ", with);
}
