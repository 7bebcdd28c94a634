// SPDX-License-Identifier: Apache-2.0
// PINs of staff: drawn, and kept as Argon2id verifiers alone.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sync/ends/chance.hpp"

namespace vitrine::hub {

// Six digits that nobody guesses first.
std::string draw_pin(const sync::ends::Chance& chance);

// About 30 ms. Errors: "pin_weak" (not six digits, or one of the first that a guesser tries), "memory_short".
Result<std::string> hash_pin(std::string_view pin);
// The same cost again.
bool is_pin_of(std::string_view pin, const std::string& verifier);

}  // namespace vitrine::hub
