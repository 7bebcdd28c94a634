// SPDX-License-Identifier: Apache-2.0
// Products in the local API's JSON; see edge_codec.hpp.
#include <array>

#include "kiosk/io/answer_fields.hpp"
#include "kiosk/io/escaped.hpp"
#include "kiosk/io/nearby_codec.hpp"

namespace vitrine::kiosk {
namespace {

using namespace answer;

constexpr std::size_t attributes_max = 40;
constexpr int page_products = 40;  // of a search; nobody scrolls further, they type another letter

std::map<std::string, std::string> attributes(const json& object) {
  std::map<std::string, std::string> read;
  if (is_absent(object, "attributes")) return read;
  for (const auto& [name, value] : object.at("attributes").items()) {
    if (read.size() == attributes_max) throw Misshapen{"too many attributes"};
    read[name] = value.get<std::string>();
  }
  return read;
}

std::vector<ProductCard> cards(const json& object, const char* key) {
  std::vector<ProductCard> read;
  for (const json& one : list(object, key)) read.push_back(product_card(one));
  return read;
}

SearchFound found(const json& object) {
  SearchFound read;
  read.products = cards(object, "products");
  read.total = number(object, "total", 0, INT64_MAX);
  read.forgiven = object.at("forgiven").get<bool>();
  if (is_absent(object, "facets")) return read;
  const json& facets = object.at("facets");
  read.in_stock = number(facets, "in_stock", 0, INT64_MAX);
  for (const json& one : list(facets, "departments")) {
    read.departments.push_back({text(one, "id"), words(one, "name"), number(one, "count", 0, INT64_MAX)});
  }
  for (const json& one : list(facets, "prices")) {
    PriceBand band{number(one, "from", 0, INT64_MAX), std::nullopt};
    if (!is_absent(one, "to")) band.to = number(one, "to", 0, INT64_MAX);
    read.prices.push_back(band);
  }
  return read;
}

ProductPage page(const json& object) {
  ProductPage read;
  read.card = product_card(object);
  const json& department = object.at("department");
  if (!department.is_object()) throw Misshapen{"department is no object"};
  read.department = words(department, "name");
  read.brand = text_or_empty(object, "brand");
  read.description = words(object, "description");
  read.variants = cards(object, "variants");
  read.nearby = nearby(object);
  read.goes_with = cards(object, "goes_with");
  read.age_restriction = number(object, "age_restriction", 0, 120);
  read.ar_url = text_or_empty(object, "ar_url");
  return read;
}

}  // namespace

ProductCard answer::product_card(const json& object) {
  return {.sku = sync::Sku(text(object, "sku")),
          .title = words(object, "title"),
          .pictogram = text_or_empty(object, "pictogram"),
          .tile = text_or_empty(object, "tile"),
          .price = money(object, "price"),
          .list_price = money(object, "list_price"),
          .stock = stock(object),
          .attributes = attributes(object),
          .picture = text_or_empty(object, "picture")};
}

Result<SearchFound> decode_found(std::string_view text) { return decode<SearchFound>(text, found); }
Result<ProductPage> decode_product(std::string_view text) { return decode<ProductPage>(text, page); }

Result<UtcMs> decode_kept(std::string_view text) {
  return decode<UtcMs>(text, [](const json& object) { return time(object, "until"); });
}

std::string encode(const KeepThere& keep, const std::string& request_id, const std::string& device) {
  return sync::protocol::dump(
      {{"request", request_id}, {"device", device}, {"store", keep.store}, {"sku", keep.sku.text}, {"units", keep.units}});
}

std::string path_of(const SearchProducts& search) {
  std::string path = "/v1/products?facets=true&limit=" + std::to_string(page_products) + "&query=" + escaped(search.words);
  const SearchFilter& filter = search.filter;
  if (filter.in_stock) path += "&in_stock=true";
  if (!filter.department.empty()) path += "&department=" + escaped(filter.department);
  if (filter.price) path += "&price_from=" + std::to_string(filter.price->from);
  if (filter.price && filter.price->to) path += "&price_to=" + std::to_string(*filter.price->to);
  return path;
}

std::string path_of(const FetchProduct& fetch) {
  if (fetch.scanned) return "/v1/codes?text=" + escaped(fetch.code);
  return "/v1/products/" + escaped(fetch.code);
}

}  // namespace vitrine::kiosk
