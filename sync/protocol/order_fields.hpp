// SPDX-License-Identifier: Apache-2.0
// The fields that order documents and order operations share. Included by their codecs' .cpp files only.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "sync/model/currency.hpp"
#include "sync/model/order.hpp"
#include "sync/protocol/cart_fields.hpp"
#include "sync/rules/order.hpp"

namespace vitrine::sync::protocol {

inline constexpr std::size_t place_bytes_max = 32;  // "A3", "parking 4"
inline constexpr std::size_t name_bytes_max = 60;
inline constexpr std::size_t initial_bytes_max = 8;
inline constexpr std::size_t language_bytes_max = 35;
inline constexpr std::size_t who_bytes_max = 32;

inline constexpr std::array<std::string_view, 3> choice_words = {"wait", "substitute", "refund"};
inline constexpr std::array<std::string_view, 3> event_words = {"handed_over", "refused", "returned"};
inline constexpr std::array<std::string_view, 3> proof_words = {"pass", "code", "staff"};

// A reason or an exception: a word for programs, worded for people where it is shown.
inline bool is_word(std::string_view text) {
  if (text.empty() || text.size() > 32) return false;
  return std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

inline bool are_digits(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }
inline bool is_collection_code(std::string_view text) { return text.size() == 6 && are_digits(text); }
inline bool are_two_digits(std::string_view text) { return text.size() == 2 && are_digits(text); }
inline bool is_proof(std::string_view text) { return std::ranges::find(proof_words, text) != proof_words.end(); }

// From Fields or TapeFields.
template <class From>
PickupPerson decode_person(const From& fields) {
  PickupPerson person;
  person.name = fields.text("name", 1, name_bytes_max);
  person.initial = fields.text_if_any("initial", 1, initial_bytes_max).value_or("");
  person.phone_last2 = fields.text_if_any("phone_last2", are_two_digits).value_or("");
  person.language = fields.text_if_any("language", 1, language_bytes_max).value_or("");
  return person;
}

inline nlohmann::json encode_person(const PickupPerson& person) {
  nlohmann::json out = {{"name", person.name}};
  if (!person.initial.empty()) out["initial"] = person.initial;
  if (!person.phone_last2.empty()) out["phone_last2"] = person.phone_last2;
  if (!person.language.empty()) out["language"] = person.language;
  return out;
}

}  // namespace vitrine::sync::protocol
