// SPDX-License-Identifier: Apache-2.0
// By ICU's converters; see code_pages.hpp.
#include "kiosk/text/code_pages.hpp"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <array>
#include <memory>
#include <optional>

namespace vitrine::kiosk {
namespace {

struct Close {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, Close>;

struct Stand {
  char32_t letter;
  const char* in;
};
// Signs of our own words and of money that not every page has.
constexpr std::array stands = {
    Stand{U'\u2018', "'"},    Stand{U'\u2019', "'"},    Stand{U'\u201C', "\""}, Stand{U'\u201D', "\""},  Stand{U'\u201E', "\""},
    Stand{U'\u2011', "-"},    Stand{U'\u2013', "-"},    Stand{U'\u2212', "-"},  Stand{U'\u2026', "..."}, Stand{U'\u00A0', " "},
    Stand{U'\u202F', " "},    Stand{U'\u2009', " "},    Stand{U'\u00D7', "x"},  Stand{U'\u00B7', "-"},   Stand{U'\u00A3', "GBP "},
    Stand{U'\u20AC', "EUR "}, Stand{U'\uFFE1', "GBP "}, Stand{U'\u00AB', "\""}, Stand{U'\u00BB', "\""},
};

const char* name_of(CodePage page) {
  switch (page) {
    case CodePage::western:
      return "windows-1252";
    case CodePage::central:
      return "ibm-852";
    case CodePage::japanese:
      return "Shift_JIS";
  }
  return "";
}

// None: the page has no such letter.
std::optional<std::string> letter_in(UConverter* converter, const icu::UnicodeString& letter) {
  std::array<char, 16> out{};
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t size = ucnv_fromUChars(converter, out.data(), out.size(), letter.getBuffer(), letter.length(), &status);
  if (U_FAILURE(status) || size <= 0) return std::nullopt;
  return std::string(out.data(), static_cast<std::size_t>(size));
}

}  // namespace

CodePage code_page_of(std::string_view language) {
  return language == "ja" ? CodePage::japanese : language == "pl" ? CodePage::central : CodePage::western;
}

std::string in_code_page(std::string_view utf8, CodePage page) {
  UErrorCode status = U_ZERO_ERROR;
  const Converter converter(ucnv_open(name_of(page), &status));
  if (U_FAILURE(status)) return std::string(utf8.size(), '?');
  ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  const icu::UnicodeString words =
      icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  std::string out;
  for (std::int32_t at = 0; at < words.length(); at = words.moveIndex32(at, 1)) {
    const UChar32 letter = words.char32At(at);
    if (const auto known = letter_in(converter.get(), icu::UnicodeString(letter))) {
      out += *known;
      continue;
    }
    const char* in = "?";
    for (const Stand& stand : stands) {
      if (stand.letter == static_cast<char32_t>(letter)) in = stand.in;
    }
    out += in;
  }
  return out;
}

}  // namespace vitrine::kiosk
