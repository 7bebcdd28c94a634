// SPDX-License-Identifier: Apache-2.0
// Application identifiers: GS1 General Specifications, section 3 and figure 7.8.5-2 (those of a length fixed in advance).
#include "sync/model/gs1.hpp"

#include <algorithm>
#include <array>

namespace vitrine::sync {

namespace {

constexpr char group_separator = '\x1d';

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

std::unexpected<Error> unreadable() { return fail("code_unreadable", "this is no product's code"); }
std::unexpected<Error> wrong_digit() {
  return fail("code_check_digit", "a digit of the code is wrong: its check digit does not fit");
}

std::int64_t number_of(std::string_view digits) {
  std::int64_t number = 0;
  for (const char c : digits) number = 10 * number + (c - '0');
  return number;
}

// A number with `decimals`, as if it had `wanted`; none when digits would be lost.
std::optional<std::int64_t> scaled(std::string_view digits, int decimals, int wanted) {
  std::int64_t number = number_of(digits);
  for (; decimals < wanted; ++decimals) number *= 10;
  for (; decimals > wanted; --decimals) {
    if (number % 10 != 0) return std::nullopt;
    number /= 10;
  }
  return number;
}

// What is known so far of one code.
struct Reading {
  std::string_view gtin;
  std::optional<std::int64_t> price_minor;
  std::optional<std::int64_t> weight_g;

