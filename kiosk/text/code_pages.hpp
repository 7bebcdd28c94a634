// SPDX-License-Identifier: Apache-2.0
// Words in the letters that printers know.
#pragma once

#include <string>
#include <string_view>

namespace vitrine::kiosk {

enum class CodePage { western, central, japanese };  // Windows-1252, PC 852, Shift JIS

CodePage code_page_of(std::string_view language);
// What the page lacks is written with what it has (a plain quote, "GBP "), else as '?'.
std::string in_code_page(std::string_view utf8, CodePage page);

}  // namespace vitrine::kiosk
