// SPDX-License-Identifier: Apache-2.0
// The pass of an order: there and back, and nothing altered, old, foreign, of another kind or made up gets in.
#include "sync/protocol/pickup_pass.hpp"

#include <doctest/doctest.h>
#include <sodium.h>

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
constexpr std::int64_t week_ms = 7LL * 86'400'000;

PickupPass sample() {
  return {7, here, issued, issued.plus(week_ms), PassId{"00112233445566778899aabbccddeeff"}, OrderId{"581234"}, false};
}

std::vector<TrustedKey> trusted(const KeyPair& pair) { return {{7, pair.open, issued.plus(-1000), std::nullopt, false}}; }

std::string text_of(const PickupPass& pass, const KeyPair& pair) {
  const auto bytes = sign_pickup_pass(pass, pair.secret);
  REQUIRE(bytes);
  return pass_link("https://shop.example/k", *bytes);
}

std::string code(const Result<PickupPass>& result) { return result ? "" : result.error().code; }

}  // namespace

TEST_CASE("a pickup pass comes back as it was, also the shortest that there can be") {
  const KeyPair pair = key_from(1);
  CHECK(open_pickup_pass(text_of(sample(), pair), trusted(pair), here, issued) == sample());
  PickupPass shortest = sample();
  shortest.store = StoreId{"a"};
  shortest.order = OrderId{"1"};
  shortest.delegate = true;
  CHECK(open_pickup_pass(text_of(shortest, pair), trusted(pair), StoreId{"a"}, issued) == shortest);
  CHECK(is_pickup_pass(text_of(shortest, pair)));
}

TEST_CASE("every altered byte, another key, another store and another time are refused, each by its name") {
  const KeyPair pair = key_from(1);
  const auto bytes = sign_pickup_pass(sample(), pair.secret);
  REQUIRE(bytes);
  for (std::size_t i = 0; i < bytes->size(); ++i) {
    for (const int bit : {0, 7}) {
      std::string altered = *bytes;
      altered[i] = static_cast<char>(altered[i] ^ (1 << bit));
      const auto opened = open_pickup_pass(pass_digits(altered), trusted(pair), here, issued);
      CHECK_FALSE(opened.has_value());
    }
  }
  const std::string text = text_of(sample(), pair);
  CHECK(code(open_pickup_pass(text, trusted(key_from(2)), here, issued)) == "pass_forged");
  CHECK(code(open_pickup_pass(text, {}, here, issued)) == "pass_unknown_key");
  auto revoked = trusted(pair);
  revoked[0].revoked = true;
  CHECK(code(open_pickup_pass(text, revoked, here, issued)) == "pass_unknown_key");
  CHECK(code(open_pickup_pass(text, trusted(pair), StoreId{"mill-lane"}, issued)) == "pass_foreign");
  CHECK(code(open_pickup_pass(text, trusted(pair), here, issued.plus(week_ms))) == "pass_expired");
  CHECK(code(open_pickup_pass(text, trusted(pair), here, issued.plus(week_ms - 1))).empty());
  CHECK(code(open_pickup_pass(text, trusted(pair), here, issued.plus(-6 * 60'000))) == "pass_not_yet");
  CHECK(code(open_pickup_pass("4006381333931", trusted(pair), here, issued)) == "pass_not_ours");
  CHECK(code(open_pickup_pass("", trusted(pair), here, issued)) == "pass_not_ours");
}

TEST_CASE("a cart's pass collects nothing, a pickup pass opens no cart, and one signature does not stand for the other") {
  const KeyPair pair = key_from(1);
  CartPass cart;
  cart.key_id = 7;
  cart.issued_at = issued;
  cart.expires_at = issued.plus(cart_pass_life_ms);
  cart.id = sample().id;
  cart.cart = CartId{"cafe0000000000000000000000000001"};
  cart.lines = {{{Sku{"85123A"}, 2}}};
  const auto cart_bytes = sign_pass(cart, pair.secret);
  REQUIRE(cart_bytes);
  CHECK(code(open_pickup_pass(pass_digits(*cart_bytes), trusted(pair), here, issued)) == "pass_malformed");
  CHECK_FALSE(is_pickup_pass(pass_digits(*cart_bytes)));
  const auto opened = open_pass(text_of(sample(), pair), trusted(pair), here, issued);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == "pass_malformed");
  // The body of a pickup pass under the signature that a cart's pass would have.
  const auto bytes = sign_pickup_pass(sample(), pair.secret);
  const std::string body = bytes->substr(0, bytes->size() - crypto_sign_BYTES);
  const std::string message = "vitrine-cart-v1" + body;
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                       pair.secret.data());
  CHECK(code(open_pickup_pass(pass_digits(body + std::string(signature.begin(), signature.end())), trusted(pair), here,
                              issued)) == "pass_forged");
}

TEST_CASE("what is out of its range is not signed") {
  const KeyPair pair = key_from(1);
  const auto refused = [&](auto spoil) {
    PickupPass pass = sample();
    spoil(pass);
    return !sign_pickup_pass(pass, pair.secret).has_value();
  };
  CHECK(refused([](PickupPass& p) { p.store = StoreId{}; }));
  CHECK(refused([](PickupPass& p) { p.order = OrderId{"a b"}; }));
  CHECK(refused([](PickupPass& p) { p.id = PassId{"1"}; }));
  CHECK(refused([](PickupPass& p) { p.expires_at = p.issued_at; }));
  CHECK(refused([](PickupPass& p) { p.expires_at = p.issued_at.plus(pickup_pass_life_ms_max + 1000); }));
  CHECK(refused([](PickupPass& p) { p.issued_at = p.issued_at.plus(1); }));
}
