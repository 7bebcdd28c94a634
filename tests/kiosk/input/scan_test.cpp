// SPDX-License-Identifier: Apache-2.0
// What a scanned text is taken for, and that a code held to the camera counts once.
#include "kiosk/input/scan.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "kiosk/input/repeat_filter.hpp"
#include "tests/kiosk/hostile.hpp"

using namespace vitrine;
using namespace vitrine::kiosk;

TEST_CASE("a link with a long run of digits is a pass, also through a foreign keyboard layout") {
  const std::string digits(400, '7');
  CHECK(kind_of("https://127.0.0.1:8443/k#" + digits) == ScanKind::pass_link);
  CHECK(kind_of("httpsÖ--127.0.0.1Ö8443-k£" + digits) == ScanKind::pass_link);
  CHECK(kind_of("VT1:6BFOXN") == ScanKind::pass_link);
  CHECK(kind_of("https://fernby.example/k#" + std::string(40, '7')) == ScanKind::unknown);
  CHECK(kind_of(digits) == ScanKind::unknown);
  CHECK(kind_of("https://fernby.example/") == ScanKind::unknown);
  CHECK(kind_of("VT1:") == ScanKind::unknown);
  CHECK(kind_of("") == ScanKind::unknown);
}

TEST_CASE("an article number has a right check digit") {
  CHECK(kind_of("4006381333931") == ScanKind::gtin);
  CHECK(kind_of("4006381333932") == ScanKind::unknown);
  CHECK(kind_of("96385074") == ScanKind::gtin);
  CHECK(kind_of("036000291452") == ScanKind::gtin);
  CHECK(kind_of("10012345678902") == ScanKind::gtin);
  CHECK(kind_of("400638133393") == ScanKind::unknown);
  CHECK(kind_of("400638133393a") == ScanKind::unknown);
}

TEST_CASE("each single wrong digit of an article number is noticed") {
  const std::string right = "4006381333931";
  for (std::size_t place = 0; place < right.size(); ++place)
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string bent = right;
      bent[place] = digit;
      CHECK(gtin_check_digit_holds(bent) == (bent == right));
    }
}

TEST_CASE("an AIM identifier is understood and taken off; what cannot be printed is replaced") {
  const Scan qr = scan_from("]Q3https://x/k#1", ScanSource::serial, MonoMs{5});
  CHECK(qr.text == "https://x/k#1");
  CHECK(qr.symbology == Symbology::qr);
  CHECK(qr.at == MonoMs{5});
  CHECK(scan_from("]E04006381333931", ScanSource::serial, {}).symbology == Symbology::ean);
  CHECK(scan_from("]C101\x1d"
                  "10",
                  ScanSource::serial, {})
            .text ==
        "01\x1d"
        "10");
  CHECK(scan_from("]not aim", ScanSource::serial, {}).text == "]not aim");
  CHECK(scan_from("a\xff\x01z", ScanSource::serial, {}).text == "a??z");
}

TEST_CASE("whatever a scanner sends is printable text of some kind, and no longer than it was") {
  const unsigned seed = std::random_device{}();
  INFO("seed ", seed);
  std::mt19937 chance(seed);
  const std::vector<std::string> good{"https://127.0.0.1:8443/k#" + std::string(400, '7'),
                                      "VT1:6BFOXN",
                                      "4006381333931",
                                      "]Q3]C1",
                                      "01\x1d\x10",
                                      "]E04006381333931"};
  for (int round = 0; round < 20'000; ++round) {
    const std::string sent = hostile(good[chance() % good.size()], chance);
    const Scan scan = scan_from(sent, ScanSource::camera, MonoMs{round});
    REQUIRE(scan.text.size() <= sent.size());
    REQUIRE(std::ranges::all_of(scan.text, [](char c) { return (c >= 0x20 && c < 0x7F) || c == '\x1d'; }));
    const ScanKind kind = kind_of(scan.text);
    REQUIRE((kind != ScanKind::gtin || gtin_check_digit_holds(scan.text)));
    REQUIRE_FALSE(name_of(kind).empty());
  }
}

TEST_CASE("a code shown without a break counts once, and again after two seconds away") {
  RepeatFilter filter;
  const auto seen = [&](const char* text, std::int64_t at) {
    return filter.is_new(scan_from(text, ScanSource::camera, MonoMs{at}));
  };
  CHECK(seen("one", 0));
  CHECK_FALSE(seen("one", 1999));
  CHECK_FALSE(seen("one", 3998));
  CHECK(seen("one", 5998));
  CHECK(seen("two", 6000));
  CHECK(seen("one", 6001));
}

TEST_CASE("wiping leaves no character behind") {
  std::string text = "https://x/k#" + std::string(300, '4');
  const char* memory = text.data();
  const std::size_t size = text.size();
  wipe(text);
  CHECK(text.empty());
  REQUIRE(text.data() == memory);
  for (std::size_t i = 1; i < size; ++i) REQUIRE(memory[i] == 0);
}

TEST_CASE("a code that says that it is a coupon is one; what could be none is not") {
  CHECK(kind_of("VC1:SAVE10") == ScanKind::coupon);
  CHECK(kind_of("VC1:save-10") == ScanKind::coupon);
  CHECK(name_of(ScanKind::coupon) == "coupon");
  for (const char* other : {"VC1:", "VC1:AB", "VC1:A_B_C", "VC2:SAVE10", "SAVE10"}) CHECK(kind_of(other) == ScanKind::unknown);
}
