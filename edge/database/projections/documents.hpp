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
  std::string tax_class;
  Translations description;
  std::string style;                                            // one name for what differs in colour or size only; empty: none
  std::vector<std::pair<std::string, std::string>> attributes;  // "colour" → "red"
  std::vector<std::string> search_words;                        // how people call it besides
  std::vector<std::string> pictures;                            // hashes of their bytes
  std::string ar_url;                                           // where a phone shows it in the room; empty: nowhere
  std::int64_t age_restriction = 0;                             // years; 0: none
  std::uint8_t popularity = 0;                                  // 0 to 100
  bool ended = false;
};

struct Department {
  std::string id;
  Translations name;
};

// What sells with a product, the strongest first.
using Affinity = std::vector<sync::Sku>;

struct StockFigure {
  std::int64_t on_hand = 0;  // what shoppers may count on: on hand, less what is reserved and kept back; never below 0
  std::string aisle;
  std::string bay;
  UtcMs counted_at;
  std::optional<UtcMs> changes_at;  // when the next promise runs out
};

struct Shopper {
  std::string display_name;
  std::string language;
  std::vector<std::string> segments;
};

// Degrees.
struct Position {
  double latitude = 0;
  double longitude = 0;
};

struct StoreContent {
  std::string name;
  std::string zone;
  std::string currency;
  std::string time_zone;
  std::vector<hours::OpeningHours> opening_hours;
  std::vector<std::string> languages;
  std::string region;  // where none is named, the zone
  std::optional<Position> position;
};

struct ChainSettings {
  std::string brand;
  Translations tagline;
  bool greet_by_name = false;
  std::vector<std::string> languages;
  std::string default_language;
  std::string link_base;
  std::vector<std::string> in_store_codes;  // schemes: sync/model/gs1.hpp
  std::string distance_unit = "km";         // or "miles"
  bool delivers = false;                    // a cart may be sent home
  Translations colours;                     // of kiosks: "primary" → "#0B5754"; the kiosk judges them
};

// JSON bodies → the types above. One decoder serves one thread; none means: not a JSON object.
class DocumentDecoder {
 public:
  DocumentDecoder();
  DocumentDecoder(const DocumentDecoder&) = delete;
  DocumentDecoder& operator=(const DocumentDecoder&) = delete;
  ~DocumentDecoder();

  std::optional<Product> product(std::string_view body);
  std::vector<Department> departments(std::string_view body);
  std::vector<std::vector<std::string>> synonyms(std::string_view body);
  Affinity affinity(std::string_view body);
  std::optional<sync::pricing::PriceDocument> price(std::string_view body);
  // For whoever is promised units under `purpose`: what is theirs is not taken off.
  std::optional<StockFigure> stock(std::string_view body, UtcMs now, std::string_view purpose = {});
  std::optional<Shopper> shopper(std::string_view body);
  std::optional<StoreContent> store(std::string_view body);
  std::optional<ChainSettings> settings(std::string_view body);
  std::optional<sync::protocol::TrustedKey> pass_key(std::string_view body);  // none also for another purpose

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace vitrine::edge::database
