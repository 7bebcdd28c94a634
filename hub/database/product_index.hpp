// SPDX-License-Identifier: Apache-2.0
// What shoppers search and browse at the hub: kept with each product document, in the same commit.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/database/connection.hpp"
#include "sync/model/document.hpp"

namespace vitrine::hub::database {

class ProductIndex {
 public:
  explicit ProductIndex(Connection& connection) : connection_(connection) {}

  // Takes the words of a product document; other documents are none of its business.
  void follow(const sync::Document& document);

  // Active products by words (each a prefix; words below two characters are left out), in a department or (empty) in all.
  // No words and no department: all of them. Sorted by title.
  std::vector<sync::Sku> find(std::string_view words, std::string_view department, std::size_t limit, std::size_t offset);
  // 13 digits.
  std::optional<sync::Sku> by_gtin(std::string_view gtin);

 private:
  Connection& connection_;
};

}  // namespace vitrine::hub::database
