// SPDX-License-Identifier: Apache-2.0
// Reading the JSON that is read most often, carts and prices: as json_input.hpp, judged field by field, from simdjson's tape
// instead of a tree of allocations; a tenth of the work. Included by .cpp files only.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sync/protocol/json_input.hpp"

namespace vitrine::sync::protocol {

// Where in the document an object stands; made into words for a mistake only. Points to places further out, which outlive it.
struct Place {
  std::string_view list;
  std::size_t index = 0;
  const Place* outer = nullptr;

  [[nodiscard]] std::string words() const {
    if (list.empty()) return {};
    const std::string before = outer == nullptr ? std::string() : outer->words();
    return before + (before.empty() ? "" : ".") + std::string(list) + "[" + std::to_string(index) + "]";
  }
};

// A document's text, parsed and held until the next one is.
class Tape {
 public:
  // Errors: `code`, when it is too long, nested deeper than json_depth_max, not JSON, not UTF-8, or no object.
  Result<simdjson::dom::object> object(std::string_view text, std::size_t bytes_max, std::string_view code) {
    if (text.size() > bytes_max) return fail(std::string(code), "longer than " + std::to_string(bytes_max) + " bytes");
    const bool fits = parser_.capacity() >= text.size() && parser_.max_depth() == json_depth_max;
    if (!fits && parser_.allocate(text.size(), json_depth_max) != simdjson::SUCCESS) return fail(std::string(code), "no memory");
    simdjson::dom::element whole;
    simdjson::dom::object found;
    if (parser_.parse(text.data(), text.size()).get(whole) != simdjson::SUCCESS)
      return fail(std::string(code), "not JSON, or nested too deep");
    if (whole.get(found) != simdjson::SUCCESS) return fail(std::string(code), "not an object");
    return found;
  }

 private:
  simdjson::dom::parser parser_;
};

// One object's fields. Reading never fails at once: it answers an empty value and notes the mistake.
class TapeFields {
 public:
  TapeFields(simdjson::dom::object object, const Place& place, Mistake& mistake)
      : object_(object), place_(&place), mistake_(&mistake) {
    for (const auto& [name, value] : object) names_ |= bit_of(name);
  }

  [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t min, std::int64_t max) const {
    return integer(at(name), name, min, max);
  }
  [[nodiscard]] std::optional<std::int64_t> integer_if_any(std::string_view name, std::int64_t min, std::int64_t max) const {
    const auto found = at(name);
    if (found.error() != simdjson::SUCCESS) return std::nullopt;
    return integer(found, name, min, max);
  }
  [[nodiscard]] bool boolean(std::string_view name) const {
    bool value = false;
    if (at(name).get(value) != simdjson::SUCCESS) wrong(name, "neither true nor false");
    return value;
  }
  // Printable text (no control characters) of min to max bytes.
  [[nodiscard]] std::string text(std::string_view name, std::size_t min, std::size_t max) const {
    return text(at(name), name, min, max);
  }
  [[nodiscard]] std::optional<std::string> text_if_any(std::string_view name, std::size_t min, std::size_t max) const {
    const auto found = at(name);
    if (found.error() != simdjson::SUCCESS) return std::nullopt;
    return text(found, name, min, max);
  }
  // Text that `good` accepts.
  [[nodiscard]] std::string text(std::string_view name, bool (*good)(std::string_view)) const {
    return text(at(name), name, good);
  }
  [[nodiscard]] std::optional<std::string> text_if_any(std::string_view name, bool (*good)(std::string_view)) const {
    const auto found = at(name);
    if (found.error() != simdjson::SUCCESS) return std::nullopt;
    return text(found, name, good);
  }
  // Calls each(fields, place) for the objects of an array of at most max items.
  template <class Each>
  void each_object(std::string_view name, std::size_t max, const Each& each) const {
    simdjson::dom::array items;
    if (at(name).get(items) != simdjson::SUCCESS || items.size() > max) return wrong(name, "no array of the right length");
    Place place{name, 0, place_};
    for (const simdjson::dom::element item : items) {
      simdjson::dom::object found;
      if (item.get(found) == simdjson::SUCCESS) {
        each(TapeFields(found, place, *mistake_));
      } else {
        mistake_->at(place.words(), "not an object");
      }
      ++place.index;
    }
  }
  // Of an array's items; 0 of anything else.
  [[nodiscard]] std::size_t size_of_array(std::string_view name) const {
    simdjson::dom::array items;
    return at(name).get(items) == simdjson::SUCCESS ? items.size() : 0;
  }
  [[nodiscard]] bool has(std::string_view name) const { return at(name).error() == simdjson::SUCCESS; }
  // The field of that name, or an error.
  [[nodiscard]] simdjson::simdjson_result<simdjson::dom::element> at(std::string_view name) const {
    if ((names_ & bit_of(name)) == 0) return simdjson::NO_SUCH_FIELD;
    return object_[name];
  }
  [[nodiscard]] simdjson::dom::object object() const { return object_; }
  // The object that stands in this field; a mistake in it is told by this one's place.
  [[nodiscard]] TapeFields inside(std::string_view name, simdjson::dom::object object) const {
    TapeFields in(object, *place_, *mistake_);
    in.field_ = name;
    return in;
  }
  void wrong(std::string_view name, std::string_view what) const {
    const auto joined = [](const std::string& before, std::string_view after) {
      return before + (before.empty() || after.empty() ? "" : ".") + std::string(after);
    };
    mistake_->at(joined(joined(place_->words(), field_), name), what);
  }

 private:
  using Found = simdjson::simdjson_result<simdjson::dom::element>;

  // Most fields that may be there are not: those whose bit nobody has set need not be looked for among the others.
  static std::uint64_t bit_of(std::string_view name) {
    if (name.empty()) return 1;
    return std::uint64_t{1} << ((name.size() + 7U * static_cast<unsigned char>(name.front()) +
                                 11U * static_cast<unsigned char>(name.back())) %
                                64);
  }

  [[nodiscard]] std::int64_t integer(const Found& found, std::string_view name, std::int64_t min, std::int64_t max) const {
    std::int64_t value = 0;
    if (found.get(value) == simdjson::SUCCESS && value >= min && value <= max) return value;
    wrong(name, "no integer in its range");
    return min;
  }
  [[nodiscard]] std::string text(const Found& found, std::string_view name, std::size_t min, std::size_t max) const {
    std::string_view value;
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (found.get(value) == simdjson::SUCCESS && value.size() >= min && value.size() <= max &&
        std::ranges::none_of(value, is_control))
      return std::string(value);
    wrong(name, "no text of the right length");
    return {};
  }
  [[nodiscard]] std::string text(const Found& found, std::string_view name, bool (*good)(std::string_view)) const {
    std::string_view value;
    if (found.get(value) == simdjson::SUCCESS && good(value)) return std::string(value);
    wrong(name, "not well-formed");
    return {};
  }

  simdjson::dom::object object_;
  std::uint64_t names_ = 0;  // a bit for each of the object's
  const Place* place_;
  Mistake* mistake_;
  std::string_view field_;  // of the object at place_, where this is one of its fields
};

}  // namespace vitrine::sync::protocol
