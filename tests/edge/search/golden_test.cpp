// SPDX-License-Identifier: Apache-2.0
// What people type finds what they want: golden_queries.csv (made by make_golden.py from real titles), hit rates by class.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <vector>

#include "edge/database/projections/reader.hpp"
#include "edge/database/search_words.hpp"
#include "tests/edge/search/demo_shop.hpp"

using namespace vitrine;
using namespace vitrine::edge;

namespace {

struct Golden {
  std::string kind, query, sku;
  std::vector<std::string> words;
};

std::vector<Golden> read_golden() {
  std::ifstream file("tests/edge/search/golden_queries.csv");
  std::vector<Golden> all;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream row(line);
    Golden one;
    std::string words;
    std::getline(row, one.kind, ',');
    std::getline(row, one.query, ',');
    std::getline(row, one.sku, ',');
    std::getline(row, words);
    std::istringstream in(words);
    for (std::string word; in >> word;) one.words.push_back(word);
    all.push_back(std::move(one));
  }
  return all;
}

struct Rate {
  int asked = 0;
  int found = 0;
};

bool holds_all(const std::string& title, const std::vector<std::string>& words) {
  const database::SearchWords folded = database::search_words(title);
  return std::ranges::all_of(words, [&](const std::string& word) {
    return std::ranges::any_of(folded.words,
                               [&](const std::string& have) { return database::stem_of(have) == database::stem_of(word); });
  });
}

}  // namespace

TEST_CASE("at least 95 of 100 golden queries have what is wanted among their first ten hits") {
  const std::vector<Golden> golden = read_golden();
  CHECK(golden.size() >= 300);
  DemoShop shop;
  auto reader = database::Reader::open(shop.store_file);
  REQUIRE(reader.has_value());
  std::map<std::string, Rate> rates;
  Rate all;
  for (const Golden& one : golden) {
    const database::SearchAnswer answer = shop.find(one.query);
    bool found = false;
    if (one.words.empty()) {
      found = std::ranges::find(answer.skus, sync::Sku{one.sku}) != answer.skus.end();
    } else {
      found = !answer.skus.empty();
      for (std::size_t i = 0; i < std::min<std::size_t>(3, answer.skus.size()); ++i) {
        const auto product = (*reader)->product(answer.skus[i]);
        found = found && product && holds_all(product->title.front().second, one.words);
      }
    }
    for (Rate* rate : {&all, &rates[one.kind]}) {
      ++rate->asked;
      rate->found += found ? 1 : 0;
    }
    if (!found) std::printf("  not found: %s \"%s\" wants %s\n", one.kind.c_str(), one.query.c_str(), one.sku.c_str());
  }
  for (const auto& [kind, rate] : rates) {
    std::printf("%-10s %3d of %3d\n", kind.c_str(), rate.found, rate.asked);
    CHECK_MESSAGE(100 * rate.found >= 85 * rate.asked, kind);
  }
  std::printf("first-ten hit rate: %.1f %% of %d\n", 100.0 * all.found / all.asked, all.asked);
  CHECK(100 * all.found >= 95 * all.asked);
}
