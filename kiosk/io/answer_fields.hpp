// SPDX-License-Identifier: Apache-2.0
// Reading the local API's JSON field by field; for the codecs alone.
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "kiosk/io/edge_codec.hpp"
#include "sync/model/ids.hpp"
#include "sync/protocol/json_input.hpp"

namespace vitrine::kiosk::answer {

using nlohmann::json;

inline constexpr std::size_t lines_max = 1000;
inline constexpr std::size_t text_max = 4096;
inline constexpr std::int64_t units_max = 1'000'000;

// What a decoder throws at a shape that is not in the contract; it does not leave this file.
struct Misshapen {
  std::string why;
};

template <class T, class Shape>
Result<T> decode(std::string_view text, Shape&& shape) {
  const auto document = sync::protocol::parse_object(text, answer_bytes_max, "answer_malformed");
  if (!document) return std::unexpected(document.error());
  try {
    return shape(*document);
  } catch (const Misshapen& mistake) {
    return fail("answer_malformed", mistake.why);
  } catch (const json::exception&) {
    return fail("answer_malformed", "the answer is not the JSON that was agreed");
  }
}

inline bool is_absent(const json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null();
}

inline std::string text(const json& object, const char* key) {
  auto read = object.at(key).get<std::string>();
  if (read.size() > text_max) throw Misshapen{std::string(key) + " is too long"};
  return read;
}

inline std::string text_or_empty(const json& object, const char* key) {
  return is_absent(object, key) ? std::string() : text(object, key);
}

inline std::string plain_id(const json& object, const char* key) {
  std::string id = text(object, key);
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_' || c == '-';
  };
  if (id.empty() || id.size() > 64 || !std::ranges::all_of(id, plain)) throw Misshapen{std::string(key) + " is no id"};
  return id;
}

inline std::string hex_id(const json& object, const char* key) {
  std::string id = text(object, key);
  if (!sync::is_hex_128(id)) throw Misshapen{std::string(key) + " is no id"};
  return id;
}

inline std::int64_t number(const json& object, const char* key, std::int64_t least, std::int64_t most) {
  const auto read = sync::protocol::integer_of(object.at(key), least, most);
  if (!read) throw Misshapen{std::string(key) + " is no whole number in its range"};
  return *read;
}

inline std::int64_t any_number(const json& object, const char* key) { return number(object, key, INT64_MIN, INT64_MAX); }

inline UtcMs time(const json& object, const char* key) { return {number(object, key, 0, INT64_MAX)}; }

inline Words words(const json& object, const char* key) {
  Words read;
  if (is_absent(object, key)) return read;
  for (const auto& [language, word] : object.at(key).items()) {
    if (word.is_null()) continue;
    read[language] = word.get<std::string>();
    if (read.size() > 64 || read[language].size() > text_max) throw Misshapen{std::string(key) + " is too long"};
  }
  return read;
}

inline std::vector<std::string> texts(const json& object, const char* key, std::size_t most) {
  const json& list = object.at(key);
  if (!list.is_array() || list.size() > most) throw Misshapen{std::string(key) + " is no list, or too long"};
  std::vector<std::string> read;
  for (const json& one : list) read.push_back(one.get<std::string>());
  return read;
}

inline const json& list(const json& object, const char* key) {
  const json& found = object.at(key);
  if (!found.is_array() || found.size() > lines_max) throw Misshapen{std::string(key) + " is no list, or too long"};
  return found;
}

inline std::optional<sync::Money> money(const json& object, const char* key) {
  if (is_absent(object, key)) return std::nullopt;
  const json& value = object.at(key);
  return sync::Money{any_number(value, "minor"), text(value, "currency")};
}

inline Freshness freshness(const std::string& name) {
  if (name == "fresh") return Freshness::fresh;
  if (name == "recent") return Freshness::recent;
  if (name == "old") return Freshness::old;
  if (name == "check") return Freshness::check;
  if (name == "unknown") return Freshness::unknown;
  throw Misshapen{"freshness is unknown"};
}

inline std::optional<StockHere> stock(const json& object) {
  if (is_absent(object, "stock")) return std::nullopt;
  const json& value = object.at("stock");
  return StockHere{.on_hand = any_number(value, "on_hand"),
                   .aisle = text_or_empty(value, "aisle"),
                   .bay = text_or_empty(value, "bay"),
                   .as_of = time(value, "as_of"),
                   .freshness = freshness(text(value, "freshness"))};
}

// product_codec.cpp: a product as lists show it.
ProductCard product_card(const json& object);

}  // namespace vitrine::kiosk::answer
