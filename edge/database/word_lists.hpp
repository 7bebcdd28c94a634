// SPDX-License-Identifier: Apache-2.0
// Words of search.db and who has them: all of them written at once, or changed one by one. Postings as search/0002_words.sql has
// them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "edge/database/sql_book.hpp"

namespace vitrine::edge::database {

// A word of an entry, and whether its title has it.
using EntryWord = std::pair<std::string, bool>;
// Of a title (languages apart at line breaks) and further words; each word once, in order of words.
std::vector<EntryWord> entry_words(std::string_view title, std::string_view more);

inline std::uint32_t posting_of(std::uint32_t number, bool in_title) { return 2 * number + (in_title ? 0 : 1); }

// For a build: entries in rising order of their numbers, then finish() once. Whole pieces go to the database as they fill.
class WordListBuild {
 public:
  explicit WordListBuild(Connection& search) : search_(search) {}
  void add(std::uint32_t number, const std::vector<EntryWord>& words);
  void finish();

 private:
  struct List {
    std::int64_t word = 0;
    std::uint32_t first = 0, last = 0;
    std::uint32_t in_piece = 0, documents = 0;
    std::string others;
  };
  void write_piece(List& list);

  Connection& search_;
  std::unordered_map<std::string, List> lists_;
};

// For a change: the words that came and went.
void change_words(Connection& search, std::uint32_t number, const std::vector<EntryWord>& before,
                  const std::vector<EntryWord>& after);

}  // namespace vitrine::edge::database
