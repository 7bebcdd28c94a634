// SPDX-License-Identifier: Apache-2.0
// What people are told when the store refuses something, by the stable code of the local API.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/text/texts.hpp"

namespace vitrine::kiosk {

// In the language that is spoken now; a code without words of its own gets a sentence that sends people to staff.
std::string refusal_words(Texts& texts, std::string_view code);

}  // namespace vitrine::kiosk
