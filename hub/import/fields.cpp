// SPDX-License-Identifier: Apache-2.0
// What a well-formed value of each kind looks like, and the words that say why another is not.
#include "hub/import/fields.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include "base/require.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::hub {

namespace {

constexpr std::int64_t day_ms = 86'400'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::int64_t> digits(std::string_view text) {
  std::int64_t number = 0;
  if (text.empty() || !std::ranges::all_of(text, is_digit)) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string joined(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ",") + std::string(name);
  return text;
}

// "14:35" or "14:35:00", behind the T and without the Z, in milliseconds.
std::optional<std::int64_t> time_of_day(std::string_view text) {
  if (text.size() != 5 && text.size() != 8) return std::nullopt;
  if (text[2] != ':' || (text.size() == 8 && text[5] != ':')) return std::nullopt;
  const auto hour = digits(text.substr(0, 2));
  const auto minute = digits(text.substr(3, 2));
  const auto second = text.size() == 8 ? digits(text.substr(6, 2)) : std::optional<std::int64_t>(0);
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return ((*hour * 60 + *minute) * 60 + *second) * 1000;
}

}  // namespace

std::optional<UtcMs> parse_utc(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day || *year < 1970 || *year > 2199) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  const std::int64_t midnight = std::chrono::sys_days(date).time_since_epoch().count() * day_ms;
  if (text.size() == 10) return UtcMs{midnight};
  if (text[10] != 'T' || text.back() != 'Z') return std::nullopt;
  const auto within = time_of_day(text.substr(11, text.size() - 12));
  if (!within) return std::nullopt;
  return UtcMs{midnight + *within};
}

Result<Columns> Columns::match(std::span<const std::string_view> expected, std::span<const std::string_view> optional,
                               const std::vector<std::string>& header) {
  std::string wrong;
  const auto note = [&](const std::string& what) { wrong += (wrong.empty() ? "" : ", ") + what; };
  for (const std::string_view name : expected) {
    const auto found = std::ranges::count(header, name);
    if (found == 0) note("column " + std::string(name) + " is missing");
    if (found > 1) note("column " + std::string(name) + " stands twice");
  }
  for (const std::string& name : header) {
    if (std::ranges::find(optional, name) != optional.end()) {
      if (std::ranges::count(header, name) > 1) note("column " + name + " stands twice");
    } else if (std::ranges::find(expected, name) == expected.end()) {
      note("column '" + name.substr(0, 40) + "' is unknown");
    }
  }
  if (!wrong.empty()) return fail("import_columns", wrong + "; expected " + joined(expected));
  Columns columns;
  columns.names_ = header;
  return columns;
}

bool Columns::has(std::string_view name) const { return std::ranges::find(names_, name) != names_.end(); }

std::size_t Columns::place(std::string_view name) const {
  const auto found = std::ranges::find(names_, name);
  require(found != names_.end(), "only columns that were matched are read");
  return static_cast<std::size_t>(found - names_.begin());
}

void Fields::refuse(std::string reason) {
  if (!refusal_) refusal_ = std::move(reason);
}

void Fields::refuse_value(std::string_view column, std::string_view why) {
  std::string shown = value(column).substr(0, 60);
  std::ranges::replace_if(shown, [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; }, '?');
  if (shown.size() < value(column).size()) {  // the cut may have gone through a letter of several bytes
    while (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0xc0) == 0x80) shown.pop_back();
    if (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0x80) != 0) shown.pop_back();
  }
  refuse(std::string(column) + " '" + shown + "' " + std::string(why));
}

std::string Fields::optional_text(std::string_view column, std::size_t bytes_max) {
  const std::string& text = value(column);
  if (std::ranges::any_of(text, [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; })) {
    refuse_value(column, "holds a control character");
  } else if (text.size() > bytes_max) {
    refuse(std::string(column) + " is longer than " + std::to_string(bytes_max) + " bytes");
  } else if (!text.empty() && (text.front() == ' ' || text.back() == ' ')) {
    refuse_value(column, "begins or ends with a space");
  }
  return refusal_ ? std::string() : text;
}

