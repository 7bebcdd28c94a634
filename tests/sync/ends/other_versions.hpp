// SPDX-License-Identifier: Apache-2.0
// What peers of other versions would have sent instead of a message of this one. Until there are two versions, N+1 adds fields
// wherever an object stands, and N−1 lacks what was added since the first messages.
#pragma once

#include <nlohmann/json.hpp>

#include <initializer_list>
#include <string>

namespace vitrine::sync::ends {

// Every object but a document's body, which the hub minted and nobody may touch.
inline void add_fields(nlohmann::ordered_json& value) {
  if (value.is_array()) {
    for (auto& item : value) add_fields(item);
  }
  if (!value.is_object()) return;
  for (auto& [name, item] : value.items()) {
    if (name != "b") add_fields(item);
  }
  value["of_version_2"] = nlohmann::ordered_json::parse(R"({"list":[1,2.5,null],"text":"\u20ac"})");
}

inline std::string of_newer_version(const std::string& text) {
  auto message = nlohmann::ordered_json::parse(text);
  add_fields(message);
  return message.dump();
}

inline std::string without_fields(const std::string& text, std::initializer_list<const char*> names) {
  auto message = nlohmann::ordered_json::parse(text);
  for (const char* name : names) message.erase(name);
  return message.dump();
}

// What a release without digests would have said: whoever has no key to them must not be told any.
inline void drop_digests(nlohmann::ordered_json& value) {
  if (value.is_object()) {
    value.erase("digest");
    value.erase("digest_key");
  }
  if (!value.is_structured()) return;
  for (auto& [name, item] : value.items()) {
    if (name != "b") drop_digests(item);
  }
}
inline std::string without_digests(const std::string& text) {
  auto message = nlohmann::ordered_json::parse(text);
  drop_digests(message);
  return message.dump();
}

inline std::string of_older_version(const std::string& text, bool up) {
  if (up) return without_fields(text, {"acknowledged", "line", "kept_after"});
  const auto message = nlohmann::ordered_json::parse(text);
  const std::string kind = message.value("kind", "");
  if (kind == "welcome")
    return without_fields(text, {"eras", "safe", "digest_key", "page_bytes", "ask_again_s", "incarnation", "part"});
  if (kind == "page" && message["applied"].empty()) return without_fields(text, {"applied"});
  return text;
}

// A hub with which a store has no version in common: only transactions go up.
inline std::string of_foreign_version(const std::string& text, bool up) {
  auto message = nlohmann::ordered_json::parse(text);
  if (up || message.value("kind", "") != "welcome") return text;
  message["protocol"] = 9;
  return message.dump();
}

}  // namespace vitrine::sync::ends
