// SPDX-License-Identifier: Apache-2.0
// What a broken invariant does: one line with its place, then abort.
#include "base/require.hpp"

#include <cstdio>
#include <cstdlib>

namespace vitrine {

void stop_on_broken_invariant(std::string_view what, std::source_location where) {
  std::fprintf(stderr, "<2>invariant broken: %.*s (%s:%u)\n", static_cast<int>(what.size()), what.data(), where.file_name(),
               static_cast<unsigned>(where.line()));
  std::abort();
}

}  // namespace vitrine
