// SPDX-License-Identifier: Apache-2.0
// Reading JSON from outside. nlohmann's parser does not recurse, but its depth is bounded before it starts.
#include "sync/protocol/json_input.hpp"

#include <algorithm>
#include <limits>

namespace vitrine::sync::protocol {

namespace {

using nlohmann::json;

// Counts brackets outside strings.
bool deeper_than(std::string_view text, std::size_t max) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > max) return true;
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return false;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

const json& nothing() {
  static const json empty = json::array();
  return empty;
}

}  // namespace

Result<json> parse_object(std::string_view text, std::size_t bytes_max, std::string_view code) {
  if (text.size() > bytes_max) return fail(std::string(code), "longer than " + std::to_string(bytes_max) + " bytes");
  if (deeper_than(text, json_depth_max)) return fail(std::string(code), "nested too deep");
  json value = json::parse(text, nullptr, false);
  if (!value.is_object()) return fail(std::string(code), value.is_discarded() ? "not JSON" : "not an object");
  return value;
}

void Mistake::at(const std::string& path, std::string_view what) {
  if (!error_) error_ = Error{code_, path + ": " + std::string(what)};
}

Fields::Fields(const json& object, std::string path, Mistake& mistake)
    : object_(&object), path_(std::move(path)), mistake_(&mistake) {
  if (!object.is_object()) mistake.at(path_, "not an object");
}

std::string Fields::path_of(const char* name) const { return path_.empty() ? name : path_ + "." + name; }

const json* Fields::find(const char* name) const {
  if (!object_->is_object()) return nullptr;
  const auto found = object_->find(name);
  return found == object_->end() ? nullptr : &*found;
}

std::optional<std::int64_t> integer_of(const json& value, std::int64_t min, std::int64_t max) {
  if (!value.is_number_integer()) return std::nullopt;
  if (value.is_number_unsigned() &&
      value.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
    return std::nullopt;
  const auto number = value.get<std::int64_t>();
  if (number < min || number > max) return std::nullopt;
  return number;
}

std::int64_t Fields::integer(const char* name, std::int64_t min, std::int64_t max) const {
  const json* value = find(name);
  const auto number = value == nullptr ? std::nullopt : integer_of(*value, min, max);
  if (!number) wrong(name, "no integer in its range");
  return number.value_or(min);
}

std::optional<std::int64_t> Fields::integer_if_any(const char* name, std::int64_t min, std::int64_t max) const {
  if (!has(name)) return std::nullopt;
  return integer(name, min, max);
}

std::uint64_t Fields::unsigned_integer(const char* name) const {
  const json* value = find(name);
  if (value != nullptr && value->is_number_unsigned()) return value->get<std::uint64_t>();
  wrong(name, "no integer from 0 on");
  return 0;
}

bool Fields::boolean(const char* name) const {
  const json* value = find(name);
  if (value != nullptr && value->is_boolean()) return value->get<bool>();
  wrong(name, "neither true nor false");
  return false;
}

std::string Fields::text(const char* name, std::size_t min, std::size_t max) const {
  const json* value = find(name);
  if (value != nullptr && value->is_string()) {
    const auto& text = value->get_ref<const std::string&>();
    if (text.size() >= min && text.size() <= max && std::ranges::none_of(text, is_control)) return text;
  }
  wrong(name, "no text of the right length");
  return {};
}

std::optional<std::string> Fields::text_if_any(const char* name, std::size_t min, std::size_t max) const {
  if (!has(name)) return std::nullopt;
  return text(name, min, max);
}

std::string Fields::text(const char* name, bool (*good)(std::string_view)) const {
  const json* value = find(name);
  if (value != nullptr && value->is_string()) {
    const auto& text = value->get_ref<const std::string&>();
    if (good(text)) return text;
  }
  wrong(name, "not well-formed");
  return {};
}

std::optional<std::string> Fields::text_if_any(const char* name, bool (*good)(std::string_view)) const {
  if (!has(name)) return std::nullopt;
  return text(name, good);
}

const json& Fields::array(const char* name, std::size_t max) const {
  const json* value = find(name);
  if (value != nullptr && value->is_array() && value->size() <= max) return *value;
  wrong(name, "no array of the right length");
  return nothing();
}

Fields Fields::object(const char* name) const {
  const json* value = find(name);
  return {value == nullptr ? nothing() : *value, path_of(name), *mistake_};
}

std::vector<std::string> Fields::names() const {
  std::vector<std::string> found;
  if (!object_->is_object()) return found;
  for (const auto& [name, value] : object_->items()) found.push_back(name);
  return found;
}

std::string dump(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

}  // namespace vitrine::sync::protocol
