// SPDX-License-Identifier: Apache-2.0
// Product search: a second file beside store.db that can be thrown away. Built once after the first fill, then kept up by the
// journal of store.db. Short prefixes come in title order and are never ranked; longer ones rank a capped set of candidates
// (performance.md, goal P7).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "edge/database/projections/documents.hpp"
#include "edge/database/sql_book.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::edge::database {

inline constexpr std::size_t search_candidates_max = 300;    // of each question; more would be ranked for nobody
inline constexpr std::size_t search_query_words_max = 8;     // a longer query narrows no further
inline constexpr std::size_t search_changes_per_step = 500;  // one commit of catching up

// The one writer of search.db.
class SearchWriter {
 public:
  // A file that is missing, damaged or of another release is made anew.
  static Result<std::unique_ptr<SearchWriter>> open(const std::string& search_path, const std::string& store_path);

  // Builds, or takes the next changes in. `journal_n`: store.db may drop its journal up to here. `more`: call again.
  struct Progress {
    bool built = false;
    std::size_t changes = 0;
    std::uint64_t journal_n = 0;
    bool more = false;
  };
  Result<Progress> catch_up();

 private:
  SearchWriter(std::unique_ptr<Connection> search, std::unique_ptr<Connection> store)
      : search_(std::move(search)), store_(std::move(store)) {}
  void build();
  void take(const sync::Sku& sku);

  std::unique_ptr<Connection> search_;
  std::unique_ptr<Connection> store_;
  DocumentDecoder decoder_;
};

// Reads search.db; one serves one thread at a time.
class SearchReader {
 public:
  static Result<std::unique_ptr<SearchReader>> open(const std::string& search_path);

  // At most `limit` SKUs, best first. An empty or wordless query finds nothing.
  Result<std::vector<sync::Sku>> find(std::string_view query, std::size_t limit);
  // The product with this GTIN (8 to 14 digits; shorter ones are padded to 13).
  Result<std::optional<sync::Sku>> by_gtin(std::string_view gtin);

 private:
  explicit SearchReader(std::unique_ptr<Connection> search) : search_(std::move(search)) {}
  struct Candidate {
    std::string sku;
    std::string title;
    int score = 0;
  };
  void collect(const std::string& match, std::size_t limit, std::vector<Candidate>& into);

  std::unique_ptr<Connection> search_;
};

// The words of a query or a title as the index knows them: lower case, no diacritics on Latin letters, "ß" as "ss".
std::vector<std::string> search_words(std::string_view text);

}  // namespace vitrine::edge::database
