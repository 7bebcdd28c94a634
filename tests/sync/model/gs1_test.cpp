// SPDX-License-Identifier: Apache-2.0
// Codes of products, as scanners and people give them. The numbers are examples of the GS1 documents or made to fit.
#include "sync/model/gs1.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace vitrine;
using namespace vitrine::sync;

namespace {

std::string read(std::string_view text) {
  const auto code = read_product_code(text);
  if (!code) return code.error().code;
  std::string said = code->gtin.digits14();
  if (code->price_minor) said += " price " + std::to_string(*code->price_minor);
  if (code->weight_g) said += " weight " + std::to_string(*code->weight_g);
  return said;
}

std::string in_store(std::string_view pattern, std::string_view digits) {
  const auto scheme = InStoreScheme::parse(pattern);
  if (!scheme) return scheme.error().code;
  const auto code = scheme->read(digits);
  if (!code) return code.error().code;
  if (!*code) return "another";
  return (*code)->gtin.text() + ((*code)->price_minor ? " price " + std::to_string(*(*code)->price_minor) : "") +
         ((*code)->weight_g ? " weight " + std::to_string(*(*code)->weight_g) : "");
}

std::string with_check(std::string digits) { return digits + *gs1_check_digit(digits); }

}  // namespace

TEST_CASE("bare numbers of every length, and a wrong digit is told from no code") {
  CHECK(read("96385074") == "00000096385074");
  CHECK(read("012345678905") == "00012345678905");
  CHECK(read("4006381333931") == "04006381333931");
  CHECK(read("10012345678902") == "10012345678902");
  CHECK(read("4006381333932") == "code_check_digit");
  CHECK(read("96385075") == "code_check_digit");
  CHECK(read("400638133393") == "code_check_digit");
  for (const char* text : {"", "1", "85123A", "heart", "123456789", "1234567890123456789", "(", "()", "(01)", "(01", "01", "]C1",
                           "http://", "https://x", "\x1d"}) {
    CHECK(read(text) == "code_unreadable");
  }
}

TEST_CASE("element strings, with brackets and as scanners send them") {
  CHECK(read("(01)04006381333931") == "04006381333931");
  CHECK(read("(01)04006381333931(10)AB-1(17)261231") == "04006381333931");
  CHECK(read("(10)AB(01)04006381333931") == "04006381333931");
  CHECK(read("0104006381333931") == "04006381333931");
  CHECK(read("]C10104006381333931") == "04006381333931");
  CHECK(read("]d2\x1d"
             "0104006381333931"
             "17261231"
             "10AB-1") == "04006381333931");
  CHECK(read("10AB-1\x1d"
             "0104006381333931") == "04006381333931");
  CHECK(read("0104006381333931"
             "3103001250") == "04006381333931 weight 1250");
  CHECK(read("(01)04006381333931(3101)000125") == "04006381333931 weight 12500");
  CHECK(read("(01)04006381333931(3922)599") == "04006381333931 price 599");
  CHECK(read("(01)04006381333931(3920)5") == "04006381333931 price 500");
  CHECK(read("(01)04006381333932") == "code_check_digit");
  CHECK(read("0104006381333932") == "code_check_digit");
  CHECK(read("(10)AB-1") == "code_unreadable");
  CHECK(read("010400638133393") == "code_unreadable");
  CHECK(read("0104006381333931310300") == "code_unreadable");
}

TEST_CASE("links") {
  CHECK(read("https://id.gs1.org/01/04006381333931") == "04006381333931");
  CHECK(read("HTTPS://shop.example/some/path/01/4006381333931/10/AB?17=261231#top") == "04006381333931");
  CHECK(read("https://shop.example/gtin/96385074") == "00000096385074");
  CHECK(read("https://id.gs1.org/01/04006381333931?3103=000195&3922=0499") == "04006381333931 price 499 weight 195");
  CHECK(read("https://id.gs1.org/01/04006381333931?01=96385074") == "04006381333931");
  CHECK(read("https://id.gs1.org/01/04006381333932") == "code_check_digit");
  CHECK(read("https://id.gs1.org/00/340123450000000000") == "code_unreadable");
  CHECK(read("https://id.gs1.org/?01=04006381333931") == "code_unreadable");
}

TEST_CASE("in-store codes carry a price or a weight by the chain's scheme") {
  CHECK(price_check_digit("2875") == '9');
  CHECK(in_store("02IIIIIVPPPPC", with_check("021234592875")) == with_check("021234500000") + " price 2875");
  CHECK(in_store("02IIIIIVPPPPC", with_check("021234582875")) == "code_check_digit");
  CHECK(in_store("28IIIIIWWWWWC", with_check("281234501250")) == with_check("281234500000") + " weight 1250");
  CHECK(in_store("28IIIIIWWWWWC", "2812345012501") == "code_check_digit");
  CHECK(in_store("28IIIIIWWWWWC", with_check("291234501250")) == "another");
  CHECK(in_store("28IIIIIWWWWWC", "4006381333931") == "another");
  CHECK(in_store("21IIIIPPPPPPC", with_check("211234002875")) == with_check("211234000000") + " price 2875");
  for (const char* pattern :
       {"", "28IIIIIWWWWW", "28IIIIIWWWWWCC", "18IIIIIWWWWWC", "28IIIIIIIIIIC", "28WWWWWWWWWWC", "28IIWWIIWWWWC", "28IIIIVPPPPPC",
        "28IIIIVWWWWWC", "28IIIIPPPWWWC", "28IIIIIxxxxxC", "2IIIIIIWWWWWC"}) {
    CHECK(in_store(pattern, "4006381333931") == "scheme_malformed");
  }
}
