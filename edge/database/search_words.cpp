// SPDX-License-Identifier: Apache-2.0
// ICU folds what is not ASCII; most words are, and never come near it.
#include "edge/database/search_words.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <utility>

namespace vitrine::edge::database {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Letters that no decomposition takes apart.
std::string_view latin_letter(UChar32 c) {
  switch (c) {
    case 0x142:
      return "l";  // ł
    case 0xf8:
      return "o";  // ø
    case 0x111:
    case 0xf0:
      return "d";  // đ ð
    case 0xe6:
      return "ae";  // æ
    case 0x153:
      return "oe";  // œ
    case 0xfe:
      return "th";  // þ
    case 0x131:
      return "i";  // ı
    default:
      return {};
  }
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_pairwise(UChar32 c) {
  UErrorCode error = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(c, &error);
  return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || c == 0x30fc;  // ー lengthens a kana
}

// Lower case, no marks. An apostrophe is dropped, whatever else is no letter or digit becomes a space; '-' between letters stays.
std::string fold_unicode(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* apart = icu::Normalizer2::getNFKDInstance(error);
  const icu::Normalizer2* together = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) return {};
  icu::UnicodeString in = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())}).foldCase();
  in = apart->normalize(in, error);
  icu::UnicodeString out;
  for (int32_t i = 0; i < in.length(); i = in.moveIndex32(i, 1)) {
    UChar32 c = in.char32At(i);
    if ((c >= 0x300 && c <= 0x36f) || c == 0x2019 || c == 0x27) continue;
    if (c >= 0x30a1 && c <= 0x30f6) c -= 0x60;  // katakana
    if (const std::string_view letter = latin_letter(c); !letter.empty()) {
      out.append(icu::UnicodeString::fromUTF8({letter.data(), static_cast<int32_t>(letter.size())}));
    } else if (c == 0x2010 || c == 0x2011 || c == '-') {
      out.append(static_cast<UChar32>('-'));
    } else if (u_isalnum(c) != 0 || u_charType(c) == U_NON_SPACING_MARK || is_pairwise(c)) {
      out.append(c);
    } else {
      out.append(static_cast<UChar32>(' '));
    }
  }
  std::string utf8;
  together->normalize(out, error).toUTF8String(utf8);
  return U_FAILURE(error) ? std::string() : utf8;
}

std::string fold(std::string_view text) {
  if (!is_ascii(text)) return fold_unicode(text);
  std::string out;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') {
      out.push_back(static_cast<char>(c - 'A' + 'a'));
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') {
      out.push_back(c);
    } else if (c != '\'') {
      out.push_back(' ');
    }
  }
  return out;
}

// A folded run without spaces, apart where CJK begins and ends.
void take_run(std::string_view run, std::vector<std::string>& words) {
  if (is_ascii(run)) {
    words.emplace_back(run);
    return;
  }
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8({run.data(), static_cast<int32_t>(run.size())});
  const auto add = [&](int32_t from, int32_t to) {
    std::string word;
    text.tempSubStringBetween(from, to).toUTF8String(word);
    if (!word.empty()) words.push_back(std::move(word));
  };
  for (int32_t at = 0; at < text.length();) {
    const bool pairs = is_pairwise(text.char32At(at));
    int32_t end = at;
    while (end < text.length() && is_pairwise(text.char32At(end)) == pairs) end = text.moveIndex32(end, 1);
    const int32_t second = text.moveIndex32(at, 1);
    if (!pairs || second >= end) {
      add(at, end);
    } else {
      for (int32_t from = at, mid = second; mid < end; from = mid, mid = text.moveIndex32(mid, 1))
        add(from, text.moveIndex32(mid, 1));
    }
    at = end;
  }
}

void take_folded(std::string_view folded, SearchWords& into) {
  while (!folded.empty()) {
    const std::size_t end = std::min(folded.find(' '), folded.size());
    std::string_view compound = folded.substr(0, end);
    folded.remove_prefix(std::min(end + 1, folded.size()));
    std::string joined;
    std::size_t parts = 0;
    while (!compound.empty()) {
      const std::size_t dash = std::min(compound.find('-'), compound.size());
      if (dash > 0) {
        take_run(compound.substr(0, dash), into.words);
        joined += compound.substr(0, dash);
        ++parts;
      }
      compound.remove_prefix(std::min(dash + 1, compound.size()));
    }
    if (parts > 1 && parts < 4) into.spelled.push_back(std::move(joined));
  }
}

