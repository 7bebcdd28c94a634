// SPDX-License-Identifier: Apache-2.0
// Full-text search over product titles; the statements stand in sql/products.sql.
#include "hub/database/product_index.hpp"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <string>

namespace vitrine::hub::database {

namespace {

constexpr std::size_t words_max = 8;

// Every word as a quoted prefix: what people type is never FTS5 syntax, and PostgreSQL takes the words out again (vitrine_query).
// Empty: nothing to search for.
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

struct Indexed {
  std::string department;
  std::string place;  // in lists: by the title in small letters
  std::string words;
  std::vector<std::string> gtins;
  bool active = true;
};

// A text of a document may hold what a database takes in no text.
std::string without_nul(std::string text) {
  std::erase(text, '\0');
  return text;
}

std::string text_in(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? without_nul(found->get<std::string>()) : std::string();
}

Indexed indexed_of(const std::string& sku, const std::string& body) {
  auto product = nlohmann::json::parse(body, nullptr, false);
  if (!product.is_object()) product = nlohmann::json::object();
  const nlohmann::json titles = product.value("title", nlohmann::json::object());
  Indexed indexed;
  indexed.department = text_in(product, "department");
  const std::string status = text_in(product, "status");
  indexed.active = status.empty() || status == "active";
  indexed.place = titles.is_object() ? text_in(titles, "en") : "";
  if (indexed.place.empty()) indexed.place = sku;
  std::ranges::transform(indexed.place, indexed.place.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  indexed.words = sku + " " + text_in(product, "brand") + " " + text_in(product, "original_title");
  for (const auto& title : titles) {
    if (title.is_string()) indexed.words += " " + without_nul(title.get<std::string>());
  }
  for (const auto& gtin : product.value("gtins", nlohmann::json::array())) {
    if (gtin.is_string()) indexed.gtins.push_back(without_nul(gtin.get<std::string>()));
  }
  return indexed;
}

}  // namespace

void ProductIndex::follow(const sync::Document& document) {
  if (document.key.collection != "product") return;
  if (!document.body) {
    connection_.statement("drop_product").text(document.key.id).run();
    return;
  }
  const Indexed indexed = indexed_of(document.key.id, *document.body);
  std::int64_t number = 0;
  {
    Statement put = connection_.statement("put_product");
    put.text(document.key.id).text(indexed.department).text(indexed.place).integer(indexed.active ? 1 : 0);
    if (!put.step()) return;
    number = put.integer_at(0);
    put.step();
  }
  connection_.statement("put_words").integer(number).text(indexed.words).run();
  connection_.statement("drop_gtins").integer(number).run();
  for (const std::string& gtin : indexed.gtins) connection_.statement("put_gtin").text(gtin).integer(number).run();
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
