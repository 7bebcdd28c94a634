// SPDX-License-Identifier: Apache-2.0
// Columns and limits of staff.csv, and its PINs on their way to verifiers.
#include "hub/import/staff_rows.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "hub/enrolment/pins.hpp"
#include "sync/protocol/staff_codec.hpp"

namespace vitrine::hub {

namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 10> columns = {"store",     "staff",  "first_name", "initial",    "role",
                                                      "languages", "skills", "pin",        "valid_from", "valid_to"};
constexpr std::array<std::string_view, 1> extras = {"zones"};
constexpr const char* pin_field = "new_pin";
constexpr std::size_t word_bytes_max = 32;

std::vector<std::string> short_words(Fields& fields, const char* column) {
  std::vector<std::string> words = fields.words(column);
  const bool good = words.size() <= sync::staff_words_max &&
                    std::ranges::all_of(words, [](const std::string& word) { return word.size() <= word_bytes_max; });
  if (!good) fields.refuse(std::string(column) + " holds too many or too long words");
  return words;
}

}  // namespace

std::span<const std::string_view> staff_columns() { return columns; }
std::span<const std::string_view> staff_extras() { return extras; }

StaffRow read_staff(Fields& fields) {
  StaffRow row;
  sync::Staff& staff = row.staff;
  staff.store = sync::StoreId{fields.store()};
  staff.number = fields.text("staff", 12);
  if (!staff.number.empty() && !sync::is_staff_number(staff.number))
    fields.refuse("staff '" + staff.number + "' is not made of letters, digits and '-'");
  staff.name = fields.text("first_name", sync::staff_name_bytes_max);
  staff.initial = fields.optional_text("initial", 8);
  staff.role = fields.text("role", 32);
  if (!staff.role.empty() && !sync::is_role(staff.role))
    fields.refuse("role '" + staff.role + "' is not made of small letters, digits and '_'");
  staff.languages = short_words(fields, "languages");
  staff.skills = short_words(fields, "skills");
  if (fields.has("zones")) staff.zones = short_words(fields, "zones");
  row.pin = fields.optional_text("pin", 6);
  // The refusal goes into a report: it does not repeat the PIN.
  if (!row.pin.empty() && !sync::is_good_pin(row.pin))
    fields.refuse("pin is not six digits, or one of the first that a guesser tries");
  staff.from = fields.optional_time("valid_from").value_or(UtcMs{});
  staff.to = fields.optional_time("valid_to");
  if (staff.to && *staff.to <= staff.from) fields.refuse("valid_to is not later than valid_from");
  return row;
}

std::string staff_row_body(const StaffRow& row) {
  json body = json::parse(sync::protocol::encode_staff(row.staff), nullptr, false);
  if (!row.pin.empty()) body[pin_field] = row.pin;
  return body.dump();
}

Result<std::string> staff_after_import(const std::optional<std::string>& before, const std::string& row) {
  auto staff = sync::protocol::decode_staff(row);
  if (!staff) return std::unexpected(staff.error());
  const json body = json::parse(row, nullptr, false);
  const std::string pin = body.value(pin_field, "");
  if (const auto held = before ? sync::protocol::decode_staff(*before) : fail("staff_unknown", ""); held) {
    staff->pin = held->pin;
    staff->badge = held->badge;
  }
  if (!pin.empty() && !is_pin_of(pin, staff->pin)) {
    auto verifier = hash_pin(pin);
    if (!verifier) return std::unexpected(verifier.error());
    staff->pin = std::move(*verifier);
  }
  return sync::protocol::encode_staff(*staff);
}

}  // namespace vitrine::hub
