// SPDX-License-Identifier: Apache-2.0
// Clocks of the C++ library; random numbers of the kernel.
#include "hub/io/system_clock.hpp"

#include <sys/random.h>

#include <chrono>

#include "base/require.hpp"

namespace vitrine::hub {

Now system_now() {
  using std::chrono::duration_cast;
  using std::chrono::milliseconds;
  return {UtcMs{duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()},
          MonoMs{duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count()}};
}

sync::ends::Chance system_chance() {
  return {[] {
    std::uint64_t number = 0;
    require(getrandom(&number, sizeof number, 0) == sizeof number, "the kernel gives no random numbers");
    return number;
  }};
}

}  // namespace vitrine::hub
