// SPDX-License-Identifier: Apache-2.0
// Statements: sql/search_index.sql.
#include "edge/database/word_lists.hpp"

#include <algorithm>
#include <optional>

#include "edge/database/postings.hpp"
#include "edge/database/search_words.hpp"

namespace vitrine::edge::database {

namespace {

void collect(std::string_view words, bool in_title, std::vector<EntryWord>& into) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find_first_of(" \n"), words.size());
    if (end > 0) into.emplace_back(words.substr(0, end), in_title);
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

std::int64_t word_number(Connection& search, const std::string& word) {
  {
    Statement found = search.statement("word_number");
    if (found.text(word).step()) return found.integer_at(0);
  }
  Statement add = search.statement("add_word");
  return add.text(word).text(stem_of(word)).step() ? add.integer_at(0) : 0;
}

struct Piece {
  std::uint32_t key = 0;  // its first number as it is stored
  std::vector<std::uint32_t> numbers;
};

std::optional<Piece> piece_at(Connection& search, std::string_view statement, std::int64_t word, std::uint32_t posting) {
  Statement row = search.statement(statement);
  if (!row.integer(word).integer(posting).step()) return std::nullopt;
  Piece piece;
  piece.key = static_cast<std::uint32_t>(row.integer_at(0));
  for_each_posting(piece.key, row.blob_at(1), [&](std::uint32_t number) { piece.numbers.push_back(number); });
  return piece;
}

void write(Connection& search, std::int64_t word, const std::uint32_t* numbers, std::size_t count) {
  const std::string others = posting_bytes(numbers, count);
  search.statement("put_posting").integer(word).integer(numbers[0]).blob(others.data(), others.size()).run();
}

void change_posting(Connection& search, const std::string& text, std::uint32_t posting, bool add) {
  const std::int64_t word = word_number(search, text);
  std::optional<Piece> piece = piece_at(search, "posting_before", word, posting);
  if (!piece && add) piece = piece_at(search, "posting_after", word, posting);
  if (!piece) piece = Piece{posting, {}};
  auto& numbers = piece->numbers;
  const auto place = std::ranges::lower_bound(numbers, posting);
  const bool there = place != numbers.end() && *place == posting;
  if (there == add) return;
  if (add) {
    numbers.insert(place, posting);
  } else {
    numbers.erase(place);
  }
  if (numbers.empty() || numbers.front() != piece->key)
    search.statement("remove_posting").integer(word).integer(piece->key).run();
  if (!numbers.empty()) {
    const std::size_t half = numbers.size() > 2 * posting_piece_max ? numbers.size() / 2 : numbers.size();
    write(search, word, numbers.data(), half);
    if (half < numbers.size()) write(search, word, numbers.data() + half, numbers.size() - half);
  }
  search.statement("count_documents").integer(add ? 1 : -1).integer(word).run();
}

}  // namespace

std::vector<EntryWord> entry_words(std::string_view title, std::string_view more) {
  std::vector<EntryWord> words;
  collect(title, true, words);
  collect(more, false, words);
  std::ranges::sort(
      words, [](const EntryWord& a, const EntryWord& b) { return a.first != b.first ? a.first < b.first : a.second > b.second; });
  const auto [from, to] = std::ranges::unique(words, {}, &EntryWord::first);
  words.erase(from, to);
  return words;
}

void WordListBuild::add(std::uint32_t number, const std::vector<EntryWord>& words) {
  for (const auto& [word, in_title] : words) {
    List& list = lists_[word];
    if (list.word == 0) list.word = static_cast<std::int64_t>(lists_.size());
    const std::uint32_t posting = posting_of(number, in_title);
    if (list.in_piece == 0) {
      list.first = posting;
    } else {
      append_difference(list.others, posting - list.last);
    }
    list.last = posting;
    ++list.documents;
    if (++list.in_piece == posting_piece_max) write_piece(list);
  }
}

void WordListBuild::write_piece(List& list) {
  search_.statement("put_posting").integer(list.word).integer(list.first).blob(list.others.data(), list.others.size()).run();
  list.others.clear();
  list.in_piece = 0;
}

void WordListBuild::finish() {
  std::vector<std::pair<std::int64_t, const std::string*>> order;  // the database gets its rows in order of their keys
  order.reserve(lists_.size());
  for (const auto& [word, list] : lists_) order.emplace_back(list.word, &word);
  std::ranges::sort(order);
  for (const auto& [number, word] : order) {
    List& list = lists_.at(*word);
    if (list.in_piece > 0) write_piece(list);
    search_.statement("put_word").integer(number).text(*word).text(stem_of(*word)).integer(list.documents).run();
  }
  lists_.clear();
}

void change_words(Connection& search, std::uint32_t number, const std::vector<EntryWord>& before,
                  const std::vector<EntryWord>& after) {
  std::vector<EntryWord> gone;
  std::vector<EntryWord> came;
  std::ranges::set_difference(before, after, std::back_inserter(gone));
  std::ranges::set_difference(after, before, std::back_inserter(came));
  for (const auto& [word, in_title] : gone) change_posting(search, word, posting_of(number, in_title), false);
  for (const auto& [word, in_title] : came) change_posting(search, word, posting_of(number, in_title), true);
}

}  // namespace vitrine::edge::database
