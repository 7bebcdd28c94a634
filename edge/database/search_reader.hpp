// SPDX-License-Identifier: Apache-2.0
// Questions to the search index: what is meant, who has it, how often, in which order.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "edge/database/facts.hpp"
#include "edge/database/sql_book.hpp"
#include "sync/model/gtin.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::edge::database {

inline constexpr std::size_t search_candidates_max = 300;  // whose titles are read to rank them; more would be ranked for nobody
inline constexpr std::size_t search_query_words_max = 8;   // a longer query narrows no further
// Where one band of prices ends and the next begins, minor units.
inline constexpr std::array<std::uint32_t, 4> price_bands = {500, 1000, 2000, 5000};

struct SearchQuestion {
  std::string query;
  std::size_t limit = 20;
  std::string department;                   // empty: all
  std::optional<std::uint32_t> price_from;  // minor units, from here on
  std::optional<std::uint32_t> price_to;    // below here
  bool in_stock = false;                    // only what is here
  bool facets = false;
};

struct SearchFacets {
  std::vector<std::pair<std::string, std::size_t>> departments;  // most hits first
  std::array<std::size_t, price_bands.size() + 1> bands = {};
  std::size_t in_stock = 0;
};

struct SearchAnswer {
  std::vector<sync::Sku> skus;         // best first
  std::size_t total = 0;               // how many there are
  bool forgiven = false;               // a typing mistake was taken into account
  std::optional<SearchFacets> facets;  // over all hits, whatever department, price and stock were asked for
};

struct Term;

// Reads search.db; one serves one thread at a time.
class SearchReader {
 public:
  static Result<std::unique_ptr<SearchReader>> open(const std::string& search_path);

  // Words as typed (the last may be a beginning), a product number or any code of a product. An empty or wordless query finds
  // nothing.
  Result<SearchAnswer> find(const SearchQuestion& question);
  Result<std::optional<sync::Sku>> by_gtin(const sync::Gtin& gtin);
  // The products of a style, by number.
  Result<std::vector<sync::Sku>> by_style(std::string_view style, std::size_t limit);

 private:
  explicit SearchReader(std::unique_ptr<Connection> search) : search_(std::move(search)) {}
  struct Candidate;

  void mark_word(std::int64_t word, int quality, std::size_t pieces);
  void mark(const Term& term);
  void mark_all(const std::vector<Term>& terms);
  void mark_codes(std::string_view query, const std::string& code, std::size_t terms);
  void keep_beginning(std::string_view beginning, std::size_t terms);
  void narrow(const SearchQuestion& question, std::size_t terms, SearchAnswer& answer);
  [[nodiscard]] std::size_t hits(std::size_t terms) const;
  std::vector<Candidate> best(std::size_t terms);
  void rank(std::vector<Candidate>& candidates, const std::vector<Term>& terms, std::string_view short_last);

  std::unique_ptr<Connection> search_;
  // By number of the entry: how well the words seen so far fit, how many of them did, and the one being looked at.
  std::vector<std::uint16_t> score_;
  std::vector<std::uint8_t> met_;
  std::vector<std::uint8_t> now_;
};

}  // namespace vitrine::edge::database
