// SPDX-License-Identifier: Apache-2.0
// What a newer version has added to a document: kept as it came, and passed on. Included by .cpp files only.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "sync/protocol/json_input.hpp"
#include "sync/protocol/json_writer.hpp"
#include "sync/protocol/tape_input.hpp"

namespace vitrine::sync::protocol {

// The members of an object that this version does not know, as JSON text without braces, in their order.
inline std::string unknown_members(const TapeFields& fields, std::initializer_list<std::string_view> known) {
  JsonWriter out;
  for (const auto& [name, value] : fields.object()) {
    if (std::ranges::find(known, name) != known.end()) continue;
    out.key(name).raw(simdjson::minify(value));
  }
  return out.take();
}

// Those of a whole document, as a JSON object.
inline std::string unknown_fields(const simdjson::dom::object& body, std::string_view text,
                                  std::span<const std::string_view> known) {
  const auto is_known = [&](std::string_view name) { return std::ranges::find(known, name) != known.end(); };
  if (std::ranges::all_of(body, [&](const auto& field) { return is_known(field.key); })) return "{}";
  const nlohmann::json whole = nlohmann::json::parse(text, nullptr, false);
  nlohmann::json unknown = nlohmann::json::object();
  for (const auto& [name, value] : whole.items()) {
    if (!is_known(name)) unknown[name] = value;
  }
  return dump(unknown);
}

}  // namespace vitrine::sync::protocol
