// SPDX-License-Identifier: Apache-2.0
// Questions to the search index: which candidates, in which order.
#include <algorithm>
#include <set>

#include "edge/database/search_index.hpp"

namespace vitrine::edge::database {

namespace {

constexpr std::int64_t reader_cache_kib = 1024;

// U+00C0 … U+00FF without their marks; ' ' where the letter stays as it is.
constexpr std::string_view latin = "aaaaaa ceeeeiiii nooooo  uuuuy  aaaaaa ceeeeiiii nooooo  uuuuy y";

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

// How well a title answers the words: a whole word is worth more than its beginning, the first word more than a later one.
int score_of(const std::vector<std::string>& title, const std::vector<std::string>& asked) {
  int score = 0;
  for (const std::string& word : asked) {
    int best = 0;
    for (std::size_t i = 0; i < title.size(); ++i) {
      if (!title[i].starts_with(word)) continue;
      best = std::max(best, (title[i].size() == word.size() ? 40 : 20) + (i == 0 ? 15 : 0));
    }
    score += best;
  }
  return score - static_cast<int>(std::min<std::size_t>(title.size(), 10));
}

// The words as FTS5 takes them literally.
std::string quoted(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "\"" : " \"") + word + "\"";
  return text;
}

bool has_word(std::string_view title, std::string_view beginning) {
  return std::ranges::any_of(search_words(title), [&](const std::string& word) { return word.starts_with(beginning); });
}

}  // namespace

std::vector<std::string> search_words(std::string_view text) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!is_word_byte(c)) {
      if (!words.back().empty()) words.emplace_back();
      continue;
    }
    const bool two_bytes = c == '\xc3' && i + 1 < text.size();
    const auto second = two_bytes ? static_cast<unsigned char>(text[i + 1]) : 0U;
    if (two_bytes && second == 0x9f) {  // ß
      words.back() += "ss";
      ++i;
    } else if (two_bytes && second >= 0x80 && second <= 0xbf && latin[second - 0x80] != ' ') {
      words.back() += latin[second - 0x80];
      ++i;
    } else {
      words.back() += (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

Result<std::unique_ptr<SearchReader>> SearchReader::open(const std::string& search_path) {
  auto search = Connection::open(search_path, sql_book(), {Connection::Use::read, reader_cache_kib, true});
  if (!search) return std::unexpected(search.error());
  return std::unique_ptr<SearchReader>(new SearchReader(std::move(*search)));
}

void SearchReader::collect(const std::string& match, std::size_t limit, std::vector<Candidate>& into) {
  Statement row = search_->statement("find_words");
  row.text(match).unsigned_integer(limit);
  while (row.step()) into.push_back({std::string(row.text_at(0)), std::string(row.text_at(1)), 0});
}

Result<std::vector<sync::Sku>> SearchReader::find(std::string_view query, std::size_t limit) {
  std::vector<std::string> words = search_words(query);
  if (words.size() > search_query_words_max) words.resize(search_query_words_max);
  if (words.empty() || limit == 0) return std::vector<sync::Sku>{};
  const std::string whole = quoted(words);
  std::size_t longest = 0;
  for (const std::string& word : words) longest = std::max(longest, word.size());

  std::vector<Candidate> found;
  if (longest <= 2) {
    collect(whole + "*", limit, found);  // in title order; ranking these costs more than a frame
  } else {
    if (words.size() > 1 && words.back().size() <= 2) {
      // The list of everything that begins with one letter is long: it is looked for in what the other words found.
      collect(quoted({words.begin(), words.end() - 1}), search_candidates_max, found);
      std::erase_if(found, [&](const Candidate& candidate) { return !has_word(candidate.title, words.back()); });
    } else {
      collect(whole, search_candidates_max, found);
    }
    if (words.back().size() > 2 || found.empty()) collect(whole + "*", search_candidates_max, found);
    for (Candidate& candidate : found) {
      for (std::string_view rest = candidate.title; !rest.empty();) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        candidate.score = std::max(candidate.score, score_of(search_words(rest.substr(0, end)), words));
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
    std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  }
  if (auto failed = search_->take_failure()) return std::unexpected(*failed);

  std::vector<sync::Sku> skus;
  std::set<std::string_view> seen;
  for (const Candidate& candidate : found) {
    if (skus.size() == limit) break;
    if (seen.insert(candidate.sku).second) skus.emplace_back(candidate.sku);
  }
  return skus;
}

Result<std::optional<sync::Sku>> SearchReader::by_gtin(std::string_view gtin) {
  std::string digits(gtin);
  if (digits.size() < 8 || digits.size() > 14 || digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  if (digits.size() == 14 && digits.front() == '0') digits.erase(0, 1);
  if (digits.size() < 13) digits.insert(0, 13 - digits.size(), '0');
  std::optional<sync::Sku> sku;
  {
    Statement row = search_->statement("find_gtin");
    if (row.text(digits).step()) sku = sync::Sku{std::string(row.text_at(0))};
  }
  if (auto failed = search_->take_failure()) return std::unexpected(*failed);
  return sku;
}

}  // namespace vitrine::edge::database
