// SPDX-License-Identifier: Apache-2.0
// From a word as typed to the words of the index that it may mean, and how sure that is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "edge/database/sql_book.hpp"

namespace vitrine::edge::database {

// How much a way of meaning a word is worth; twice this is the score of a hit in a title.
namespace meaning {
inline constexpr int exact = 10, stem = 8, synonym = 6, beginning = 5, department = 3, mistaken = 3;
}

struct Term {
  std::string text;
  std::string stem;
  std::vector<std::pair<std::int64_t, int>> words;  // number in the index, meaning
  std::vector<std::string> meant;                   // words that stand for it in titles, when it was mistaken or has synonyms
  bool is_short = false;                            // words: only the most frequent ones that begin so
  std::size_t pieces = 1'000'000;                   // of each list that is read
};

class Terms {
 public:
  explicit Terms(Connection& search) : search_(search) {}

  // `is_last`: people may not be through with it.
  Term meant_by(const std::string& word, bool is_last);
  // Adds what it means if one letter of it is wrong; true: there is something. Shorter words are left as they are.
  bool forgive(Term& term, bool is_last, std::size_t letters_min);

 private:
  void take(Term& term, std::string_view statement, std::string_view text, int quality, bool say = false);
  void take_between(Term& term, const std::string& beginning, int quality);
  void take_synonyms(Term& term, bool is_last);

  Connection& search_;
};

// Characters, not bytes.
std::size_t letters_in(std::string_view word);

}  // namespace vitrine::edge::database
