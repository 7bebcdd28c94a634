// SPDX-License-Identifier: Apache-2.0
// Full-text search over product titles; the statements stand in sql/products.sql.
#include "hub/database/product_index.hpp"

#include <cctype>
#include <string>

namespace vitrine::hub::database {

using sqlite::Statement;

namespace {

constexpr std::size_t words_max = 8;

// Every word as a quoted prefix: what people type is never FTS5 syntax. Empty: nothing to search for.
std::string match_expression(std::string_view words) {
  std::string expression;
  std::size_t count = 0;
  std::size_t at = 0;
  const auto separates = [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && std::isalnum(static_cast<unsigned char>(c)) == 0;
  };
  while (at < words.size() && count < words_max) {
    while (at < words.size() && separates(words[at])) ++at;
    const std::size_t begin = at;
    while (at < words.size() && !separates(words[at])) ++at;
    if (at - begin < 2) continue;
    if (!expression.empty()) expression += ' ';
    expression += '"' + std::string(words.substr(begin, at - begin)) + "\"*";
    ++count;
  }
  return expression;
}

}  // namespace

void ProductIndex::follow(const sync::Document& document) {
  if (document.key.collection != "product") return;
  if (!document.body) {
    connection_.statement("drop_product").text(document.key.id).run();
    return;
  }
  std::int64_t number = 0;
  {
    Statement put = connection_.statement("put_product");
    put.text(document.key.id).text(*document.body);
    if (!put.step()) return;
    number = put.integer_at(0);
    put.step();
  }
  connection_.statement("put_words").integer(number).text(document.key.id).text(*document.body).run();
  connection_.statement("drop_gtins").integer(number).run();
  connection_.statement("put_gtins").integer(number).text(*document.body).run();
}

std::vector<sync::Sku> ProductIndex::find(std::string_view words, std::string_view department, std::size_t limit,
                                          std::size_t offset) {
  std::vector<sync::Sku> result;
  const auto read = [&](Statement row) {
    row.integer(static_cast<std::int64_t>(limit)).integer(static_cast<std::int64_t>(offset));
    while (row.step()) result.emplace_back(std::string(row.text_at(0)));
  };
  if (words.find_first_not_of(' ') != std::string_view::npos) {
    const std::string expression = match_expression(words);
    if (expression.empty()) return result;
    Statement row = connection_.statement("find_products");
    row.text(expression).text(department);
    read(std::move(row));
  } else if (!department.empty()) {
    Statement row = connection_.statement("products_of_department");
    row.text(department);
    read(std::move(row));
  } else {
    read(connection_.statement("all_products"));
  }
  return result;
}

std::optional<sync::Sku> ProductIndex::by_gtin(std::string_view gtin) {
  Statement row = connection_.statement("product_by_gtin");
  row.text(gtin);
  if (!row.step()) return std::nullopt;
  return sync::Sku{std::string(row.text_at(0))};
}

}  // namespace vitrine::hub::database
