// SPDX-License-Identifier: Apache-2.0
// A mistake in the second half of a word leaves the first half: its words are compared one by one. One in the first half is
// undone in every way that there is, and each is looked up.
#include "edge/database/search_terms.hpp"

#include <algorithm>
#include <set>

#include "edge/database/search_words.hpp"

namespace vitrine::edge::database {

namespace {

constexpr std::size_t short_words_max = 12;     // the most frequent words that one or two letters begin
constexpr std::size_t synonym_letters_min = 4;  // from here on the beginning of a word brings its synonyms
constexpr std::size_t meant_max = 24;           // words that are remembered to judge titles
constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz";

// Beginnings end here: above every character that a word has.
std::string end_of(const std::string& beginning) { return beginning + "\xf4\x8f\xbf\xbf"; }

// The word with one mistake before place `half` undone.
std::set<std::string> undone(const std::string& word, std::size_t half) {
  std::set<std::string> out;
  for (std::size_t i = 0; i < half; ++i) {
    std::string other = word;
    out.insert(other.erase(i, 1));
    other = word;
    std::swap(other[i], other[i + 1]);
    out.insert(other);
    for (const char letter : alphabet) {
      other = word;
      other[i] = letter;
      out.insert(other);
      other = word;
      out.insert(other.insert(i, 1, letter));
    }
  }
  out.erase(word);
  return out;
}

// Whether what is typed so far may be the beginning of the word.
bool begins_mistaken(const std::string& typed, std::string_view word) {
  for (std::size_t size = typed.size() - 1; size <= typed.size() + 1; ++size) {
    if (size <= word.size() && within_one_mistake(typed, word.substr(0, size))) return true;
  }
  return false;
}

}  // namespace

std::size_t letters_in(std::string_view word) {
  return static_cast<std::size_t>(
      std::ranges::count_if(word, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; }));
}

// Words that were taken before keep their better meaning: mark_word takes the best.
void Terms::take(Term& term, std::string_view statement, std::string_view text, int quality, bool say) {
  Statement row = search_.statement(statement);
  row.text(text);
  while (row.step()) {
    term.words.emplace_back(row.integer_at(0), quality);
    if (say && term.meant.size() < meant_max) term.meant.emplace_back(row.text_at(1));
  }
}

void Terms::take_between(Term& term, const std::string& beginning, int quality) {
  Statement row = search_.statement("words_between");
  row.text(beginning).text(end_of(beginning));
  while (row.step()) {
    term.words.emplace_back(row.integer_at(0), quality);
    if (quality == meaning::mistaken && term.meant.size() < meant_max) term.meant.emplace_back(row.text_at(1));
  }
}

void Terms::take_synonyms(Term& term, bool is_last) {
  std::set<std::string> targets;
  {
    Statement row = search_.statement("aliases");
    row.text(term.stem);
    while (row.step()) targets.emplace(row.text_at(0));
  }
  if (is_last && letters_in(term.text) >= synonym_letters_min) {
    Statement row = search_.statement("aliases_between");
    row.text(term.text).text(end_of(term.text));
    while (row.step()) targets.emplace(row.text_at(0));
  }
  for (const std::string& target : targets) {
    if (target.starts_with('#')) {
      take(term, "word", target, meaning::department);
    } else {
      take(term, "words_of_stem", target, meaning::synonym, true);
    }
  }
}

Term Terms::meant_by(const std::string& word, bool is_last) {
  Term term;
  term.text = word;
  term.stem = stem_of(word);
  take(term, "word", word, meaning::exact);
  if (is_last && letters_in(word) <= 2) {
    term.is_short = true;
    Statement row = search_.statement(letters_in(word) == 1 ? "words_of_letter" : "words_of_letters");
    row.text(word).unsigned_integer(short_words_max);
    while (row.step()) term.words.emplace_back(row.integer_at(0), meaning::beginning);
    return term;
  }
  take(term, "words_of_stem", term.stem, meaning::stem);
  take(term, "word", "#" + word, meaning::department);
  take_synonyms(term, is_last);
  if (is_last || term.words.empty()) take_between(term, word, meaning::beginning);
  return term;
}

bool Terms::forgive(Term& term, bool is_last, std::size_t letters_min) {
  const std::size_t before = term.words.size();
  const std::string& typed = term.text;
  const bool has_digit = std::ranges::any_of(typed, [](char c) { return c >= '0' && c <= '9'; });
  const bool is_ascii = std::ranges::all_of(typed, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (typed.size() < letters_min || has_digit || !is_ascii) return false;
  const std::size_t half = typed.size() / 2;
  {
    const std::string beginning = typed.substr(0, half);
    Statement row = search_.statement("words_between");
    row.text(beginning).text(end_of(beginning));
    while (row.step()) {
      const std::string_view word = row.text_at(1);
      if (word.size() + 1 < typed.size() || word == typed) continue;
      if (!(is_last ? begins_mistaken(typed, word)
                    : within_one_mistake(typed, word) || within_one_mistake(term.stem, stem_of(word))))
        continue;
      term.words.emplace_back(row.integer_at(0), meaning::mistaken);
      if (term.meant.size() < meant_max) term.meant.emplace_back(word);
    }
  }
  for (const std::string& other : undone(typed, half)) {
    take(term, "words_of_stem", stem_of(other), meaning::mistaken, true);
    if (is_last) take_between(term, other, meaning::mistaken);
  }
  return term.words.size() > before;
}

}  // namespace vitrine::edge::database
