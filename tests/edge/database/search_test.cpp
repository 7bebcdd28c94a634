// SPDX-License-Identifier: Apache-2.0
// The search index follows the base: built after the fill, kept up by the journal, thrown away and built again.
#include "edge/database/search_index.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "edge/database/replica.hpp"
#include "edge/database/search_reader.hpp"
#include "tests/edge/scratch_folder.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using edge::ScratchFolder;
using edge::database::SearchReader;
using edge::database::SearchWriter;
using edge::database::SqliteReplica;

namespace {

const StreamName catalog{"catalog"};

void put(SqliteReplica& replica, const std::string& sku, const std::string& title, const std::string& gtin = "",
         const std::string& status = "active") {
  replica.put_base(catalog, {{"product", sku},
                             {{1, 1}, {}},
                             R"({"sku":")" + sku + R"(","gtins":[)" + (gtin.empty() ? "" : "\"" + gtin + "\"") +
                                 R"(],"title":{"en":")" + title + R"("},"department":"candles","status":")" + status + "\"}",
                             false});
}

struct Shop {
  ScratchFolder folder;
  std::string store = folder / "store.db";
  std::string search = folder / "search.db";
  UtcMs now{1'000'000};
  SqliteReplica replica{edge::database::open_store_database(store).value(), catalog};

  void filled() {
    replica.begin();
    put(replica, "22423", "Regency cakestand 3 tier", "5012345678900");
    put(replica, "85123A", "White hanging heart t-light holder");
    put(replica, "47566", "Party bunting");
    put(replica, "21034", "Heart of wicker, small");
    put(replica, "84879", "Café crème jug");
    put(replica, "20725", "Straßenlaterne");
    put(replica, "99999", "Heart ended long ago", "", "ended");
    replica.put_stream({catalog, true, {}, std::nullopt, {}});
    REQUIRE_FALSE(replica.commit().has_value());
  }
  SearchWriter::Progress catch_up() {
    auto writer = SearchWriter::open(search, store, {StoreId{"harbour-street"}, "uk"});
    REQUIRE(writer.has_value());
    auto progress = (*writer)->catch_up(now);
    REQUIRE_MESSAGE(progress.has_value(), (progress ? "" : progress.error().message));
    return *progress;
  }
  std::vector<std::string> find(const std::string& query, std::size_t limit = 10) {
    auto reader = SearchReader::open(search);
    REQUIRE(reader.has_value());
    edge::database::SearchQuestion question;
    question.query = query;
    question.limit = limit;
    auto found = (*reader)->find(question);
    REQUIRE_MESSAGE(found.has_value(), (found ? "" : found.error().message));
    std::vector<std::string> skus;
    for (const Sku& sku : found->skus) skus.push_back(sku.text);
    return skus;
  }
};

using Skus = std::vector<std::string>;

}  // namespace

TEST_CASE("words are found as typed, whole words first, ended products never") {
  Shop shop;
  shop.filled();
  CHECK(shop.catch_up().built);
  CHECK(shop.find("heart") == Skus{"21034", "85123A"});
  CHECK(shop.find("HEA") == Skus{"21034", "85123A"});
  CHECK(shop.find("heart holder") == Skus{"85123A"});
  CHECK(shop.find("heart zebra").empty());
  CHECK(shop.find("heart holder zebra") == Skus{"85123A"});  // of three words, one may be strange
  CHECK(shop.find("heart h") == Skus{"21034", "85123A"});
  CHECK(shop.find("heart ho") == Skus{"85123A"});
  CHECK(shop.find("heart z").empty());
  CHECK(shop.find("cafe") == Skus{"84879"});
  CHECK(shop.find("créme") == Skus{"84879"});
  CHECK(shop.find("strassenl") == Skus{"20725"});
  CHECK(shop.find("straße") == Skus{"20725"});
  CHECK(shop.find("22423") == Skus{"22423"});
  CHECK(shop.find("candles").size() == 6);
  CHECK(shop.find("p") == Skus{"47566"});
  CHECK(shop.find("h", 2) == Skus{"21034", "85123A"});
  CHECK(shop.find("").empty());
  CHECK(shop.find("\"*( OR ^-").empty());
  CHECK(shop.find("heart OR bunting").empty());
}

TEST_CASE("a barcode finds its product, in whatever form it is read") {
  Shop shop;
  shop.filled();
  shop.catch_up();
  auto reader = SearchReader::open(shop.search);
  REQUIRE(reader.has_value());
  CHECK((*reader)->by_gtin(*Gtin::parse("5012345678900")).value() == Sku{"22423"});
  CHECK((*reader)->by_gtin(*Gtin::parse("05012345678900")).value() == Sku{"22423"});
  CHECK_FALSE((*reader)->by_gtin(*Gtin::parse("4006381333931")).value().has_value());
  for (const char* text :
       {"5012345678900", "05012345678900", "(01)05012345678900", "]C10105012345678900", "https://id.gs1.org/01/05012345678900"}) {
    CHECK(shop.find(text) == Skus{"22423"});
  }
  CHECK(shop.find("5012345678901").empty());
}

TEST_CASE("changes reach the index, and the journal says how far it is") {
  Shop shop;
  shop.filled();
  shop.catch_up();
  shop.replica.begin();
  put(shop.replica, "47566", "Spotty garland", "5099999999995");
  put(shop.replica, "10001", "Heart shaped box");
  shop.replica.put_base(catalog, {{"product", "21034"}, {{1, 2}, {}}, std::nullopt, true});
  put(shop.replica, "84879", "Café crème jug", "", "ended");
  REQUIRE_FALSE(shop.replica.commit().has_value());

  const auto progress = shop.catch_up();
  CHECK_FALSE(progress.built);
  CHECK(progress.changes == 4);
  CHECK(progress.journal_n == 4);
  CHECK(shop.find("bunting").empty());
  CHECK(shop.find("garland") == Skus{"47566"});
  CHECK(shop.find("heart") == Skus{"10001", "85123A"});
  CHECK(shop.find("creme").empty());
  CHECK(SearchReader::open(shop.search).value()->by_gtin(*Gtin::parse("5099999999995")).value() == Sku{"47566"});

  shop.replica.begin();
  shop.replica.clear_search_journal(progress.journal_n);
  put(shop.replica, "10002", "Heart shaped tin");
  REQUIRE_FALSE(shop.replica.commit().has_value());
  const auto next = shop.catch_up();
  CHECK(next.changes == 1);
  CHECK(next.journal_n == 5);
  CHECK(shop.find("tin") == Skus{"10002"});
}

TEST_CASE("a lost or damaged index is built again") {
  Shop shop;
  shop.filled();
  shop.catch_up();
  SUBCASE("lost") { std::filesystem::remove(shop.search); }
  SUBCASE("damaged") {
    std::filesystem::remove(shop.search + "-wal");
    std::ofstream(shop.search, std::ios::binary | std::ios::trunc) << std::string(20000, 'x');
  }
  CHECK(shop.catch_up().built);
  CHECK(shop.find("heart").size() == 2);
}
