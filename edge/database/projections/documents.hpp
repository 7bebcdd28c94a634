// SPDX-License-Identifier: Apache-2.0
// What screens need of the hub's documents, as plain types. Bodies: docs/PROTOCOL.md, "Documents". A field that is missing or of
// another kind reads as empty: a store goes on with what it understands.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time_point.hpp"
#include "hours/opening.hpp"
#include "sync/model/ids.hpp"
#include "sync/pricing/pricing.hpp"
#include "sync/protocol/pass.hpp"

namespace vitrine::edge::database {

// Language → words, in the document's order.
using Translations = std::vector<std::pair<std::string, std::string>>;

struct Product {
  sync::Sku sku;
  Translations title;
  std::string original_title;
  std::string department;
  std::vector<std::string> category;
  std::string brand;
  std::string pictogram;
  std::string tile;
  std::vector<std::string> gtins;
  bool ended = false;
};

struct StockFigure {
  std::int64_t on_hand = 0;  // what shoppers may count on: on hand, less what is reserved and kept back; never below 0
  std::string aisle;
  std::string bay;
  UtcMs counted_at;
};

struct Shopper {
  std::string display_name;
  std::string language;
};

struct StoreContent {
  std::string name;
  std::string zone;
  std::string currency;
  std::string time_zone;
  std::vector<hours::OpeningHours> opening_hours;
  std::vector<std::string> languages;
};

struct ChainSettings {
  std::string brand;
  Translations tagline;
  bool greet_by_name = false;
  std::vector<std::string> languages;
  std::string default_language;
  std::string link_base;
};

// JSON bodies → the types above. One decoder serves one thread; none means: not a JSON object.
class DocumentDecoder {
 public:
  DocumentDecoder();
  DocumentDecoder(const DocumentDecoder&) = delete;
  DocumentDecoder& operator=(const DocumentDecoder&) = delete;
  ~DocumentDecoder();

  std::optional<Product> product(std::string_view body);
  std::optional<sync::pricing::PriceDocument> price(std::string_view body);
  std::optional<StockFigure> stock(std::string_view body);
  std::optional<Shopper> shopper(std::string_view body);
  std::optional<StoreContent> store(std::string_view body);
  std::optional<ChainSettings> settings(std::string_view body);
  std::optional<sync::protocol::TrustedKey> pass_key(std::string_view body);  // none also for another purpose

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace vitrine::edge::database
