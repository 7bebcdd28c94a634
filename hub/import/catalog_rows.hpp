// SPDX-License-Identifier: Apache-2.0
// Rows of the tables "departments", "products", "affinity" and "synonyms", as docs/IMPORT.md describes them.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/import/fields.hpp"

namespace vitrine::hub {

using Texts = std::map<std::string, std::string>;  // by language; none is empty

struct DepartmentRow {
  std::string department, pictogram, tile;
  Texts name;
};

struct ProductRow {
  std::string sku;
  std::vector<std::string> gtins;  // as documents write them: sync::Gtin::text()
  Texts title, description;
  std::string original_title, department, pictogram, tile, brand, status;
  std::string tax_class;              // empty: "standard"
  std::vector<std::string> category;  // below the department
  std::string style, ar_url;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<std::string> search_words, pictures;
  std::int64_t age_restriction = 0, popularity = 0;
};

struct AffinityRow {
  std::string sku, with;
  std::int64_t score = 0;
};

struct SynonymsRow {
  std::vector<std::string> words;
};

namespace catalog_columns {
std::span<const std::string_view> departments();
std::span<const std::string_view> more_of_departments();  // a file may leave these out
std::span<const std::string_view> products();
std::span<const std::string_view> more_of_products();
std::span<const std::string_view> affinity();
std::span<const std::string_view> synonyms();
}  // namespace catalog_columns

DepartmentRow read_department(Fields& fields);
ProductRow read_product(Fields& fields);
AffinityRow read_affinity(Fields& fields);
SynonymsRow read_synonyms(Fields& fields);

}  // namespace vitrine::hub
