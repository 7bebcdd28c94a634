// SPDX-License-Identifier: Apache-2.0
// How the models read JSON: a field that is missing or of another type is nothing.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::sim {

namespace dom = simdjson::dom;

struct JsonEyes {
  dom::parser parser;
  dom::element root;
  bool read(std::string_view json) { return parser.parse(json.data(), json.size()).get(root) == simdjson::SUCCESS; }
};

inline std::string text(dom::element from, std::string_view name) {
  std::string_view value;
  return from[name].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}
inline std::int64_t number(dom::element from, std::string_view name) {
  std::int64_t value = 0;
  return from[name].get(value) == simdjson::SUCCESS ? value : 0;
}
inline bool truth(dom::element from, std::string_view name) {
  bool value = false;
  return from[name].get(value) == simdjson::SUCCESS && value;
}
inline bool has(dom::element from, std::string_view name) { return from[name].error() == simdjson::SUCCESS; }
// The elements of an array; none where there is no such array.
inline std::vector<dom::element> items(dom::element from, std::string_view name) {
  dom::array array;
  if (from[name].get(array) != simdjson::SUCCESS) return {};
  return {array.begin(), array.end()};
}

}  // namespace vitrine::sim
