// SPDX-License-Identifier: Apache-2.0
// Whom a member of staff has found: a handle that opens that one customer, for them, at their device, for a while. In memory
// alone. A customer's number opens nothing, so nobody goes through numbers.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "base/result.hpp"
#include "base/time_point.hpp"
#include "sync/model/ids.hpp"

namespace vitrine::edge::local_api {

inline constexpr std::int64_t look_up_life_ms = 15L * 60'000;  // somebody stands at the counter; who comes again shows it again
inline constexpr std::size_t look_ups_held_max = 500;

struct LookUp {
  std::string staff;
  std::string device;
  sync::CustomerId customer;
  std::string reason;
  MonoMs until;
};

class LookUps {
 public:
  // The handle, 32 hex digits. Errors: "busy" when too many are open.
  Result<std::string> open(LookUp look_up, MonoMs now);
  // Errors: "look_up_over" for one that has run out, or never was, or is somebody else's.
  [[nodiscard]] Result<LookUp> find(const std::string& handle, const std::string& staff, const std::string& device,
                                    MonoMs now) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, LookUp> held_;
};

}  // namespace vitrine::edge::local_api
