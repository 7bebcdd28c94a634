// SPDX-License-Identifier: Apache-2.0
// The only place of the edge that reads the bodies of shared documents.
#include "edge/database/projections/documents.hpp"

#include <algorithm>

#include <simdjson.h>

#include "sync/protocol/price_codec.hpp"
#include "sync/protocol/trust_codec.hpp"

namespace vitrine::edge::database {

namespace dom = simdjson::dom;

struct DocumentDecoder::Parser {
  dom::parser parser;

  std::optional<dom::object> object(std::string_view body) {
    dom::object found;
    if (parser.parse(body.data(), body.size()).get(found) != simdjson::SUCCESS) return std::nullopt;
    return found;
  }
};

namespace {

std::string text(const dom::object& in, std::string_view key) {
  std::string_view found;
  return in[key].get(found) == simdjson::SUCCESS ? std::string(found) : std::string();
}

std::int64_t integer(const dom::object& in, std::string_view key) {
  std::int64_t found = 0;
  return in[key].get(found) == simdjson::SUCCESS ? found : 0;
}

bool truth(const dom::object& in, std::string_view key, bool fallback) {
  bool found = fallback;
  return in[key].get(found) == simdjson::SUCCESS ? found : fallback;
}

std::vector<std::string> texts(const dom::object& in, std::string_view key) {
  std::vector<std::string> out;
  dom::array found;
  if (in[key].get(found) != simdjson::SUCCESS) return out;
  for (const dom::element one : found) {
    std::string_view word;
    if (one.get(word) == simdjson::SUCCESS) out.emplace_back(word);
  }
  return out;
}

Translations translations(const dom::object& in, std::string_view key) {
  Translations out;
  dom::object found;
  if (in[key].get(found) != simdjson::SUCCESS) return out;
  for (const auto [language, value] : found) {
    std::string_view words;
    if (value.get(words) == simdjson::SUCCESS) out.emplace_back(language, words);
  }
  return out;
}

std::vector<dom::object> objects(const dom::object& in, std::string_view key) {
  std::vector<dom::object> out;
  dom::array found;
  if (in[key].get(found) != simdjson::SUCCESS) return out;
  for (const dom::element one : found) {
    dom::object object;
    if (one.get(object) == simdjson::SUCCESS) out.push_back(object);
  }
  return out;
}

}  // namespace

DocumentDecoder::DocumentDecoder() : parser_(std::make_unique<Parser>()) {}
DocumentDecoder::~DocumentDecoder() = default;

std::optional<Product> DocumentDecoder::product(std::string_view body) {
  const auto in = parser_->object(body);
  if (!in) return std::nullopt;
  Product out;
  out.sku.text = text(*in, "sku");
  out.title = translations(*in, "title");
  out.original_title = text(*in, "original_title");
  out.department = text(*in, "department");
  out.category = texts(*in, "category");
  out.brand = text(*in, "brand");
  out.pictogram = text(*in, "pictogram");
  out.tile = text(*in, "tile");
  out.gtins = texts(*in, "gtins");
  out.tax_class = text(*in, "tax_class");
  if (out.tax_class.empty()) out.tax_class = "standard";
  out.description = translations(*in, "description");
  out.style = text(*in, "style");
  out.attributes = translations(*in, "attributes");
  out.search_words = texts(*in, "search_words");
  out.pictures = texts(*in, "pictures");
  out.ar_url = text(*in, "ar_url");
  out.age_restriction = std::max<std::int64_t>(0, integer(*in, "age_restriction"));
  out.popularity = static_cast<std::uint8_t>(std::clamp<std::int64_t>(integer(*in, "popularity"), 0, 100));
  out.ended = text(*in, "status") == "ended";
  return out;
}

std::vector<Department> DocumentDecoder::departments(std::string_view body) {
  std::vector<Department> out;
  const auto in = parser_->object(body);
  if (!in) return out;
  for (const dom::object& one : objects(*in, "departments")) out.push_back({text(one, "id"), translations(one, "name")});
  return out;
}

std::vector<std::vector<std::string>> DocumentDecoder::synonyms(std::string_view body) {
  std::vector<std::vector<std::string>> out;
  const auto in = parser_->object(body);
  if (!in) return out;
  for (const dom::object& one : objects(*in, "groups")) out.push_back(texts(one, "words"));
  return out;
}

Affinity DocumentDecoder::affinity(std::string_view body) {
  Affinity out;
  const auto in = parser_->object(body);
  if (!in) return out;
  for (const dom::object& one : objects(*in, "with")) out.emplace_back(text(one, "sku"));
  return out;
}

std::optional<sync::pricing::PriceDocument> DocumentDecoder::price(std::string_view body) {
  auto price = sync::protocol::decode_price(body);
  return price ? std::optional(std::move(*price)) : std::nullopt;
}

// A promise whose time is over stands there until something is applied to the document; it counts for nothing.
std::optional<StockFigure> DocumentDecoder::stock(std::string_view body, UtcMs now, std::string_view purpose) {
  const auto in = parser_->object(body);
  if (!in) return std::nullopt;
  StockFigure out;
  std::int64_t reserved = 0;
  dom::array promises;
  if ((*in)["reservations"].get(promises) == simdjson::SUCCESS) {
    for (const dom::element one : promises) {
      dom::object promise;
      if (one.get(promise) != simdjson::SUCCESS) continue;
      const UtcMs until{integer(promise, "until")};
      if (until <= now) continue;
      const bool theirs = !purpose.empty() && text(promise, "for") == purpose;
      reserved += theirs ? 0 : integer(promise, "units");
      if (!out.changes_at || until < *out.changes_at) out.changes_at = until;
    }
  }
  out.on_hand = std::max<std::int64_t>(0, integer(*in, "on_hand") - reserved - integer(*in, "safety"));
  out.aisle = text(*in, "aisle");
  out.bay = text(*in, "bay");
  out.counted_at.value = integer(*in, "counted_at");
  return out;
}

std::optional<Shopper> DocumentDecoder::shopper(std::string_view body) {
  const auto in = parser_->object(body);
  if (!in) return std::nullopt;
  return Shopper{text(*in, "display_name"), text(*in, "language"), texts(*in, "segments")};
}

std::optional<StoreContent> DocumentDecoder::store(std::string_view body) {
  const auto in = parser_->object(body);
  if (!in) return std::nullopt;
  StoreContent out{text(*in, "name"),       text(*in, "zone"),   text(*in, "currency"), text(*in, "time_zone"), {},
                   texts(*in, "languages"), text(*in, "region"), std::nullopt};
  if (out.region.empty()) out.region = out.zone;
  Position at;
  if ((*in)["latitude"].get(at.latitude) == simdjson::SUCCESS && (*in)["longitude"].get(at.longitude) == simdjson::SUCCESS)
    out.position = at;
  dom::array rules;
  if ((*in)["opening_hours"].get(rules) != simdjson::SUCCESS) return out;
  for (const dom::element one : rules) {
    dom::object rule;
    dom::array days;
    if (one.get(rule) != simdjson::SUCCESS || rule["days"].get(days) != simdjson::SUCCESS) continue;
    hours::OpeningHours read{{}, text(rule, "from"), text(rule, "to")};
    for (const dom::element day : days) {
      std::int64_t number = 0;
      if (day.get(number) == simdjson::SUCCESS && number >= 1 && number <= 7) read.days.push_back(static_cast<int>(number));
    }
    out.opening_hours.push_back(std::move(read));
  }
  return out;
}

std::optional<ChainSettings> DocumentDecoder::settings(std::string_view body) {
  const auto in = parser_->object(body);
  if (!in) return std::nullopt;
  return ChainSettings{text(*in, "brand"),
                       translations(*in, "tagline"),
                       truth(*in, "greet_by_name", false),
                       texts(*in, "languages"),
                       text(*in, "default_language"),
                       text(*in, "link_base"),
                       texts(*in, "in_store_codes"),
                       text(*in, "distance_unit") == "miles" ? "miles" : "km",
                       truth(*in, "delivers", false),
                       translations(*in, "colours")};
}

std::optional<sync::protocol::TrustedKey> DocumentDecoder::pass_key(std::string_view body) {
  const auto key = sync::protocol::decode_trusted_key(body);
  return key ? std::optional(*key) : std::nullopt;
}

}  // namespace vitrine::edge::database
