// SPDX-License-Identifier: Apache-2.0
// The signed pass: there and back, one spelling, and nothing altered, old, foreign or made up gets in.
#include <doctest/doctest.h>
#include <sodium.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

#include "sync/protocol/cbor.hpp"
#include "sync/protocol/pass.hpp"

using namespace vitrine;
using namespace vitrine::sync;
using namespace vitrine::sync::protocol;

namespace {

struct KeyPair {
  PublicKey open{};
  SecretKey secret{};
};

KeyPair key_from(unsigned char seed_byte) {
  std::array<unsigned char, crypto_sign_SEEDBYTES> seed{};
  seed.fill(seed_byte);
  KeyPair pair;
  crypto_sign_seed_keypair(pair.open.data(), pair.secret.data(), seed.data());
  return pair;
}

const StoreId here{"harbour-street"};
const UtcMs issued{1'764'000'000'000};

CartPass sample() {
  CartPass pass;
  pass.key_id = 7;
  pass.issued_at = issued;
  pass.expires_at = issued.plus(cart_pass_life_ms);
  pass.id = PassId{"00112233445566778899aabbccddeeff"};
  pass.cart = CartId{"cafe0000000000000000000000000001"};
  pass.version = {3, 41};
  pass.lines = {{{Sku{"85123A"}, 2}, {Sku{"22423"}, 1}, {Sku{"00123"}, 999}, {Sku{"15056bl"}, 24}}};
  return pass;
}

std::vector<TrustedKey> trusted(const KeyPair& pair) { return {{7, pair.open, issued.plus(-1000), std::nullopt, false}}; }

std::string code(const Result<CartPass>& result) { return result ? "" : result.error().code; }

std::string signed_by_hand(const std::string& body, const KeyPair& pair) {
  const std::string message = "vitrine-cart-v1" + body;
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                       pair.secret.data());
  return body + std::string(signature.begin(), signature.end());
}

// The items of a good body, to be spoilt one at a time.
std::vector<CborItem> good_items() {
  return {std::uint64_t{1},
          std::uint64_t{0},
          std::uint64_t{7},
          std::string{},
          static_cast<std::uint64_t>(issued.value / 1000),
          static_cast<std::uint64_t>(issued.value / 1000 + 7200),
          CborBytes{std::string(16, '\x11')},
          CborBytes{std::string(16, '\x22')},
          std::uint64_t{3},
          std::uint64_t{41},
          std::string{"85123A"},
          std::uint64_t{2}};
}

}  // namespace

TEST_CASE("a pass comes back as it was, from the link, from bare digits and with a scanner's line end") {
  const KeyPair pair = key_from(1);
  const auto bytes = sign_pass(sample(), pair.secret);
  REQUIRE(bytes);
  const std::string link = pass_link("https://shop.example/k", *bytes);
  CHECK(link.starts_with("https://shop.example/k#"));
  for (const std::string& text : {link, pass_digits(*bytes), link + "\r\n", "  " + pass_digits(*bytes) + "\t"}) {
    const auto pass = open_pass(text, trusted(pair), here, issued.plus(1));
    REQUIRE(code(pass).empty());
    CHECK(*pass == sample());
  }
}

TEST_CASE("a reference names the cart only; an empty cart is no reference") {
  const KeyPair pair = key_from(1);
  CartPass pass = sample();
  pass.audience = here.text;
  pass.lines.reset();
  auto opened = open_pass(pass_digits(*sign_pass(pass, pair.secret)), trusted(pair), here, issued);
  REQUIRE(opened);
  CHECK(*opened == pass);
  pass.lines = std::vector<rules::PassLine>{};
  opened = open_pass(pass_digits(*sign_pass(pass, pair.secret)), trusted(pair), here, issued);
  REQUIRE(opened);
  CHECK(opened->lines == std::vector<rules::PassLine>{});
}

TEST_CASE("numbers are kept as they are written, leading zeros, size and all") {
  const KeyPair pair = key_from(1);
  for (const char* sku : {"0", "1", "00", "01", "23", "24", "255", "256", "65535", "65536", "4294967295", "4294967296",
                          "9223372036854775807", "9223372036854775808", "99999999999999999999", "BANK CHARGES", "a"}) {
    CartPass pass = sample();
    pass.lines = {{Sku{sku}, 1}};
    const auto opened = open_pass(pass_digits(*sign_pass(pass, pair.secret)), trusted(pair), here, issued);
    REQUIRE_MESSAGE(opened, sku);
    CHECK(*opened == pass);
  }
}