  void take(std::string_view ai, std::string_view value) {
    if (ai == "01") gtin = value;
    if (ai.size() != 4 || !all_digits(value) || !is_digit(ai[3])) return;
    if (ai.starts_with("310") && value.size() == 6) weight_g = scaled(value, ai[3] - '0', 3);
    if (ai.starts_with("392") && value.size() <= 15) price_minor = scaled(value, ai[3] - '0', 2);
  }
  [[nodiscard]] Result<ProductCode> done() const {
    if (gtin.empty() || !all_digits(gtin)) return unreadable();
    const auto read = Gtin::parse(gtin);
    if (!read)
      return gtin.size() == 14 || gtin.size() == 13 || gtin.size() == 12 || gtin.size() == 8 ? wrong_digit() : unreadable();
    return ProductCode{*read, price_minor, weight_g};
  }
};

// Digits of an identifier, by how it begins.
std::size_t identifier_size(std::string_view text) {
  if (text.size() < 2 || !is_digit(text[0]) || !is_digit(text[1])) return 0;
  const char first = text[0];
  const char second = text[1];
  if (first == '2') return second >= '3' && second <= '5' ? 3 : 2;
  if (first == '3') return second == '0' || second == '7' ? 2 : 4;
  if (first == '4') return second == '3' ? 4 : 3;
  if (first == '7') return second == '1' ? 3 : 4;
  return first == '8' ? 4 : 2;
}

// How long its value is when nothing need end it; 0: up to a separator.
std::size_t fixed_size(std::string_view ai) {
  const std::string_view begin = ai.substr(0, 2);
  if (begin == "00") return 18;
  if (begin == "01" || begin == "02" || begin == "03") return 14;
  if (begin == "04") return 16;
  if (ai.size() == 2 && ai[0] == '1' && ai[1] >= '1') return 6;
  if (begin == "20") return 2;
  if (begin >= "31" && begin <= "36") return 6;
  return begin == "41" ? 13 : 0;
}

Result<ProductCode> read_elements(std::string_view text) {
  Reading reading;
  while (!text.empty()) {
    if (text.front() == group_separator) {
      text.remove_prefix(1);
      continue;
    }
    const std::size_t size = identifier_size(text);
    if (size == 0 || text.size() <= size) return unreadable();
    const std::string_view ai = text.substr(0, size);
    text.remove_prefix(size);
    const std::size_t fixed = fixed_size(ai);
    const std::size_t end = fixed > 0 ? fixed : std::min(text.find(group_separator), text.size());
    if (text.size() < end || end == 0) return unreadable();
    reading.take(ai, text.substr(0, end));
    text.remove_prefix(end);
  }
  return reading.done();
}

Result<ProductCode> read_bracketed(std::string_view text) {
  Reading reading;
  while (!text.empty()) {
    const std::size_t close = text.find(')');
    if (text.front() != '(' || close == std::string_view::npos || !all_digits(text.substr(1, close - 1))) return unreadable();
    const std::size_t end = std::min(text.find('(', close), text.size());
    reading.take(text.substr(1, close - 1), text.substr(close + 1, end - close - 1));
    text.remove_prefix(end);
  }
  return reading.done();
}

Result<ProductCode> read_link(std::string_view text) {
  Reading reading;
  const std::size_t host = text.find("://") + 3;
  const std::size_t path_end = std::min(text.find_first_of("?#", host), text.size());
  std::string_view before;
  for (std::size_t at = text.find('/', host); at < path_end;) {
    const std::size_t next = std::min(text.find('/', at + 1), path_end);
    const std::string_view part = text.substr(at + 1, next - at - 1);
    if (before == "gtin") before = "01";
    if (reading.gtin.empty() || before != "01") reading.take(before, part);
    before = part;
    at = next;
  }
  if (path_end < text.size() && text[path_end] == '?') {
    std::string_view rest = text.substr(path_end + 1, std::min(text.find('#', path_end), text.size()) - path_end - 1);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find_first_of("&;"), rest.size());
      const std::size_t equals = rest.find('=');
      if (equals < end && rest.substr(0, equals) != "01")
        reading.take(rest.substr(0, equals), rest.substr(equals + 1, end - equals - 1));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return reading.done();
}

}  // namespace

Result<ProductCode> read_product_code(std::string_view text) {
  if (text.size() > 3 && text[0] == ']' && is_digit(text[2])) text.remove_prefix(3);  // "]C1", ISO/IEC 15424
  if (text.size() <= 14 && all_digits(text)) {
    Reading bare;
    bare.gtin = text;
    return bare.done();
  }
  std::string scheme(text.substr(0, 8));
  std::ranges::transform(scheme, scheme.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (scheme.starts_with("http://") || scheme.starts_with("https://")) return read_link(text);
  if (text.starts_with('(')) return read_bracketed(text);
  return read_elements(text);
}

char price_check_digit(std::string_view four_digits) {
  constexpr std::array<std::string_view, 4> weighted = {"0246891357", "0246891357", "0369258147", "0594837261"};
  int sum = 0;
  for (std::size_t i = 0; i < weighted.size() && i < four_digits.size(); ++i) {
    sum += weighted[i][static_cast<std::size_t>(four_digits[i] - '0')] - '0';
  }
  return static_cast<char>('0' + 3 * sum % 10);
}

Result<InStoreScheme> InStoreScheme::parse(std::string_view pattern) {
  const auto malformed = [&] {
    return fail("scheme_malformed",
                "'" + std::string(pattern.substr(0, 40)) +
                    "' is no scheme such as 02IIIIIVPPPPC: 13 characters, from 02 or 20 to 29, one I and one of P and W, C last");
  };
  if (pattern.size() != 13 || pattern.back() != 'C') return malformed();
  InStoreScheme out;
  std::size_t at = 0;
  while (at < pattern.size() && is_digit(pattern[at])) ++at;
  out.begins_ = pattern.substr(0, at);
  if (at < 2 || !(out.begins_.starts_with("02") || out.begins_.front() == '2')) return malformed();
  while (at < 12) {
    const char letter = pattern[at];
    std::size_t end = at;
    while (end < 12 && pattern[end] == letter) ++end;
    Run& run = letter == 'I' ? out.item_ : letter == 'V' ? out.check_ : out.value_;
    if ((letter != 'I' && letter != 'V' && letter != 'P' && letter != 'W') || run.size != 0) return malformed();
    run = {at, end - at};
    out.is_weight_ = out.is_weight_ || letter == 'W';
    at = end;
  }
  const bool check_fits = out.check_.size == 0 || (out.check_.size == 1 && out.value_.size == 4 && !out.is_weight_);
  if (out.item_.size == 0 || out.value_.size == 0 || !check_fits) return malformed();
  return out;
}

Result<std::optional<ProductCode>> InStoreScheme::read(std::string_view digits) const {
  if (digits.size() != 13 || !all_digits(digits) || !digits.starts_with(begins_)) return std::nullopt;
  if (!Gtin::parse(digits)) return wrong_digit();
  const std::string_view value = digits.substr(value_.at, value_.size);
  if (check_.size == 1 && digits[check_.at] != price_check_digit(value)) return wrong_digit();
  std::string listed(digits.substr(0, 12));
  for (const Run& run : {value_, check_})
    std::ranges::fill(listed.begin() + static_cast<std::ptrdiff_t>(run.at),
                      listed.begin() + static_cast<std::ptrdiff_t>(run.at + run.size), '0');
  listed.push_back(*gs1_check_digit(listed));
  const auto gtin = Gtin::parse(listed);
  if (!gtin) return unreadable();
  ProductCode code{*gtin, {}, {}};
  (is_weight_ ? code.weight_g : code.price_minor) = number_of(value);
  return code;
}

}  // namespace vitrine::sync
