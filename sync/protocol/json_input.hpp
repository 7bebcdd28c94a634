// SPDX-License-Identifier: Apache-2.0
// Reading JSON from outside: bounded in size and depth, and judged field by field with the path of the first mistake. Included
// by .cpp files only.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace vitrine::sync::protocol {

inline constexpr std::size_t json_depth_max = 16;

// Errors: `code`, when it is too long, nested deeper than json_depth_max, not JSON, not UTF-8, or no object.
Result<nlohmann::json> parse_object(std::string_view text, std::size_t bytes_max, std::string_view code);

// The first mistake found while reading; later ones are not recorded.
class Mistake {
 public:
  explicit Mistake(std::string_view code) : code_(code) {}
  void at(const std::string& path, std::string_view what);
  [[nodiscard]] bool made() const { return error_.has_value(); }
  [[nodiscard]] std::unexpected<Error> error() const { return std::unexpected(*error_); }

 private:
  std::string code_;
  std::optional<Error> error_;
};

// One object's fields. Reading never fails at once: it answers an empty value and notes the mistake.
class Fields {
 public:
  Fields(const nlohmann::json& object, std::string path, Mistake& mistake);

  [[nodiscard]] std::int64_t integer(const char* name, std::int64_t min, std::int64_t max) const;
  [[nodiscard]] std::optional<std::int64_t> integer_if_any(const char* name, std::int64_t min, std::int64_t max) const;
  [[nodiscard]] std::uint64_t unsigned_integer(const char* name) const;
  [[nodiscard]] bool boolean(const char* name) const;
  // Printable text (no control characters) of min to max bytes.
  [[nodiscard]] std::string text(const char* name, std::size_t min, std::size_t max) const;
  [[nodiscard]] std::optional<std::string> text_if_any(const char* name, std::size_t min, std::size_t max) const;
  // Text that `good` accepts.
  [[nodiscard]] std::string text(const char* name, bool (*good)(std::string_view)) const;
  [[nodiscard]] std::optional<std::string> text_if_any(const char* name, bool (*good)(std::string_view)) const;
  // An array of at most max items; empty when it is none.
  [[nodiscard]] const nlohmann::json& array(const char* name, std::size_t max) const;
  [[nodiscard]] bool has(const char* name) const { return find(name) != nullptr; }
  [[nodiscard]] Fields object(const char* name) const;
  // What its members are called; none where it is no object.
  [[nodiscard]] std::vector<std::string> names() const;

  [[nodiscard]] std::string path_of(const char* name) const;
  void wrong(const char* name, std::string_view what) const { mistake_->at(path_of(name), what); }
  [[nodiscard]] Mistake& mistake() const { return *mistake_; }

 private:
  [[nodiscard]] const nlohmann::json* find(const char* name) const;

  const nlohmann::json* object_;
  std::string path_;
  Mistake* mistake_;
};

// Whether it is an integer of JSON between min and max; 2.0 is none.
std::optional<std::int64_t> integer_of(const nlohmann::json& value, std::int64_t min, std::int64_t max);

// Deterministic: sorted keys, no spaces; what is not UTF-8 is replaced.
std::string dump(const nlohmann::json& value);

}  // namespace vitrine::sync::protocol