TEST_CASE("every altered byte is refused") {
  const KeyPair pair = key_from(1);
  const std::string good = *sign_pass(sample(), pair.secret);
  int tried = 0;
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit, ++tried) {
      std::string bad = good;
      bad[i] = static_cast<char>(static_cast<unsigned char>(bad[i]) ^ (1U << bit));
      const std::string why = code(open_pass(pass_digits(bad), trusted(pair), here, issued));
      if (why != "pass_malformed" && why != "pass_forged" && why != "pass_unknown_key") FAIL_CHECK("byte ", i, ": '", why, "'");
    }
  }
  CHECK(tried == static_cast<int>(good.size()) * 8);
}

TEST_CASE("every altered, missing, added or exchanged digit is refused") {
  const KeyPair pair = key_from(1);
  for (std::size_t sku_bytes = 1; sku_bytes <= 7; ++sku_bytes) {  // every length of the last group
    CartPass pass = sample();
    pass.lines = {{Sku{std::string(sku_bytes, 'x')}, 1}};
    const std::string good = pass_digits(*sign_pass(pass, pair.secret));
    const auto refused = [&](const std::string& text, const char* how, std::size_t place) {
      if (open_pass(text, trusted(pair), here, issued)) FAIL_CHECK(how, " at ", place);
    };
    for (std::size_t i = 0; i < good.size(); ++i) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        std::string bad = good;
        bad[i] = digit;
        if (bad != good) refused(bad, "altered", i);
      }
      std::string bad = good;
      refused(bad.erase(i, 1), "missing", i);
      bad = good;
      refused(bad.insert(i, "0"), "added", i);
      bad = good;
      if (i > 0) std::swap(bad[i - 1], bad[i]);
      if (bad != good) refused(bad, "exchanged", i);
      bad = good;
      bad[i] = 'O';
      CHECK(code(open_pass(bad, trusted(pair), here, issued)) == "pass_not_ours");
    }
    refused(good + good, "doubled", 0);
    refused("0" + good, "led by zero", 0);
  }
}

TEST_CASE("what is no pass is told from what is a broken one") {
  const KeyPair pair = key_from(1);
  const std::string good = pass_digits(*sign_pass(sample(), pair.secret));
  const auto keys = trusted(pair);
  for (const std::string& text : {std::string(), std::string("5012345678900"), std::string("https://shop.example/k"),
                                  std::string("https://shop.example/k#cart"), std::string("WIFI:S:guest;;"),
                                  std::string("\xff\xfe\x00", 3), std::string(200, '1'), std::string(5000, '1'), good + "#"}) {
    CHECK(code(open_pass(text, keys, here, issued)) == "pass_not_ours");
  }
  for (const std::string& text : {std::string(17 * 20, '9'), std::string(17 * 20, '0'), good + "1", good.substr(0, 17 * 17)}) {
    CHECK(code(open_pass(text, keys, here, issued)) == "pass_malformed");
  }
}

