// SPDX-License-Identifier: Apache-2.0
// require(): an invariant that only our own mistake can break. Stays on in release; stops the process, so that the service
// manager restarts it from what the database holds.
#pragma once

#include <source_location>
#include <string_view>

namespace vitrine {

[[noreturn]] void stop_on_broken_invariant(std::string_view what, std::source_location where);

inline void require(bool holds, std::string_view what, std::source_location where = std::source_location::current()) {
  if (!holds) stop_on_broken_invariant(what, where);
}

}  // namespace vitrine
