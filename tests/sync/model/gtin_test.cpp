// SPDX-License-Identifier: Apache-2.0
// GTIN: printed numbers of the GS1 standard, and what a check digit must notice in any number.
#include <doctest/doctest.h>

#include <array>
#include <random>
#include <string>

#include "sync/model/gtin.hpp"

using namespace vitrine::sync;

namespace {

// A valid number of `length` digits that begins with `lead` zeros, from one seed.
std::string valid_number(std::mt19937& random, std::size_t length, std::size_t lead) {
  std::uniform_int_distribution<int> digit(0, 9);
  std::string digits(lead, '0');
  while (digits.size() + 1 < length) digits += static_cast<char>('0' + digit(random));
  if (digits.find_first_not_of('0') == std::string::npos) digits.back() = '7';
  return digits + gs1_check_digit(digits).value();
}

}  // namespace

TEST_CASE("numbers as printed on goods") {
  CHECK(Gtin::parse("4006381333931")->digits14() == "04006381333931");   // EAN-13
  CHECK(Gtin::parse("036000291452")->digits14() == "00036000291452");    // UPC-A
  CHECK(Gtin::parse("96385074")->digits14() == "00000096385074");        // EAN-8
  CHECK(Gtin::parse("10614141000415")->digits14() == "10614141000415");  // GTIN-14
  CHECK(Gtin::parse("4006381333931")->text() == "4006381333931");
  CHECK(Gtin::parse("036000291452")->text() == "0036000291452");
  CHECK(Gtin::parse("10614141000415")->text() == "10614141000415");
  CHECK(Gtin::parse("036000291452") == Gtin::parse("0036000291452"));
}

TEST_CASE("what is no GTIN") {
  for (const char* bad : {"", "4006381333932", "400638133393", "40063813339310", "4006381333931 ", " 4006381333931",
                          "400638133393a", "0000000000000", "00000000", "123456789012345678", "١٢٣٤٥٦٧٨", "-6385074"}) {
    CAPTURE(bad);
    CHECK_FALSE(Gtin::parse(bad));
  }
  CHECK_FALSE(gs1_check_digit(""));
  CHECK_FALSE(gs1_check_digit("123456789012345678"));
  CHECK_FALSE(gs1_check_digit("12x"));
}

TEST_CASE("any number: one wrong digit is noticed, and two swapped neighbours unless they differ by five") {
  std::mt19937 random(20111024);
  for (int round = 0; round < 4000; ++round) {
    const std::size_t length = std::array<std::size_t, 4>{8, 12, 13, 14}[static_cast<std::size_t>(round) % 4];
    const std::string number = valid_number(random, length, static_cast<std::size_t>(round) % 3);
    CAPTURE(number);
    REQUIRE(Gtin::parse(number));
    CHECK(Gtin::parse(number)->digits14().size() == 14);
    CHECK(Gtin::parse(Gtin::parse(number)->text()) == Gtin::parse(number));
    for (std::size_t i = 0; i < number.size(); ++i) {
      std::string wrong = number;
      wrong[i] = static_cast<char>('0' + (number[i] - '0' + 1 + round % 9) % 10);
      CHECK_FALSE(Gtin::parse(wrong));
      if (i == 0) continue;
      std::string swapped = number;
      std::swap(swapped[i - 1], swapped[i]);
      const bool blind = (number[i] - number[i - 1]) % 5 == 0;
      CHECK(Gtin::parse(swapped).has_value() == blind);
    }
  }
}

TEST_CASE("leading zeros do not change the check digit") {
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    const std::string number = valid_number(random, 12, 0);
    CHECK(Gtin::parse("00" + number) == Gtin::parse(number));
    CHECK(Gtin::parse("0" + number) == Gtin::parse(number));
  }
}