TEST_CASE("keys: unknown, revoked, not yet or no longer holding, another's") {
  const KeyPair pair = key_from(1);
  const std::string text = pass_digits(*sign_pass(sample(), pair.secret));
  const auto judged = [&](TrustedKey key) { return code(open_pass(text, {key}, here, issued)); };
  const TrustedKey good = trusted(pair)[0];
  CHECK(judged(good).empty());
  CHECK(code(open_pass(text, {}, here, issued)) == "pass_unknown_key");
  TrustedKey key = good;
  key.key_id = 8;
  CHECK(judged(key) == "pass_unknown_key");
  key = good;
  key.revoked = true;
  CHECK(judged(key) == "pass_unknown_key");
  key = good;
  key.from = issued.plus(5 * 60'000 + 1);
  CHECK(judged(key) == "pass_unknown_key");
  key = good;
  key.to = issued;
  CHECK(judged(key) == "pass_unknown_key");
  key.to = issued.plus(1);
  CHECK(judged(key).empty());
  key = good;
  key.public_key = key_from(2).open;
  CHECK(judged(key) == "pass_forged");
  CHECK(code(open_pass(text, {key, good}, here, issued)).empty());
}

TEST_CASE("audience and time, in the order judged") {
  const KeyPair pair = key_from(1);
  CartPass pass = sample();
  const auto judged = [&](UtcMs at) {
    return code(open_pass(pass_digits(*sign_pass(pass, pair.secret)), trusted(pair), here, at));
  };
  CHECK(judged(pass.expires_at.plus(-1)).empty());
  CHECK(judged(pass.expires_at) == "pass_expired");
  CHECK(judged(issued.plus(-5 * 60'000)).empty());
  CHECK(judged(issued.plus(-5 * 60'000 - 1)) == "pass_not_yet");
  pass.audience = here.text;
  CHECK(judged(issued).empty());
  pass.audience = "mill-lane";
  CHECK(judged(issued) == "pass_foreign");
  CHECK(judged(pass.expires_at) == "pass_foreign");
}

TEST_CASE("signing refuses what opening would not take") {
  const KeyPair pair = key_from(1);
  const auto judged = [&](auto spoil) {
    CartPass pass = sample();
    spoil(pass);
    const auto bytes = sign_pass(pass, pair.secret);
    return bytes ? std::string() : bytes.error().code;
  };
  CHECK(judged([](CartPass&) {}).empty());
  CHECK(judged([](CartPass& p) { p.audience = "Harbour Street"; }) == "pass_invalid");
  CHECK(judged([](CartPass& p) { p.issued_at = p.issued_at.plus(1); }) == "pass_invalid");
  CHECK(judged([](CartPass& p) { p.expires_at = p.issued_at; }) == "pass_invalid");
  CHECK(judged([](CartPass& p) { p.expires_at = p.issued_at.plus(24 * 3600 * 1000 + 1000); }) == "pass_invalid");
  CHECK(judged([](CartPass& p) { p.id.text = "x"; }) == "pass_invalid");
  CHECK(judged([](CartPass& p) { p.cart.text[0] = 'C'; }) == "pass_invalid");
  CHECK(judged([](CartPass& p) { p.lines->at(0).units = 0; }) == "pass_invalid");
  CHECK(judged([](CartPass& p) { p.lines->at(0).units = 1000; }) == "pass_invalid");
  CHECK(judged([](CartPass& p) { p.lines->at(0).sku.text = ""; }) == "pass_invalid");
  CHECK(judged([](CartPass& p) { p.lines->push_back(p.lines->at(0)); }) == "pass_invalid");
  CHECK(judged([](CartPass& p) {
          for (int i = 0; i < 80; ++i) p.lines->push_back({Sku{"LONG-" + std::to_string(i)}, 1});
        }) == "pass_too_long");
}

TEST_CASE("a body of another shape is malformed, even under a good signature") {
  const KeyPair pair = key_from(1);
  const auto judged = [&](const std::string& body) {
    return code(open_pass(pass_digits(signed_by_hand(body, pair)), trusted(pair), here, issued));
  };
  REQUIRE(judged(write_cbor(good_items())).empty());
  const auto spoilt = [&](std::size_t i, CborItem item) {
    auto items = good_items();
    items[i] = std::move(item);
    return judged(write_cbor(items));
  };
  const std::vector<std::pair<std::size_t, CborItem>> bad = {{0, std::uint64_t{2}},
                                                             {0, std::uint64_t{0}},
                                                             {0, std::string{"1"}},
                                                             {1, std::uint64_t{1}},  // a reference with lines
                                                             {1, std::uint64_t{2}},
                                                             {2, std::uint64_t{1} << 32U},
                                                             {2, std::string{"7"}},
                                                             {3, std::uint64_t{0}},
                                                             {3, std::string{"a/b"}},
                                                             {4, std::uint64_t{1} << 62U},
                                                             {5, std::uint64_t{0}},
                                                             {5, static_cast<std::uint64_t>(issued.value / 1000 + 86401)},
                                                             {6, CborBytes{std::string(15, 'x')}},
                                                             {6, std::string(16, 'x')},
                                                             {7, CborBytes{std::string(17, 'x')}},
                                                             {8, std::uint64_t{1} << 32U},
                                                             {9, std::string{"41"}},
                                                             {10, std::string{"22423"}},  // has a shorter spelling
                                                             {10, std::uint64_t{1} << 63U},
                                                             {10, std::string{"a\"b"}},
                                                             {10, CborBytes{"85123A"}},
                                                             {11, std::uint64_t{0}},
                                                             {11, std::uint64_t{1000}},
                                                             {11, std::string{"2"}}};
  for (const auto& [place, item] : bad) CHECK_MESSAGE(spoilt(place, item) == "pass_malformed", "item ", place);

  auto items = good_items();
  items.pop_back();
  CHECK(judged(write_cbor(items)) == "pass_malformed");
  items = good_items();
  items.insert(items.end(), {CborItem{std::string{"85123A"}}, CborItem{std::uint64_t{1}}});
  CHECK(judged(write_cbor(items)) == "pass_malformed");
  CHECK(judged(write_cbor(good_items()) + '\0') == "pass_malformed");
}

TEST_CASE("CBOR has one spelling: longer heads, indefinite lengths, tags, floats and nesting are refused") {
  CHECK(read_cbor("\x81\x17"));
  const std::string_view bad[] = {
      std::string_view("", 0),
      std::string_view("\x17", 1),
      std::string_view("\x81\x18\x17", 3),
      std::string_view("\x81\x19\x00\xff", 4),
      std::string_view("\x81\x1a\x00\x00\xff\xff", 6),
      std::string_view("\x81\x1b\x00\x00\x00\x00\xff\xff\xff\xff", 10),
      std::string_view("\x81\x1c", 2),
      std::string_view("\x9f\x01\xff", 3),
      std::string_view("\x81\x5f\x41x\xff", 5),
      std::string_view("\x81\x20", 2),
      std::string_view("\x81\xc0\x01", 3),
      std::string_view("\x81\xf5", 2),
      std::string_view("\x81\x81\x01", 3),
      std::string_view("\x81\xa0", 2),
      std::string_view("\x82\x01", 2),
      std::string_view("\x81\x01\x01", 3),
      std::string_view("\x81\x62x", 3),
      std::string_view("\x9b\xff\xff\xff\xff\xff\xff\xff\xff", 9),
      std::string_view("\x81\x7b\xff\xff\xff\xff\xff\xff\xff\xff", 10),
  };
  for (const std::string_view bytes : bad) CHECK_FALSE(read_cbor(bytes));
}

TEST_CASE("digits: every length goes there and back, above its range is refused") {
  std::mt19937_64 random(1);
  for (std::size_t size = 110; size < 140; ++size) {
    std::string bytes(size, '\xff');
    CHECK(pass_bytes_of(pass_digits(bytes)) == bytes);
    for (char& c : bytes) c = static_cast<char>(random());
    CHECK(pass_bytes_of("https://x/k#" + pass_digits(bytes)) == bytes);
  }
  std::string digits = pass_digits(std::string(112, '\xff'));
  REQUIRE(digits.substr(0, 17) == "72057594037927935");
  digits[16] = '6';
  CHECK(pass_bytes_of(digits).error().code == "pass_malformed");
}

TEST_CASE("garbage: nothing made up is opened, and nothing breaks") {
  const char* given = std::getenv("VITRINE_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  MESSAGE("VITRINE_SEED=", seed);
  std::mt19937_64 random(seed);
  const KeyPair pair = key_from(1);
  const std::string good = *sign_pass(sample(), pair.secret);
  std::map<std::string, int> reasons;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    if (i % 3 == 0) {  // any bytes, as a scanner in trouble sends them
      text.resize(random() % 600);
      for (char& c : text) c = static_cast<char>(random());
    } else if (i % 3 == 1) {  // any bytes behind good digits
      std::string bytes(65 + random() % 530, '\0');
      for (char& c : bytes) c = static_cast<char>(random());
      text = pass_digits(bytes);
    } else {  // a pass whose body was cut, stuffed and mixed
      std::string bytes = good;
      for (std::uint64_t n = 1 + random() % 4; n > 0; --n) {
        bytes[random() % bytes.size()] = static_cast<char>(random());
        if (random() % 2 == 0) bytes.insert(random() % bytes.size(), 1, static_cast<char>(random()));
        if (random() % 2 == 0) bytes.erase(random() % bytes.size(), 1);
      }
      if (bytes == good) continue;
      text = pass_digits(bytes);
    }
    const auto opened = open_pass(text, trusted(pair), here, issued);
    if (opened) FAIL_CHECK("opened in round ", i);
    ++reasons[code(opened)];
  }
  CHECK(reasons["pass_not_ours"] > 1000);
  CHECK(reasons["pass_malformed"] > 1000);
}

TEST_CASE("golden pass: these bytes are the protocol") {
  std::ifstream file("tests/golden/cart_pass.json");
  const auto golden = nlohmann::json::parse(file);
  for (const auto& one : golden.at("passes")) {
    const KeyPair pair = key_from(golden.at("key_seed_byte").get<unsigned char>());
    CartPass pass;
    pass.key_id = one.at("kid");
    pass.audience = one.at("audience");
    pass.issued_at = {one.at("issued_at").get<std::int64_t>()};
    pass.expires_at = {one.at("expires_at").get<std::int64_t>()};
    pass.id = PassId{one.at("id")};
    pass.cart = CartId{one.at("cart")};
    pass.version = {one.at("v")[0].get<std::uint32_t>(), one.at("v")[1].get<std::uint64_t>()};
    if (one.contains("lines")) {
      pass.lines.emplace();
      for (const auto& line : one.at("lines")) pass.lines->push_back({Sku{line.at("sku")}, line.at("n")});
    }
    const auto bytes = sign_pass(pass, pair.secret);
    REQUIRE(bytes);
    CHECK(pass_digits(*bytes) == one.at("digits").get<std::string>());
    const auto opened =
        open_pass(one.at("digits").get<std::string>(), {{pass.key_id, pair.open, {0}, {}, false}}, here, pass.issued_at);
    REQUIRE(opened);
    CHECK(*opened == pass);
  }
  CHECK(golden.at("passes").size() == 3);
}
