// SPDX-License-Identifier: Apache-2.0
// See word_match.hpp.
#include "kiosk/text/word_match.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace vitrine::kiosk {
namespace {

constexpr UChar32 scripts_without_spaces = 0x3040;  // hiragana and what stands behind it
constexpr UChar32 l_with_stroke = 0x142;            // a letter of its own, not one with a mark

icu::UnicodeString folded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  auto whole = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  whole.foldCase();
  const icu::Normalizer2* parts = icu::Normalizer2::getNFKDInstance(status);
  if (U_SUCCESS(status)) whole = parts->normalize(whole, status);
  icu::UnicodeString out;
  for (std::int32_t i = 0; i < whole.length(); i = whole.moveIndex32(i, 1)) {
    const UChar32 letter = whole.char32At(i);
    if (u_charType(letter) == U_NON_SPACING_MARK) continue;
    out.append(letter == l_with_stroke ? static_cast<UChar32>('l') : u_isalnum(letter) != 0 ? letter : static_cast<UChar32>(' '));
  }
  return out;
}

bool begins_a_word(const icu::UnicodeString& word, const icu::UnicodeString& thing) {
  const bool anywhere = word.char32At(0) >= scripts_without_spaces;
  for (std::int32_t at = thing.indexOf(word); at >= 0; at = thing.indexOf(word, at + 1)) {
    if (anywhere || at == 0 || thing.charAt(at - 1) == ' ') return true;
  }
  return false;
}

}  // namespace

bool names(std::string_view typed, std::string_view thing) {
  const icu::UnicodeString words = folded(typed);
  const icu::UnicodeString in = folded(thing);
  bool any = false;
  for (std::int32_t from = 0; from < words.length();) {
    std::int32_t to = words.indexOf(static_cast<char16_t>(' '), from);
    if (to < 0) to = words.length();
    if (to > from) {
      if (!begins_a_word(icu::UnicodeString(words, from, to - from), in)) return false;
      any = true;
    }
    from = to + 1;
  }
  return any;
}

}  // namespace vitrine::kiosk
