// SPDX-License-Identifier: Apache-2.0
// Which protocol version two peers speak: N and N−1 bind pages and questions; hello and ops are taken from every version.
#pragma once

#include <algorithm>
#include <cstdint>

#include "sync/tuning.hpp"

namespace vitrine::sync::ends {

// The highest that both speak; 0: none, and then only transactions go up.
inline std::uint32_t common_version(std::uint32_t peer_min, std::uint32_t peer_max) {
  const std::uint32_t highest = std::min(peer_max, tuning::protocol_version);
  return highest >= std::max(peer_min, tuning::protocol_version_min) ? highest : 0;
}

}  // namespace vitrine::sync::ends
