// SPDX-License-Identifier: Apache-2.0
// Product search: a second file beside store.db that can be thrown away. Built once after the first fill, then kept up by the
// journal of store.db. Who asks it: search_reader.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/time_point.hpp"
#include "edge/database/facts.hpp"
#include "edge/database/projections/documents.hpp"
#include "edge/database/sql_book.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::edge::database {

inline constexpr std::size_t search_changes_per_step = 500;  // one commit of catching up

// Whose prices and stock the index counts.
struct SearchShop {
  sync::StoreId store;
  std::string zone;
};

// The one writer of search.db.
class SearchWriter {
 public:
  // A file that is missing, damaged or of another release is made anew.
  static Result<std::unique_ptr<SearchWriter>> open(const std::string& search_path, const std::string& store_path,
                                                    SearchShop shop);

  // Builds, or takes the next changes in. `journal_n`: store.db may drop its journal up to here. `more`: call again.
  struct Progress {
    bool built = false;
    std::size_t changes = 0;
    std::uint64_t journal_n = 0;
    bool more = false;
  };
  Result<Progress> catch_up(UtcMs now);

 private:
  SearchWriter(std::unique_ptr<Connection> search, std::unique_ptr<Connection> store, SearchShop shop)
      : search_(std::move(search)), store_(std::move(store)), shop_(std::move(shop)) {}
  void build(UtcMs now);
  void take_journal(Progress& progress, UtcMs now);
  std::size_t take_due(UtcMs now);
  void take(const sync::Sku& sku, UtcMs now);
  void take_words(const Product& product, std::uint32_t number, const std::string& old_title, const std::string& old_more);
  void take_aliases();
  void take_all_facts(UtcMs now);
  Facts facts_of(const Product& product, std::optional<std::string_view> price, std::optional<std::string_view> stock, UtcMs now);
  // The product is looked at again then.
  void add_due(UtcMs at, const sync::Sku& sku);
  std::uint16_t department_number(const std::string& id);
  std::optional<std::string> body(std::string_view collection, const std::string& id);
  void put_piece(std::uint32_t piece, const std::string& bytes);

  std::unique_ptr<Connection> search_;
  std::unique_ptr<Connection> store_;
  SearchShop shop_;
  DocumentDecoder decoder_;
};

}  // namespace vitrine::edge::database
