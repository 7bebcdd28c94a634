// SPDX-License-Identifier: Apache-2.0
// Good tables become exactly these documents; a second run changes nothing; times are shifted; files are found.
#include <doctest/doctest.h>

#include <utility>

#include "tests/hub/import/table_folder.hpp"

using namespace vitrine;
using namespace vitrine::hub;
using vitrine::hub::test::gzip;
using vitrine::hub::test::import_all;
using vitrine::hub::test::Imported;
using vitrine::hub::test::TableFolder;

namespace {

TableFolder& full_shop(TableFolder& folder) {
  folder.shop();
  folder.file("prices.csv",
              "zone,sku,currency,list,current,valid_from,valid_to,tax_included\n"
              "uk,85123A,GBP,2.95,2.55,2010-12-01,2011-06-01,true\n"
              "uk,85123A,GBP,2.95,2.9,2011-06-01,,true\n"
              "uk,71053,GBP,4,3.39,,,false\n");
  folder.file("stock.csv.gz", gzip("store,sku,on_hand,aisle,bay,safety,counted_at\n"
                                   "harbour-street,85123A,24,3,B,1,2011-10-24T18:00:00Z\n"
                                   "harbour-street,71053,-2,,,0,2011-10-24\n"));
  folder.file("orders.csv",
              "order,customer,store,channel,placed_at,line,sku,quantity,unit_price,currency\n"
              "536365,17850,harbour-street,web,2010-12-01T08:26:00Z,1,85123A,6,2.55,GBP\n"
              "536365,17850,harbour-street,web,2010-12-01T08:26:00Z,2,71053,1,3.39,GBP\n"
              "536366,,,web,2010-12-01T08:28Z,1,71053,6,0.00,GBP\n");
  folder.file("activity.csv",
              "visitor,at,kind,sku,channel,customer\n"
              "v1,2011-10-24,viewed,85123A,web,\n"
              "v1,2011-10-24,added,85123A,web,17850\n"
              ",2011-10-24,bought,71053,web,17850\n"
              ",2011-10-24,bought,71053,web,17850\n");
  return folder;
}

std::vector<std::string> of_activity(const std::map<std::string, std::string>& bodies) {
  std::vector<std::string> found;
  for (const auto& [name, body] : bodies) {
    if (name.starts_with("activity 17850/") && name.size() == 15 + 32) found.push_back(body);
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

TEST_CASE("golden: each table's rows become exactly these bodies, in these streams") {
  TableFolder folder;
  const Imported got = full_shop(folder).import();
  REQUIRE(got.counts);
  CHECK(got.report.empty());
  std::map<std::string, std::string> bodies = {
      {"content store/harbour-street",
       R"({"currency":"GBP","kind":"store","languages":["en","de"],"name":"Harbour Street","opening_hours":[{"days":[1,2,3,4,5,6],"from":"07:00","to":"22:00"},{"days":[7],"from":"10:00","to":"16:00"}],"store":"harbour-street","time_zone":"Europe/London","zone":"uk"})"},
      {"content departments",
       R"({"departments":[{"id":"candles","name":{"de":"Kerzen","en":"Candles"},"pictogram":"candle","tile":"butter"}],"kind":"departments"})"},
      {"product 85123A",
       R"({"category":["Candles"],"department":"candles","gtins":["4006381333931"],"original_title":"WHITE HANGING HEART T-LIGHT HOLDER","pictogram":"candle","sku":"85123A","status":"active","tile":"butter","title":{"en":"White hanging heart T-light holder"}})"},
      {"product 71053",
       R"({"brand":"Fernby","category":["Candles"],"department":"candles","description":{"en":"Metal, white"},"gtins":[],"pictogram":"lamp","sku":"71053","status":"ended","tile":"butter","title":{"de":"Weiße Metalllaterne","en":"White metal lantern"}})"},
      {"price uk/85123A",
       R"({"currency":"GBP","entries":[{"current":255,"from":1291161600000,"list":295,"to":1306886400000},{"current":290,"from":1306886400000,"list":295}],"sku":"85123A","tax_included":true,"zone":"uk"})"},
      {"price uk/71053",
       R"({"currency":"GBP","entries":[{"current":339,"from":0,"list":400}],"sku":"71053","tax_included":false,"zone":"uk"})"},
      {"stock harbour-street/85123A",
       R"({"aisle":"3","bay":"B","counted_at":1319479200000,"on_hand":24,"reserved":0,"safety":1,"sku":"85123A","store":"harbour-street"})"},
      {"stock harbour-street/71053",
       R"({"counted_at":1319414400000,"on_hand":-2,"reserved":0,"safety":0,"sku":"71053","store":"harbour-street"})"},
      {"customer 17850",
       R"({"country":"GB","customer":"17850","display_name":"Amelia","initial":"R","language":"en","phone_last2":"41"})"},
      {"order 536365",
       R"({"place":{"buyer":{"initial":"R","language":"en","name":"Amelia","phone_last2":"41"},"channel":"web","currency":"GBP","customer":"17850","lines":[{"line":1,"n":6,"sku":"85123A","unit_price":255},{"line":2,"n":1,"sku":"71053","unit_price":339}],"placed_at":1291191960000,"store":"harbour-street"},"state":"placed"})"},
      {"order 536366",
       R"({"place":{"channel":"web","currency":"GBP","lines":[{"line":1,"n":6,"sku":"71053","unit_price":0}],"placed_at":1291192080000},"state":"placed"})"},
  };
  for (const auto& [name, body] : bodies) {
    CAPTURE(name);
    CHECK(got.bodies.at(name) == body);
  }
  // Of nobody known nothing is made, and the same row is the same event.
  const std::vector<std::string> done = of_activity(got.bodies);
  REQUIRE(done.size() == 2);
  CHECK(done[0] + done[1] == R"({"at":1319414400000,"channel":"web","kind":"added","sku":"85123A"})"
                             R"({"at":1319414400000,"channel":"web","kind":"bought","sku":"71053"})");
  CHECK(got.bodies.size() == bodies.size() + done.size());
  CHECK(got.streams.at("content departments") == "content");
  CHECK(got.streams.at("product 71053") == "catalog");
  CHECK(got.streams.at("price uk/71053") == "prices.uk");
  CHECK(got.streams.at("stock harbour-street/71053") == "store.harbour-street");
  CHECK(got.streams.at("order 536365") == "store.harbour-street");
  CHECK(got.streams.at("order 536366").empty());
  CHECK(got.streams.at("customer 17850").empty());
}

TEST_CASE("a store says its region and where it is, where its row does") {
  TableFolder folder;
  folder.shop().file("z/stores.csv",
                     "store,name,zone,currency,time_zone,opening_hours,languages,region,latitude,longitude\n"
                     "quay-square,Quay Square,uk,GBP,Europe/London,,en,south,51.4555,-2.5893\n"
                     "mill-lane,Mill Lane,uk,GBP,Europe/London,,en,,,\n");
  const Imported got = folder.import();
  REQUIRE(got.counts);
  CHECK(got.report.empty());
  CHECK(
      got.bodies.at("content store/quay-square") ==
      R"({"currency":"GBP","kind":"store","languages":["en"],"latitude":51.4555,"longitude":-2.5893,"name":"Quay Square","opening_hours":[],"region":"south","store":"quay-square","time_zone":"Europe/London","zone":"uk"})");
  CHECK(got.bodies.at("content store/mill-lane").find("region") == std::string::npos);
}

TEST_CASE("counts say what was accepted, and a second run that finds all as it was counts all as unchanged") {
  TableFolder folder;
  full_shop(folder);
  std::map<std::string, std::string> held;
  const ImportSink sink = [&](std::span<const ImportDocument> documents) -> Result<std::size_t> {
    std::size_t changed = 0;
    for (const ImportDocument& d : documents)
      changed += std::exchange(held[d.key.collection + d.key.id], d.body) != d.body ? 1 : 0;
    return changed;
  };
  const ImportTableCounts first = import_folders(folder.options(), sink).value().sum();
  CHECK(first.rows_accepted == 17);
  CHECK(first.documents == 14);
  CHECK(first.unchanged == 1);  // a row that stands twice
  const ImportCounts second = import_folders(folder.options(), sink).value();
  CHECK(second.sum().unchanged == 14);
  CHECK(second.tables.at(ImportTable::orders).rows_accepted == 3);
  CHECK(second.tables.at(ImportTable::orders).documents == 2);
}

TEST_CASE("columns may come in any order, and CRLF, a byte order mark and compression change nothing") {
  TableFolder plain, other;
  plain.shop();
  other.shop();
  other.file("departments.csv",
             "\xef\xbb\xbftile,pictogram,name_de,name_en,department\r\nbutter,candle,Kerzen,Candles,candles\r\n");
  std::filesystem::remove(other.path() / "customers.csv");
  other.file("customers.csv.gz", gzip("customer,first_name,initial,language,country,phone_last2\r\n17850,\"Amelia\",R,en,GB,41"));
  CHECK(plain.import().bodies == other.import().bodies);
}

TEST_CASE("every time is shifted by whole days, and only times") {
  TableFolder folder;
  full_shop(folder);
  ImportOptions options = folder.options();
  options.shift_days = 2;
  const Imported later = import_all(options);
  CHECK(later.bodies.at("order 536366").find("1291364880000") != std::string::npos);
  CHECK(later.bodies.at("stock harbour-street/85123A").find("1319652000000") != std::string::npos);
  for (const std::string& body : of_activity(later.bodies)) CHECK(body.find("1319587200000") != std::string::npos);
  // Shifted, it is the same event all the same.
  for (const auto& [name, body] : folder.import().bodies) CHECK(later.bodies.contains(name));
  CHECK(later.bodies.at("price uk/85123A").find("\"to\":1307059200000") != std::string::npos);
  CHECK(later.bodies.at("price uk/71053").find("\"from\":0") != std::string::npos);
  CHECK(later.bodies.at("product 85123A") == folder.import().bodies.at("product 85123A"));
}

TEST_CASE("the shift makes the last day yesterday") {
  const UtcMs now{1'700'000'000'000};  // 2023-11-14T22:13:20Z
  CHECK(shift_days_for("2023-11-13", now).value() == 0);
  CHECK(shift_days_for("2023-11-14", now).value() == -1);
  CHECK(shift_days_for("2011-10-24", now).value() == 4403);
  for (const char* bad : {"", "2011-10", "2011-13-01", "2011-02-29", "24.10.2011", "2011-10-24T00:00:00Z"}) {
    CHECK(shift_days_for(bad, now).error().code == "invalid_date");
  }
}

TEST_CASE("tables may lie in folders within, and in several folders; other names are told") {
  TableFolder folder, second;
  folder.shop().file("more/products.csv",
                     "sku,gtins,title_en,title_de,original_title,department,pictogram,tile,brand,description_en,status\n"
                     "F1,,Honey,,,candles,honey,butter,,,active\n");
  folder.file("product.csv", "x\n").file("notes.txt", "x\n").file("more/lists.csv", "x\n");
  CHECK(folder.import().bodies.contains("product F1"));
  CHECK(folder.import().report == "product.csv: left out, the name is no table's\n");
  ImportOptions inner_too = folder.options();
  inner_too.folders.push_back(folder.path() / "more");
  CHECK(import_all(inner_too).counts->sum().rows_refused == 0);
  CHECK(import_all(inner_too).bodies == folder.import().bodies);
  second.file("products.csv",
              "sku,gtins,title_en,title_de,original_title,department,pictogram,tile,brand,description_en,status\n"
              "F1,,Honey,,,candles,honey,butter,,,active\n");
  ImportOptions both = folder.options();
  both.folders.push_back(second.path());
  const Imported got = import_all(both);
  CHECK(got.refusal() == second.path().string() + "/products.csv:2: sku F1 was already given at " + folder.path().string() +
                             "/more/products.csv:2");
}

TEST_CASE("batches are as long as asked for, never mix tables, and an error of the sink ends the import") {
  TableFolder folder;
  full_shop(folder);
  ImportOptions options = folder.options();
  options.batch_documents = 2;
  CHECK(import_all(options).batches == std::vector<std::size_t>{1, 1, 2, 2, 2, 1, 2, 2, 1});
  int calls = 0;
  const ImportSink full = [&](std::span<const ImportDocument>) -> Result<std::size_t> {
    if (++calls == 2) return fail("disk_full", "no space");
    return 1;
  };
  const auto stopped = import_folders(options, full);
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == "disk_full");
  CHECK(calls == 2);
}

TEST_CASE("rows may refer to what was imported before") {
  TableFolder folder;
  folder.file("stock.csv", "store,sku,on_hand,aisle,bay,safety,counted_at\nharbour-street,85123A,24,3,B,0,2011-10-24\n");
  CHECK(folder.import().refusal() == "stock.csv:2: store harbour-street is in no stores table");
  const ImportKnown known = [](const sync::DocumentKey& key) {
    return key == sync::DocumentKey{"content", "store/harbour-street"} || key == sync::DocumentKey{"product", "85123A"};
  };
  CHECK(import_all(folder.options(), known).counts.value().sum().documents == 1);
}

TEST_CASE("progress ends with every byte read") {
  TableFolder folder;
  full_shop(folder);
  std::vector<ImportProgress> seen;
  const ImportSink sink = [](std::span<const ImportDocument>) -> Result<std::size_t> { return 0; };
  REQUIRE(import_folders(folder.options(), sink, {}, [&](const ImportProgress& p) { seen.push_back(p); }));
  REQUIRE_FALSE(seen.empty());
  CHECK(seen.back().bytes_done == seen.back().bytes_total);
  CHECK(seen.back().table == ImportTable::activity);
  CHECK(seen.back().rows == 4);
  for (std::size_t i = 1; i < seen.size(); ++i) CHECK(seen[i - 1].bytes_done <= seen[i].bytes_done);
}

TEST_CASE("nothing to import is an error") {
  TableFolder folder;
  CHECK(folder.import().counts.error().code == "import_no_tables");
  ImportOptions missing;
  missing.folders = {folder.path() / "none"};
  CHECK(import_all(missing).counts.error().code == "import_folder");
}
