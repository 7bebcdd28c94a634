// SPDX-License-Identifier: Apache-2.0
// The limits of every column. They are wide for a shop and narrow for a mistake.
#include "hub/import/catalog_rows.hpp"

#include <algorithm>
#include <array>

#include "sync/model/gtin.hpp"

namespace vitrine::hub {

namespace {

constexpr auto department_columns = std::to_array<std::string_view>({"department", "name_en", "name_de", "pictogram", "tile"});
constexpr auto department_more = std::to_array<std::string_view>({"name_fr", "name_es", "name_pl", "name_ja"});
constexpr auto product_columns =
    std::to_array<std::string_view>({"sku", "gtins", "title_en", "title_de", "original_title", "department", "pictogram", "tile",
                                     "brand", "description_en", "status"});
constexpr auto product_more =
    std::to_array<std::string_view>({"title_fr", "title_es", "title_pl", "title_ja", "description_de", "description_fr",
                                     "description_es", "description_pl", "description_ja", "tax_class", "category", "style",
                                     "attributes", "search_words", "pictures", "age_restriction", "ar_url", "popularity"});
constexpr auto affinity_columns = std::to_array<std::string_view>({"sku", "with", "score"});
constexpr auto synonyms_columns = std::to_array<std::string_view>({"words"});

constexpr std::array<std::string_view, 6> languages = {"en", "de", "fr", "es", "pl", "ja"};
constexpr std::array<std::string_view, 6> tiles = {"blush", "butter", "mint", "sky", "lilac", "sand"};
constexpr std::array<std::string_view, 2> product_states = {"active", "ended"};

constexpr std::size_t title_bytes_max = 200;
constexpr std::size_t description_bytes_max = 4000;
constexpr std::size_t name_bytes_max = 80;
constexpr std::size_t gtins_max = 20;
constexpr std::size_t levels_max = 6;  // of a category below its department
constexpr std::size_t attributes_max = 20;
constexpr std::size_t search_words_max = 50;
constexpr std::size_t pictures_max = 12;
constexpr std::size_t synonyms_max = 50;  // words of one group

std::string optional_column(Fields& fields, std::string_view column, std::size_t bytes_max) {
  return fields.has(column) ? fields.optional_text(column, bytes_max) : std::string();
}

std::int64_t optional_number(Fields& fields, std::string_view column, std::int64_t most) {
  return optional_column(fields, column, 20).empty() ? 0 : fields.whole(column, 0, most);
}

// "title_en", "title_de" …: what is given. English must be when `must` says so.
Texts texts(Fields& fields, const std::string& what, std::size_t bytes_max, bool must) {
  Texts out;
  for (const std::string_view language : languages) {
    const std::string column = what + "_" + std::string(language);
    std::string text = must && language == "en" ? fields.text(column, bytes_max) : optional_column(fields, column, bytes_max);
    if (!text.empty()) out[std::string(language)] = std::move(text);
  }
  return out;
}

// Parts apart at `between`, without the spaces around them; each has 1 to 80 bytes.
std::vector<std::string> parts(Fields& fields, std::string_view column, char between, std::size_t most) {
  std::vector<std::string> out;
  const std::string text = optional_column(fields, column, 2000);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(between, at), text.size());
    const std::size_t from = std::min(text.find_first_not_of(' ', at), end);
    std::string part = text.substr(from, end - from);
    while (part.ends_with(' ')) part.pop_back();
    if (part.empty() || part.size() > name_bytes_max)
      fields.refuse(std::string(column) + " has a part that is empty or longer than 80 bytes");
    out.push_back(std::move(part));
    at = end + 1;
  }
  if (out.size() > most) fields.refuse(std::string(column) + " has more than " + std::to_string(most) + " parts");
  return out;
}

std::vector<std::string> optional_words(Fields& fields, std::string_view column, std::size_t most) {
  std::vector<std::string> out = fields.has(column) ? fields.words(column) : std::vector<std::string>();
  if (out.size() > most) fields.refuse(std::string(column) + " holds more than " + std::to_string(most) + " words");
  return out;
}

