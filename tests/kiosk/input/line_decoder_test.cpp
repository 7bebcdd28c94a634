// SPDX-License-Identifier: Apache-2.0
// Framing of a serial scanner's bytes, however they are cut on the way.
#include "kiosk/input/line_decoder.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace vitrine;
using namespace vitrine::kiosk;

namespace {
std::vector<std::string> texts(const std::vector<Scan>& scans) {
  std::vector<std::string> out;
  for (const Scan& scan : scans) out.push_back(scan.text);
  return out;
}
}  // namespace

TEST_CASE("CR, LF and both end a code once; empty lines are none") {
  LineDecoder decoder;
  CHECK(texts(decoder.bytes("one\rtwo\nthree\r\n\r\n\n", MonoMs{1})) == std::vector<std::string>{"one", "two", "three"});
  CHECK_FALSE(decoder.deadline());
}

TEST_CASE("STX and ETX around a code are taken off, GS inside stays") {
  LineDecoder decoder;
  CHECK(texts(decoder.bytes("\x02]C101\x1d"
                            "21\x03\r",
                            MonoMs{1})) == std::vector<std::string>{"01\x1d"
                                                                    "21"});
}

TEST_CASE("silence ends a code of a scanner without a suffix") {
  LineDecoder decoder(150);
  CHECK(decoder.bytes("40063813", MonoMs{100}).empty());
  CHECK(decoder.bytes("33931", MonoMs{200}).empty());
  REQUIRE(decoder.deadline() == MonoMs{350});
  CHECK(decoder.passed(MonoMs{349}).empty());
  CHECK(texts(decoder.passed(MonoMs{350})) == std::vector<std::string>{"4006381333931"});
  CHECK(decoder.passed(MonoMs{9999}).empty());
}

TEST_CASE("a code that is too long is dropped whole and the next one is read") {
  LineDecoder decoder(150, 8);
  CHECK(texts(decoder.bytes("123456789\r12345678\r", MonoMs{1})) == std::vector<std::string>{"12345678"});
  CHECK(decoder.dropped_as_too_long() == 1);
}

TEST_CASE("what was half read before the device went away is no code") {
  LineDecoder decoder;
  CHECK(decoder.bytes("https://x/k#12", MonoMs{1}).empty());
  decoder.wipe();
  CHECK(texts(decoder.bytes("4006381333931\r", MonoMs{2})) == std::vector<std::string>{"4006381333931"});
}

TEST_CASE("the way bytes are cut into reads changes nothing") {
  const unsigned seed = std::random_device{}();
  INFO("seed ", seed);
  std::mt19937 chance(seed);
  for (int round = 0; round < 200; ++round) {
    std::string stream;
    std::vector<std::string> expected;
    for (auto codes = chance() % 6; codes > 0; --codes) {
      std::string code(1 + chance() % 40, ' ');
      for (char& c : code) c = static_cast<char>('0' + chance() % 10);
      expected.push_back(code);
      stream += code + (chance() % 2 ? "\r\n" : "\r");
    }
    LineDecoder decoder;
    std::vector<std::string> read;
    for (std::size_t at = 0; at < stream.size();) {
      const std::size_t n = std::min<std::size_t>(1 + chance() % 9, stream.size() - at);
      for (auto& text : texts(decoder.bytes(std::string_view(stream).substr(at, n), MonoMs{static_cast<std::int64_t>(at)})))
        read.push_back(text);
      at += n;
    }
    REQUIRE(read == expected);
  }
}