std::string Fields::text(std::string_view column, std::size_t bytes_max) {
  if (value(column).empty()) refuse(std::string(column) + " is empty");
  return optional_text(column, bytes_max);
}

std::string Fields::one_of(std::string_view column, std::span<const std::string_view> allowed) {
  const std::string& text = value(column);
  if (std::ranges::find(allowed, text) == allowed.end()) refuse_value(column, "is none of " + joined(allowed));
  return refusal_ ? std::string() : text;
}

std::vector<std::string> Fields::words(std::string_view column) {
  std::vector<std::string> found;
  std::string_view rest = value(column);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (end > 0) found.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return found;
}

std::string Fields::sku(std::string_view column) {
  if (value(column).empty()) refuse(std::string(column) + " is empty");
  if (!sync::is_sku(value(column)))
    refuse_value(column, "is not a SKU: 1 to 40 printable ASCII characters without quote, \\ or /");
  return refusal_ ? std::string() : value(column);
}

std::string Fields::store(std::string_view column) {
  if (!sync::is_store_id(value(column))) refuse_value(column, "is not a store id: 1 to 32 small letters, digits and '-'");
  return refusal_ ? std::string() : value(column);
}

std::string Fields::optional_store(std::string_view column) { return value(column).empty() ? std::string() : store(column); }

std::string Fields::name(std::string_view column) {
  if (!sync::is_store_id(value(column))) refuse_value(column, "is not a name of 1 to 32 small letters, digits and '-'");
  return refusal_ ? std::string() : value(column);
}

std::string Fields::currency(std::string_view column) {
  const std::string& text = value(column);
  if (text.size() != 3 || !std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; })) {
    refuse_value(column, "is not an ISO 4217 code");
  }
  return refusal_ ? std::string() : text;
}

std::int64_t Fields::whole(std::string_view column, std::int64_t min, std::int64_t max) {
  std::string_view text = value(column);
  const bool is_negative = !text.empty() && text.front() == '-';
  if (is_negative) text.remove_prefix(1);
  const std::optional<std::int64_t> size = digits(text);
  const std::int64_t number = size ? (is_negative ? -*size : *size) : 0;
  if (!size || number < min || number > max) {
    refuse_value(column, "is not a whole number from " + std::to_string(min) + " to " + std::to_string(max));
  }
  return refusal_ ? 0 : number;
}

std::int64_t Fields::minor_units(std::string_view column) {
  const std::string_view text = value(column);
  const std::size_t dot = text.find('.');
  const std::string_view fraction = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
  const std::optional<std::int64_t> units = digits(text.substr(0, dot));
  const std::optional<std::int64_t> parts = fraction.empty() ? std::optional<std::int64_t>(0) : digits(fraction);
  const bool has_bare_dot = dot != std::string_view::npos && fraction.empty();
  if (!units || !parts || has_bare_dot || fraction.size() > 2 || *units > 9'999'999) {
    refuse_value(column, "is not an amount from 0 to 9999999.99 with at most two decimals");
    return 0;
  }
  return *units * 100 + (fraction.size() == 1 ? *parts * 10 : *parts);
}

UtcMs Fields::time(std::string_view column) {
  const std::optional<UtcMs> at = parse_utc(value(column));
  if (!at) refuse_value(column, "is neither a date 2011-10-24 nor a UTC time 2011-10-24T14:35:00Z");
  return at ? at->plus(shift_days_ * day_ms) : UtcMs{};
}

std::optional<UtcMs> Fields::optional_time(std::string_view column) {
  if (value(column).empty()) return std::nullopt;
  return time(column);
}

bool Fields::truth(std::string_view column) {
  const std::string& text = value(column);
  if (text != "true" && text != "false") refuse_value(column, "is neither true nor false");
  return text == "true";
}

}  // namespace vitrine::hub
