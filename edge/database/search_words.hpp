// SPDX-License-Identifier: Apache-2.0
// Words as the search index knows them: lower case, letters without marks ("ß" as "ss", "ł" as "l"), hiragana for katakana;
// Chinese and Japanese runs as pairs of characters. A stem is what singular and plural have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vitrine::edge::database {

struct SearchWords {
  std::vector<std::string> words;    // in their order
  std::vector<std::string> spelled;  // further ways to write some of them: "tlight" for "t-light", "kaese" for "käse"
};
SearchWords search_words(std::string_view text);

// Of a folded word. Light rules for English, German, French, Spanish and Polish plurals that need no dictionary; two words with
// one stem are a weaker hit than the word itself.
std::string stem_of(std::string_view word);

// Letters and digits of a product number, folded, without what stands between them: "AB-12/c" → "ab12c".
std::string folded_code(std::string_view sku);

// One typing mistake at most: a letter too many, too few, wrong, or two that changed places.
bool within_one_mistake(std::string_view a, std::string_view b);

}  // namespace vitrine::edge::database
