// SPDX-License-Identifier: Apache-2.0
// libsodium's password hash, at the cost that sync/protocol/staff_codec.hpp says.
#include "hub/enrolment/pins.hpp"

#include <sodium.h>

#include <array>

#include "sync/model/staff.hpp"
#include "sync/protocol/staff_codec.hpp"

namespace vitrine::hub {

std::string draw_pin(const sync::ends::Chance& chance) {
  while (true) {
    std::string pin = std::to_string(1'000'000 + chance.below(1'000'000)).substr(1);
    if (sync::is_good_pin(pin)) return pin;
  }
}

Result<std::string> hash_pin(std::string_view pin) {
  if (!sync::is_good_pin(pin)) return fail("pin_weak", "a PIN has six digits, and is none of the first that a guesser tries");
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (sodium_init() < 0 || crypto_pwhash_str_alg(text.data(), pin.data(), pin.size(), sync::protocol::pin_passes,
                                                 sync::protocol::pin_memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail("memory_short", "a PIN cannot be hashed: too little memory");
  }
  return std::string(text.data());
}

bool is_pin_of(std::string_view pin, const std::string& verifier) {
  return sync::protocol::is_pin_verifier(verifier) && sodium_init() >= 0 &&
         crypto_pwhash_str_verify(verifier.c_str(), pin.data(), pin.size()) == 0;
}

}  // namespace vitrine::hub
