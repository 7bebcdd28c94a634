// SPDX-License-Identifier: Apache-2.0
// Folding, stems and mistakes, word by word.
#include "edge/database/search_words.hpp"

#include <doctest/doctest.h>

using namespace vitrine::edge::database;

namespace {

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("words without marks, in lower case, whatever stands between them") {
  CHECK(search_words("Café CRÈME, jug!").words == Words{"cafe", "creme", "jug"});
  CHECK(search_words("Straßenlaterne Łódź søt Œuvre").words == Words{"strassenlaterne", "lodz", "sot", "oeuvre"});
  CHECK(search_words("Children's T-light holder").words == Words{"childrens", "t", "light", "holder"});
  CHECK(search_words("Children’s T-light holder").spelled == Words{"tlight"});
  CHECK(search_words("Käse").words == Words{"kase"});
  CHECK(search_words("Käse").spelled == Words{"kaese"});
  CHECK(search_words("").words.empty());
  CHECK(search_words(" -'.,;\"*()\t ").words.empty());
  CHECK(search_words("\xff\xfe broken").words.back() == "broken");
}

TEST_CASE("Chinese and Japanese runs are pairs; katakana is hiragana") {
  CHECK(search_words("赤い時計").words == Words{"赤い", "い時", "時計"});
  CHECK(search_words("バッグ").words == search_words("ばっぐ").words);
  CHECK(search_words("ﾊﾞｯｸﾞ").words == search_words("バッグ").words);
  CHECK(search_words("星 set").words == Words{"星", "set"});
}

TEST_CASE("singular and plural have one stem") {
  const auto one = [](const char* a, const char* b) { return stem_of(a) == stem_of(b); };
  for (const auto& [a, b] : {std::pair("candle", "candles"),
                             {"box", "boxes"},
                             {"glass", "glasses"},
                             {"dish", "dishes"},
                             {"bunny", "bunnies"},
                             {"shelf", "shelves"},
                             {"child", "children"},
                             {"mouse", "mice"},
                             {"kerze", "kerzen"},
                             {"teller", "tellern"},
                             {"tasse", "tassen"},
                             {"swieca", "swiece"},
                             {"vela", "velas"},
                             {"gateau", "gateaux"},
                             {"kissen", "kissens"}}) {
    CHECK_MESSAGE(one(a, b), a);
  }
  for (const auto& [a, b] : {std::pair("heart", "hat"), {"card", "care"}, {"glass", "glad"}, {"bus", "bun"}, {"red", "reds2"}})
    CHECK_FALSE_MESSAGE(one(a, b), a);
  CHECK(stem_of("85123a") == "85123a");
  CHECK(stem_of("as") == "as");
  CHECK(stem_of("") == "");
}

TEST_CASE("one mistake and no more") {
  for (const char* typed :
       {"candle", "candl", "andle", "cand1le", "ccandle", "candles", "xandle", "candlx", "acndle", "canlde", "candel"}) {
    CHECK_MESSAGE(within_one_mistake(typed, "candle"), typed);
    CHECK_MESSAGE(within_one_mistake("candle", typed), typed);
  }
  for (const char* typed : {"cand", "candless", "xandlx", "ancdel", "eldnac", ""})
    CHECK_FALSE_MESSAGE(within_one_mistake(typed, "candle"), typed);
}

TEST_CASE("numbers without what stands between their parts") {
  CHECK(folded_code("AB-12/c") == "ab12c");
  CHECK(folded_code("85123A") == "85123a");
}
