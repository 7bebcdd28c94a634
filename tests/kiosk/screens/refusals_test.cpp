// SPDX-License-Identifier: Apache-2.0
// Each refusal that people meet has words of its own in every language.
#include "kiosk/screens/refusals.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace vitrine::kiosk;

TEST_CASE("the store's codes have words in all six languages, each its own") {
  const auto texts = Texts::open("assets/text");
  REQUIRE_MESSAGE(texts, texts.error().message);
  CHECK((*texts)->languages().size() == 6);
  std::set<std::string> all;
  std::size_t count = 0;
  for (const std::string& language : (*texts)->languages()) {
    (*texts)->speak(language, "Europe/London");
    const std::string other = refusal_words(**texts, "a_code_of_tomorrow");
    for (const char* code :
         {"nothing_lent",      "not_enough",      "stock_unknown",      "reservation_unknown", "ticket_taken",   "ticket_expired",
          "ticket_stale",      "ticket_too_long", "nothing_to_pay",     "wrong_pin",           "sign_in_locked", "badge_refused",
          "sign_in_needed",    "session_over",    "session_locked",     "not_permitted",       "device_refused", "staff_unknown",
          "customer_unknown",  "customer_erased", "customer_needs_hub", "too_many_look_ups",   "look_up_over",   "panel_unknown",
          "consent_withdrawn", "consent_full"}) {
      CAPTURE(language);
      CAPTURE(code);
      const std::string words = refusal_words(**texts, code);
      CHECK(words != other);
      CHECK(words.find(code) == std::string::npos);
      all.insert(words);
      ++count;
    }
  }
  CHECK(all.size() == count);  // nobody is spoken to in another's language
}