// ä ö ü as people without those keys write them; empty: there are none.
std::string umlauts_spelled(std::string_view text) {
  constexpr std::array<Pair, 6> letters = {Pair{"\xc3\xa4", "ae"}, Pair{"\xc3\xb6", "oe"}, Pair{"\xc3\xbc", "ue"},
                                           Pair{"\xc3\x84", "ae"}, Pair{"\xc3\x96", "oe"}, Pair{"\xc3\x9c", "ue"}};
  std::string out;
  bool found = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto letter = std::ranges::find(letters, text.substr(i, 2), &Pair::first);
    if (letter == letters.end()) {
      out.push_back(text[i]);
      continue;
    }
    out += letter->second;
    found = true;
    ++i;
  }
  return found ? out : std::string();
}

bool drop(std::string& word, std::string_view ending, std::size_t at_least, std::string_view instead = "") {
  if (word.size() < ending.size() + at_least || !word.ends_with(ending)) return false;
  word.replace(word.size() - ending.size(), ending.size(), instead);
  return true;
}

constexpr auto irregular = std::to_array<Pair>({{"children", "child"},
                                                {"feet", "foot"},
                                                {"geese", "goose"},
                                                {"men", "man"},
                                                {"mice", "mouse"},
                                                {"teeth", "tooth"},
                                                {"women", "woman"}});

}  // namespace

SearchWords search_words(std::string_view text) {
  SearchWords out;
  take_folded(fold(text), out);
  if (const std::string spelled = is_ascii(text) ? std::string() : umlauts_spelled(text); !spelled.empty()) {
    SearchWords other;
    take_folded(fold(spelled), other);
    for (std::string& word : other.words) {
      if (std::ranges::find(out.words, word) == out.words.end()) out.spelled.push_back(std::move(word));
    }
  }
  return out;
}

std::string stem_of(std::string_view word) {
  std::string stem(word);
  if (!is_ascii(word) || std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; })) return stem;
  if (const auto* found = std::ranges::find(irregular, word, &Pair::first); found != irregular.end()) stem = found->second;
  // English, and -s and -x of French and Spanish.
  const bool ends_in_ss =
      stem.ends_with("ss") || stem.ends_with("us") || stem.ends_with("is") || (stem.ends_with("as") && stem.size() < 5);
  if (!drop(stem, "ies", 2, "y") && !drop(stem, "sses", 2, "ss") && !drop(stem, "shes", 2, "sh") &&
      !drop(stem, "ches", 2, "ch") && !drop(stem, "xes", 2, "x") && !drop(stem, "ves", 3, "f") && !drop(stem, "eaux", 2, "eau") &&
      !drop(stem, "aux", 2, "al") && !drop(stem, "eux", 2, "eu")) {
    if (!ends_in_ss) drop(stem, "s", 3);
  }
  // German, then a last vowel: "kerze" and "kerzen", "świeca" and "świece", and English "shelf" and "shelve".
  if (!drop(stem, "ern", 4) && !drop(stem, "er", 4)) drop(stem, "en", 4);
  if (stem.size() > 4 && stem.ends_with('n') && stem[stem.size() - 2] == 'l') stem.pop_back();
  if (stem.size() > 4 && std::string_view("aeiouy").find(stem.back()) != std::string_view::npos) stem.pop_back();
  return stem;
}

std::string folded_code(std::string_view sku) {
  std::string out;
  for (const char c : fold(sku)) {
    if (c != ' ' && c != '-') out.push_back(c);
  }
  return out;
}

bool within_one_mistake(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t same = 0;
  while (same < a.size() && a[same] == b[same]) ++same;
  const std::string_view rest_a = a.substr(same);
  const std::string_view rest_b = b.substr(same);
  if (a.size() != b.size()) return rest_a == rest_b.substr(1);
  if (rest_a.size() < 2 || rest_a.substr(1) == rest_b.substr(1)) return true;
  return rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] && rest_a.substr(2) == rest_b.substr(2);
}

}  // namespace vitrine::edge::database
