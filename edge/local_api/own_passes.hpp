// SPDX-License-Identifier: Apache-2.0
// Whose cart a kiosk may show the owner's own choices of: the one whose code it read last, for a while. In memory alone.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "base/time_point.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::int64_t own_pass_life_ms = 15L * 60'000;  // as a look-up at a counter; who stays longer shows it again
inline constexpr std::size_t own_passes_held_max = 64;          // devices; beyond them the oldest goes

class OwnPasses {
 public:
  // A code of a cart was read there, and opened it.
  void opened(const std::string& device, const sync::CartId& cart, MonoMs now);
  // Something else was held to the reader.
  void forget(const std::string& device);
  [[nodiscard]] bool is_open(const std::string& device, const sync::CartId& cart, MonoMs now) const;

 private:
  struct Read {
    sync::CartId cart;
    MonoMs at;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Read> by_device_;
};

}  // namespace vitrine::edge::local_api
