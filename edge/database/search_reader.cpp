// SPDX-License-Identifier: Apache-2.0
// A question in four steps: which words are meant, who has all of them, which of those are wanted, and the order of the best.
// What the steps are is told in docs/SEARCH.md. Statements: sql/search_reader.sql.
#include "edge/database/search_reader.hpp"

#include <algorithm>

#include "edge/database/postings.hpp"
#include "edge/database/search_terms.hpp"
#include "edge/database/search_words.hpp"
#include "sync/model/gs1.hpp"

namespace vitrine::edge::database {

namespace {

constexpr std::int64_t reader_cache_kib = 1024;
constexpr std::size_t few = 3;                   // hits; with fewer, a typing mistake is looked for
constexpr std::size_t forgiven_letters_min = 4;  // in shorter words a mistake makes another word
constexpr std::size_t doubted_letters_min = 6;   // the same for words that do occur
constexpr std::size_t short_letters = 2;         // a beginning of up to this many is answered by the most frequent words
constexpr std::size_t short_pieces = 4;          // of each of them
constexpr std::size_t code_letters_min = 3;      // from here on a number that begins so is a hit
constexpr std::size_t code_hits_max = 50;

constexpr std::uint16_t score_of_code = 200;
constexpr std::uint16_t score_of_code_beginning = 12;

// How well a title answers the words: a whole word is worth more than its beginning, the first word more than a later one.
int title_score(const std::vector<std::string_view>& title, const std::vector<Term>& terms, std::string_view short_last) {
  int score = 0;
  std::size_t after = SIZE_MAX;  // where the last word was found, plus one
  const auto take = [&](std::string_view asked, std::string_view stem, const std::vector<std::string>& meant) {
    int best = 0;
    std::size_t place = SIZE_MAX;
    for (std::size_t i = 0; i < title.size(); ++i) {
      int fits = 0;
      if (title[i] == asked) {
        fits = 40;
      } else if (!stem.empty() && stem_of(title[i]) == stem) {
        fits = 34;
      } else if (title[i].starts_with(asked)) {
        fits = 20 + static_cast<int>(8 * asked.size() / title[i].size());
      } else if (std::ranges::find(meant, title[i]) != meant.end()) {
        fits = 22;
      }
      if (fits == 0) continue;
      fits += i == 0 ? 15 : i == after ? 10 : 0;
      if (fits > best) {
        best = fits;
        place = i;
      }
    }
    score += best;
    after = place == SIZE_MAX ? SIZE_MAX : place + 1;
    return best >= 34;
  };
  bool all_whole = true;
  for (const Term& term : terms) all_whole = take(term.text, term.stem, term.meant) && all_whole;
  const std::size_t asked = terms.size() + (short_last.empty() ? 0 : 1);
  if (!short_last.empty()) all_whole = take(short_last, {}, {}) && all_whole;
  if (all_whole && title.size() == asked) score += 30;  // the title and nothing else
  return score - static_cast<int>(std::min<std::size_t>(title.size(), 10));
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

template <class Take>
void for_each_line(std::string_view text, const Take& take) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    take(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

struct SearchReader::Candidate {
  std::uint32_t number = 0;
  int score = 0;
  std::string sku;
  std::string title;
};

Result<std::unique_ptr<SearchReader>> SearchReader::open(const std::string& search_path) {
  auto search = Connection::open(search_path, sql_book(), {Connection::Use::read, reader_cache_kib, true});
  if (!search) return std::unexpected(search.error());
  return std::unique_ptr<SearchReader>(new SearchReader(std::move(*search)));
}

void SearchReader::mark_word(std::int64_t word, int quality, std::size_t pieces) {
  Statement row = search_->statement("postings");
  row.integer(word).unsigned_integer(pieces);
  const auto value = static_cast<std::uint8_t>(2 * quality);
  while (row.step()) {
    for_each_posting(static_cast<std::uint32_t>(row.integer_at(0)), row.blob_at(1), [&](std::uint32_t posting) {
      const std::uint32_t number = posting / 2;
      if (number < now_.size())
        now_[number] = std::max<std::uint8_t>(now_[number], static_cast<std::uint8_t>(value - posting % 2));
    });
  }
}

void SearchReader::mark(const Term& term) {
  std::ranges::fill(now_, std::uint8_t{0});
  for (const auto& [word, quality] : term.words) mark_word(word, quality, term.pieces);
  for (std::size_t i = 0; i < now_.size(); ++i) {
    if (now_[i] == 0) continue;
    ++met_[i];
    score_[i] = static_cast<std::uint16_t>(score_[i] + now_[i]);
  }
}

void SearchReader::mark_all(const std::vector<Term>& terms) {
  Statement end = search_->statement("numbers_end");
  const std::size_t size = end.step() ? static_cast<std::size_t>(end.integer_at(0)) : 0;
  score_.assign(size, 0);
  met_.assign(size, 0);
  now_.resize(size);
  for (const Term& term : terms) mark(term);
  // Of three words and more, one may be strange to the shop.
  if (terms.size() >= 3 && std::ranges::find(met_, terms.size()) == met_.end()) {
    for (std::uint8_t& met : met_) met = met + 1U == terms.size() ? static_cast<std::uint8_t>(met + 1) : met;
  }
}

// Product numbers and codes count as if every word had been met.
void SearchReader::mark_codes(std::string_view query, const std::string& code, std::size_t terms) {
  const auto count = [&](std::int64_t number, std::uint16_t score) {
    const auto at = static_cast<std::size_t>(number);
    if (at >= met_.size()) return;
    met_[at] = static_cast<std::uint8_t>(terms);
    score_[at] = std::max(score_[at], score);
  };
  if (const auto read = sync::read_product_code(query)) {
    Statement row = search_->statement("gtin_number");
    if (row.text(read->gtin.text()).step()) count(row.integer_at(0), score_of_code);
  }
  if (code.size() < code_letters_min || code.find_first_of("0123456789") == std::string::npos) return;
  Statement row = search_->statement("code_numbers");
  row.text(code).text(code + '\x7f').unsigned_integer(code_hits_max);
  while (row.step()) count(row.integer_at(0), row.text_at(1) == code ? score_of_code : score_of_code_beginning);
}

std::size_t SearchReader::hits(std::size_t terms) const {
  return static_cast<std::size_t>(std::ranges::count(met_, static_cast<std::uint8_t>(terms)));
}

// The best by words alone; those of one score in the order of their numbers, which is that of popularity.
std::vector<SearchReader::Candidate> SearchReader::best(std::size_t terms) {
  std::vector<std::uint32_t> of_score(UINT16_MAX + 1U, 0);
  for (std::size_t i = 0; i < met_.size(); ++i) {
    if (met_[i] == terms) ++of_score[score_[i]];
  }
  std::size_t above = 0;
  std::size_t least = UINT16_MAX;
  while (least > 0 && above + of_score[least] < search_candidates_max) above += of_score[least--];
  std::vector<Candidate> out;
  std::size_t room = search_candidates_max - above;  // for those of the least score
  for (std::size_t i = 0; i < met_.size(); ++i) {
    if (met_[i] != terms || score_[i] < least || (score_[i] == least && room == 0)) continue;
    if (score_[i] == least) --room;
    out.push_back({static_cast<std::uint32_t>(i), 2 * score_[i], {}, {}});
  }
  for (Candidate& candidate : out) {
    Statement row = search_->statement("entry");
    if (!row.integer(candidate.number).step()) continue;
    candidate.sku = row.text_at(0);
    candidate.title = row.text_at(1);
  }
  std::erase_if(out, [](const Candidate& candidate) { return candidate.sku.empty(); });
  return out;
}

void SearchReader::rank(std::vector<Candidate>& candidates, const std::vector<Term>& terms, std::string_view short_last) {
  std::int64_t read = -1;
  std::string piece;
  for (Candidate& candidate : candidates) {
    int title = 0;
    for_each_line(candidate.title,
                  [&](std::string_view line) { title = std::max(title, title_score(words_of(line), terms, short_last)); });
    if (const std::int64_t wanted = candidate.number / facts_per_piece; wanted != read) {
      Statement row = search_->statement("fact");
      piece = row.integer(wanted).step() ? std::string(row.blob_at(0)) : std::string();
      read = wanted;
    }
    candidate.score += title + fact_in(piece, candidate.number).popularity / 5;
  }
  std::ranges::stable_sort(candidates, [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
}

// Keeps of all hits those whose title also has a word that begins so; what one or two letters begin is not looked up in the
// lists.
void SearchReader::keep_beginning(std::string_view beginning, std::size_t terms) {
  const std::vector<Candidate> candidates = best(terms);
  std::ranges::fill(met_, std::uint8_t{0});
  for (const Candidate& candidate : candidates) {
    bool has = false;
    for_each_line(candidate.title, [&](std::string_view line) {
      has = has || std::ranges::any_of(words_of(line), [&](std::string_view word) { return word.starts_with(beginning); });
    });
    if (has) met_[candidate.number] = static_cast<std::uint8_t>(terms);
  }
}

// Counts facets over all hits, then leaves the wanted ones.
void SearchReader::narrow(const SearchQuestion& question, std::size_t terms, SearchAnswer& answer) {
  const bool narrows = !question.department.empty() || question.price_from || question.price_to || question.in_stock;
  if (!narrows && !question.facets) return;
  std::vector<std::string> names;
  std::vector<std::size_t> of_department;
  {
    Statement row = search_->statement("department_numbers");
    while (row.step()) {
      const auto number = static_cast<std::size_t>(row.integer_at(0));
      if (number >= names.size()) names.resize(number + 1);
      names[number] = row.text_at(1);
    }
  }
  of_department.resize(names.size());
  SearchFacets facets;
  const auto look = [&](std::size_t number, const Facts& facts) {
    const bool has_name = facts.department < names.size();
    const bool has_price = facts.price_minor != no_price;
    if (has_name) ++of_department[facts.department];
    if (has_price)
      ++facets.bands[static_cast<std::size_t>(std::ranges::upper_bound(price_bands, facts.price_minor) - price_bands.begin())];
    if (facts.in_stock) ++facets.in_stock;
    const bool wanted = (question.department.empty() || (has_name && names[facts.department] == question.department)) &&
                        (!question.price_from || (has_price && facts.price_minor >= *question.price_from)) &&
                        (!question.price_to || (has_price && facts.price_minor < *question.price_to)) &&
                        (!question.in_stock || facts.in_stock);
    if (!wanted) met_[number] = 0;
  };
  Statement row = search_->statement("facts");
  while (row.step()) {
    const auto begin = static_cast<std::size_t>(row.integer_at(0)) * facts_per_piece;
    const std::size_t end = std::min<std::size_t>(begin + facts_per_piece, met_.size());
    for (std::size_t number = begin; number < end; ++number) {
      if (met_[number] == terms) look(number, fact_in(row.blob_at(1), static_cast<std::uint32_t>(number)));
    }
  }
  if (!question.facets) return;
  for (std::size_t i = 1; i < names.size(); ++i) {
    if (of_department[i] > 0) facets.departments.emplace_back(names[i], of_department[i]);
  }
  std::ranges::stable_sort(facets.departments, std::ranges::greater{}, &std::pair<std::string, std::size_t>::second);
  answer.facets = std::move(facets);
}

Result<SearchAnswer> SearchReader::find(const SearchQuestion& question) {
  SearchAnswer answer;
  SearchWords folded = search_words(question.query);
  if (folded.words.size() > search_query_words_max) folded.words.resize(search_query_words_max);
  if (folded.words.empty() || question.limit == 0) return answer;
  const std::string code = folded_code(question.query);
  std::string short_last;
  if (folded.words.size() > 1 && letters_in(folded.words.back()) <= short_letters) {
    short_last = std::move(folded.words.back());
    folded.words.pop_back();
  }
  search_->begin_read();
  Terms looked_up(*search_);
  std::vector<Term> terms;
  for (std::size_t i = 0; i < folded.words.size(); ++i) {
    const bool is_last = short_last.empty() && i + 1 == folded.words.size();
    Term term = looked_up.meant_by(folded.words[i], is_last);
    if (is_last && term.is_short) term.pieces = short_pieces;
    terms.push_back(std::move(term));
  }
  const std::size_t met = terms.size();
  const auto meet = [&] {
    mark_all(terms);
    if (!short_last.empty()) keep_beginning(short_last, met);
    mark_codes(question.query, code, met);
    return hits(met);
  };
  if (const std::size_t before = meet(); before < few) {
    const std::size_t letters_min = before == 0 ? forgiven_letters_min : doubted_letters_min;
    bool more = false;
    for (std::size_t i = 0; i < terms.size(); ++i) {
      more = looked_up.forgive(terms[i], short_last.empty() && i + 1 == terms.size(), letters_min) || more;
    }
    if (more) answer.forgiven = meet() > before;
  }
  narrow(question, met, answer);
  answer.total = hits(met);
  std::vector<Candidate> candidates = best(met);
  rank(candidates, terms, short_last);
  for (Candidate& candidate : candidates) {
    if (answer.skus.size() == question.limit) break;
    answer.skus.emplace_back(std::move(candidate.sku));
  }
  if (auto failed = search_->commit()) return std::unexpected(*failed);
  return answer;
}

Result<std::optional<sync::Sku>> SearchReader::by_gtin(const sync::Gtin& gtin) {
  std::optional<sync::Sku> sku;
  {
    Statement row = search_->statement("gtin_sku");
    if (row.text(gtin.text()).step()) sku = sync::Sku{std::string(row.text_at(0))};
  }
  if (auto failed = search_->take_failure()) return std::unexpected(*failed);
  return sku;
}

Result<std::vector<sync::Sku>> SearchReader::by_style(std::string_view style, std::size_t limit) {
  std::vector<sync::Sku> skus;
  {
    Statement row = search_->statement("style_skus");
    row.text(style).unsigned_integer(limit);
    while (row.step()) skus.emplace_back(std::string(row.text_at(0)));
  }
  if (auto failed = search_->take_failure()) return std::unexpected(*failed);
  return skus;
}

}  // namespace vitrine::edge::database
