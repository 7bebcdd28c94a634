// SPDX-License-Identifier: Apache-2.0
// The demonstration retailer goes in whole: no row refused, the rows that its README counts, twice the same.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "sync/protocol/identity.hpp"
#include "tests/hub/import/table_folder.hpp"

using namespace vitrine;
using namespace vitrine::hub;
using vitrine::hub::test::import_all;
using vitrine::hub::test::Imported;

TEST_CASE("assets/demo is imported without a refusal, and again without a change") {
  ImportOptions options;
  options.folders = {"assets/demo"};
  std::string last_day;
  std::ifstream("assets/demo/LAST_DAY") >> last_day;
  options.shift_days = shift_days_for(last_day, UtcMs{1'700'000'000'000}).value();
  options.identity = [](std::string_view kind, std::string_view exact) { return sync::protocol::identity_hash({}, kind, exact); };
  const Imported got = import_all(options);
  REQUIRE(got.counts);
  CHECK(got.report == "");
  const auto rows = [&](ImportTable table) { return got.counts->tables.at(table).rows_accepted; };
  const auto documents = [&](ImportTable table) { return got.counts->tables.at(table).documents; };
  CHECK(rows(ImportTable::stores) == 4);
  CHECK(rows(ImportTable::departments) == 15);
  CHECK(documents(ImportTable::departments) == 1);
  CHECK(rows(ImportTable::products) == 3725 + 262);
  CHECK(rows(ImportTable::prices) == 7363 + 262);
  CHECK(documents(ImportTable::prices) == 3725 + 262);
  CHECK(rows(ImportTable::taxes) == 2);
  CHECK(documents(ImportTable::taxes) == 1);
  CHECK(rows(ImportTable::promotions) == 6);
  CHECK(rows(ImportTable::stock) == 12840 + 1048);
  CHECK(rows(ImportTable::customers) == 1997);
  CHECK(rows(ImportTable::orders) == 98184);
  CHECK(documents(ImportTable::orders) == 3459);
  CHECK(rows(ImportTable::activity) == 35340);
  CHECK(rows(ImportTable::affinity) == 12775);
  CHECK(rows(ImportTable::synonyms) == 104);
  CHECK(documents(ImportTable::synonyms) == 1);
  CHECK(rows(ImportTable::staff) == 20);
  CHECK(rows(ImportTable::consents) == 6027);
  CHECK(rows(ImportTable::cases) == 763);
  CHECK(rows(ImportTable::offers) == 1820);
  // Of a third of the visits, each thing once; of consents one word after the other goes into one register.
  const auto registers = std::ranges::count_if(got.bodies, [](const auto& one) { return one.first.starts_with("consent "); });
  const auto events = std::ranges::count_if(got.bodies, [](const auto& one) { return one.first.starts_with("activity "); });
  const auto talks = std::ranges::count_if(got.bodies, [](const auto& one) { return one.first.starts_with("case "); });
  CHECK(talks == 567);
  CHECK(documents(ImportTable::activity) == 11506);
  CHECK(events == 10512);
  CHECK(got.bodies.size() ==
        got.counts->sum().documents - 6027 - 11506 - 763 + static_cast<std::size_t>(registers + events + talks));
  for (const auto& [name, body] : got.bodies) CHECK(body.find("shoppers.example") == std::string::npos);

  const Imported again = import_all(options);
  CHECK((again.bodies == got.bodies));
  CHECK(
      got.bodies.at("product 85123A") ==
      R"({"attributes":{"colour":"white"},"category":["Candles and lights"],"department":"candles","gtins":["2008512301002"],"original_title":"WHITE HANGING HEART T-LIGHT HOLDER","pictogram":"candle","popularity":96,"sku":"85123A","status":"active","style":"21733","tile":"butter","title":{"en":"White hanging heart T-light holder"}})");
}
