// SPDX-License-Identifier: Apache-2.0
// Rows of the store's file, written with what was tried.
#include "edge/local_api/tries.hpp"

namespace vitrine::edge::local_api {

void count_try(Desk& desk, const std::string& name, std::int64_t within_ms) {
  auto tries = desk.replica.tries(name);
  const bool old = tries && within_ms > 0 && tries->first_at.plus(within_ms) <= desk.now.utc;
  if (!tries || old) tries = database::Tries{0, desk.now.utc};
  ++tries->count;
  desk.replica.put_tries(name, *tries);
}

bool is_locked(Desk& desk, const std::string& name, std::int64_t max, std::int64_t within_ms) {
  const auto tries = desk.replica.tries(name);
  return tries && tries->count >= max && (within_ms == 0 || tries->first_at.plus(within_ms) > desk.now.utc);
}

}  // namespace vitrine::edge::local_api
