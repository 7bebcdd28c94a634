// SPDX-License-Identifier: Apache-2.0
// One look-up: a new code needs a row in assets/text alone.
#include "kiosk/screens/refusals.hpp"

namespace vitrine::kiosk {

std::string refusal_words(Texts& texts, std::string_view code) {
  if (auto words = texts.say_if_known("refusal." + std::string(code))) return std::move(*words);
  return texts.say("refusal.other");
}

}  // namespace vitrine::kiosk
