// SPDX-License-Identifier: Apache-2.0
// Tries that count against a device or an order: a code is not guessed at for long, and a restart is no new chance.
#pragma once

#include <cstdint>
#include <string>

#include "edge/local_api/commands.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::int64_t wrong_codes_within_ms = 10L * 60'000;
inline constexpr std::int64_t wrong_codes_max = 5;        // at one device within that time; then a person helps
inline constexpr std::int64_t wrong_codes_here_max = 40;  // in the store: a kiosk says itself which one it is

// One more wrong try under this name; `within_ms` 0: they never become old.
void count_try(Desk& desk, const std::string& name, std::int64_t within_ms);
bool is_locked(Desk& desk, const std::string& name, std::int64_t max, std::int64_t within_ms);

}  // namespace vitrine::edge::local_api