bool is_small_name(std::string_view text) {
  return !text.empty() && text.size() <= 32 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

void read_gtins(Fields& fields, ProductRow& row) {
  for (const std::string& digits : fields.words("gtins")) {
    const std::optional<sync::Gtin> gtin = sync::Gtin::parse(digits);
    const bool is_number = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    const bool has_length = digits.size() == 8 || (digits.size() >= 12 && digits.size() <= 14);
    if (!is_number || !has_length) {
      fields.refuse("gtin " + digits.substr(0, 20) + " is not 8, 12, 13 or 14 digits");
    } else if (!gtin) {
      fields.refuse("gtin " + digits + " has a wrong check digit");
    } else if (std::ranges::find(row.gtins, gtin->text()) == row.gtins.end()) {
      row.gtins.push_back(gtin->text());
    }
  }
  if (row.gtins.size() > gtins_max) fields.refuse("gtins holds more than " + std::to_string(gtins_max) + " numbers");
}

void read_attributes(Fields& fields, ProductRow& row) {
  for (const std::string& part : parts(fields, "attributes", ';', attributes_max)) {
    const std::size_t equals = std::min(part.find('='), part.size());
    const std::string name = part.substr(0, equals);
    const std::string value = equals < part.size() ? part.substr(equals + 1) : std::string();
    const bool again =
        std::ranges::find(row.attributes, name, &std::pair<std::string, std::string>::first) != row.attributes.end();
    if (!is_small_name(name) || value.empty() || again) {
      fields.refuse("attributes: '" + part + "' is not a name that stands once, '=' and a value");
    }
    row.attributes.emplace_back(name, value);
  }
}

void read_pictures(Fields& fields, ProductRow& row) {
  row.pictures = optional_words(fields, "pictures", pictures_max);
  for (const std::string& hash : row.pictures) {
    if (hash.size() != 64 || hash.find_first_not_of("0123456789abcdef") != std::string::npos) {
      fields.refuse("pictures holds '" + hash.substr(0, 70) + "', which is not a hash of 64 small hexadecimal digits");
    }
  }
}

}  // namespace

namespace catalog_columns {
std::span<const std::string_view> departments() { return department_columns; }
std::span<const std::string_view> more_of_departments() { return department_more; }
std::span<const std::string_view> products() { return product_columns; }
std::span<const std::string_view> more_of_products() { return product_more; }
std::span<const std::string_view> affinity() { return affinity_columns; }
std::span<const std::string_view> synonyms() { return synonyms_columns; }
}  // namespace catalog_columns

DepartmentRow read_department(Fields& fields) {
  DepartmentRow row;
  row.department = fields.name("department");
  row.name = texts(fields, "name", name_bytes_max, true);
  row.pictogram = fields.name("pictogram");
  row.tile = fields.one_of("tile", tiles);
  return row;
}

ProductRow read_product(Fields& fields) {
  ProductRow row;
  row.sku = fields.sku();
  read_gtins(fields, row);
  row.title = texts(fields, "title", title_bytes_max, true);
  row.original_title = fields.optional_text("original_title", title_bytes_max);
  row.department = fields.name("department");
  row.pictogram = fields.name("pictogram");
  row.tile = fields.one_of("tile", tiles);
  row.brand = fields.optional_text("brand", name_bytes_max);
  row.description = texts(fields, "description", description_bytes_max, false);
  row.status = fields.one_of("status", product_states);
  if (!optional_column(fields, "tax_class", 32).empty()) row.tax_class = fields.name("tax_class");
  row.category = parts(fields, "category", '/', levels_max);
  row.style = optional_column(fields, "style", 40);
  read_attributes(fields, row);
  row.search_words = optional_words(fields, "search_words", search_words_max);
  read_pictures(fields, row);
  row.age_restriction = optional_number(fields, "age_restriction", 99);
  row.ar_url = optional_column(fields, "ar_url", 500);
  if (!row.ar_url.empty() && (!row.ar_url.starts_with("https://") || row.ar_url.find_first_of(" \"<>\\") != std::string::npos)) {
    fields.refuse("ar_url is not a plain address that begins with https://");
  }
  row.popularity = optional_number(fields, "popularity", 100);
  return row;
}

AffinityRow read_affinity(Fields& fields) {
  AffinityRow row;
  row.sku = fields.sku();
  row.with = fields.sku("with");
  row.score = fields.whole("score", 1, 1000);
  if (!fields.refusal() && row.sku == row.with) fields.refuse("with is sku " + row.sku + " itself");
  return row;
}

SynonymsRow read_synonyms(Fields& fields) {
  SynonymsRow row;
  row.words = optional_words(fields, "words", synonyms_max);
  if (row.words.size() < 2) fields.refuse("words holds fewer than two words");
  for (const std::string& word : row.words) {
    if (word.size() > name_bytes_max) fields.refuse("words holds a word of more than 80 bytes");
  }
  return row;
}

}  // namespace vitrine::hub
